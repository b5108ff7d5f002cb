import { invalidField } from '../../lib/errors.ts'

/** Lines whose rows are decided by the request, whatever they match. */
export interface LineChoices {
  skip: number[]
  create: number[]
}

interface Range {
  first: number
  last: number
  choice: keyof LineChoices
}

export const MAX_LINES_LENGTH = 2000
const MAX_LINES = 20_000
const RANGE = /^([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?:(skip|create)$/

const refuse = (message: string) => invalidField('lines', message)

function readRange(text: string): Range {
  const [, first, last = first, choice] = RANGE.exec(text) ?? []
  if (first === undefined || Number(last) < Number(first)) {
    throw refuse('Send lines with skip or create, such as 4:skip,7:create,20-25:skip.')
  }
  return { first: Number(first), last: Number(last), choice: choice as keyof LineChoices }
}

/**
 * Reads `4:skip,7:create,20-25:skip`. A range begins and ends at a row; between them there may be lines
 * that are none, as in notes of several lines.
 * @throws AppError where it is malformed, names a line twice, or one without a valid row
 */
export function chosenLines(
  text: string | undefined,
  rows: readonly { line: number }[],
): LineChoices {
  const chosen: LineChoices = { skip: [], create: [] }
  if (text === undefined) return chosen
  const known = new Set(rows.map(({ line }) => line))
  const seen = new Set<number>()
  for (const { first, last, choice } of text.split(',').map(readRange)) {
    if (last - first >= MAX_LINES) {
      throw refuse(`Send ranges of at most ${MAX_LINES} lines, not ${first}-${last}.`)
    }
    for (const end of [first, last]) {
      if (!known.has(end)) throw refuse(`Send lines of valid rows; line ${end} has none.`)
    }
    for (let line = first; line <= last; line++) {
      if (!known.has(line)) continue
      if (seen.has(line)) throw refuse(`Send each line once; line ${line} is there twice.`)
      seen.add(line)
      chosen[choice].push(line)
    }
  }
  return chosen
}
