import { delimiters, readRecords, type Delimiter, type Start } from './read-records.ts'

/** What of a file is looked at: it has lines before the header, and rows enough. */
const SAMPLE_LENGTH = 256 * 1024
const SAMPLE_RECORDS = 50

const SEP_LINE = /^"?sep=([,;|\t])"?[ \t]*(\r\r\n|\r\n|\r|\n|$)/i
/** `84,30`: this comma is rather a decimal mark than a delimiter. */
const COMMA_IN_NUMBER = /^\d+$/

/** The line `sep=;` that spreadsheets understand: the delimiter, and where the rest begins. */
export function readSepLine(text: string): { delimiter: Delimiter; start: Start } | undefined {
  const found = SEP_LINE.exec(text.slice(0, 100))
  if (!found) return undefined
  const line = found[2] === '' ? 1 : 2
  return { delimiter: found[1] as Delimiter, start: { offset: found[0].length, line } }
}

/** How many fields a record has, without those that a comma between digits would make. */
function widthOf(fields: readonly string[], delimiter: Delimiter): number {
  if (delimiter !== ',') return fields.length
  const inNumbers = fields.filter(
    (field, index) =>
      index > 0 && COMMA_IN_NUMBER.test(field.slice(0, 1)) && /\d$/.test(fields[index - 1]!),
  )
  return fields.length - inNumbers.length
}

function widthsOf(sample: string, delimiter: Delimiter, start: Start): number[] {
  const widths: number[] = []
  for (const { fields, issue } of readRecords(sample, delimiter, start)) {
    const isEmpty = fields.every((field) => field.trim() === '')
    if (!isEmpty) widths.push(issue === undefined ? widthOf(fields, delimiter) : 1)
    if (widths.length === SAMPLE_RECORDS) break
  }
  return widths
}

/** How many records have several fields; those of the most frequent width count twice. */
function rate(widths: readonly number[]): { score: number; width: number } {
  const counts = Map.groupBy(
    widths.filter((width) => width > 1),
    (width) => width,
  )
  let [width, most, all] = [1, 0, 0]
  for (const [each, { length }] of counts) {
    all += length
    if (length > most || (length === most && each > width)) [width, most] = [each, length]
  }
  return { score: all + most, width }
}

/**
 * The delimiter that splits the most records of a file into the same number of fields; between equals,
 * into more. A `sep=` line decides.
 */
export function detectDelimiter(text: string): Delimiter {
  const given = readSepLine(text)
  if (given) return given.delimiter
  const sample = text.slice(0, SAMPLE_LENGTH)
  // A comma occurs in texts and numbers too, so it is the last of equals.
  const candidates = [...delimiters.filter((each) => each !== ','), ','] as const
  const rated = candidates.map((delimiter) => ({
    delimiter,
    ...rate(widthsOf(sample, delimiter, {})),
  }))
  const [best] = rated.toSorted((a, b) => b.score - a.score || b.width - a.width)
  return best && best.score > 0 ? best.delimiter : ','
}
