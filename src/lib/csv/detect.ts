import type { CsvRecord } from './parse.ts'

export interface Cell {
  line: number
  text: string
}

/** The texts of a column that are not empty. */
export const cellsOf = (records: readonly CsvRecord[], column: number): Cell[] =>
  records
    .map(({ line, fields }) => ({ line, text: fields[column] ?? '' }))
    .filter(({ text }) => text.trim() !== '')

const quote = ({ line, text }: Cell) => `"${text.slice(0, 40)}" on line ${line}`

export type Detected<Way> = { way: Way } | { issue: string }

/**
 * The one way to read a column. Cells that no way can read are no witnesses: they are faults of
 * their rows. Where no way reads all others, or several do and do not agree, somebody has to say.
 */
export function detectWay<Way extends string>(
  cells: readonly Cell[],
  ways: readonly Way[],
  read: (text: string, way: Way) => string | undefined,
): Detected<Way> {
  let left = [...ways]
  let witness: Cell | undefined
  for (const cell of cells) {
    const readable = ways.filter((way) => read(cell.text, way) !== undefined)
    if (readable.length === 0) continue
    const fitting = left.filter((way) => readable.includes(way))
    if (fitting.length === 0) {
      return {
        issue: `${quote(witness ?? cell)} and ${quote(cell)} have different formats.`,
      }
    }
    if (fitting.length < left.length || !witness) witness = cell
    left = fitting
  }
  const disagree = cells.find(({ text }) => new Set(left.map((way) => read(text, way))).size > 1)
  if (!disagree) return { way: left[0]! }
  return { issue: `${quote(disagree)} is ambiguous: ${left.join(' or ')}.` }
}
