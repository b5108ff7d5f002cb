import { cached, quoteCell, type Cell, type Question } from './cells.ts'
import { splitDate, type DateParts } from './date-parts.ts'
import { dateFormats, dateOfParts, type DateFormat, type DateOrder } from './dates.ts'
import { yearPlace, type ShortYear } from './short-years.ts'

type WrittenOrder = Exclude<DateOrder, 'serial'>

const writtenOrders = ['dmy', 'mdy', 'ymd', 'short'] as const

interface Reading {
  parts: DateParts
  /** The orders in which it is a date. */
  orders: readonly WrittenOrder[]
}

export interface DetectedDates {
  format: DateFormat
  reason: string
}

function readingOf(text: string, today: string): Reading | undefined {
  const parts = splitDate(text)
  if (!parts) return undefined
  const isDate = (order: WrittenOrder) => dateOfParts(parts, order, today) !== undefined
  if (parts.kind === 'name') return isDate('dmy') ? { parts, orders: writtenOrders } : undefined
  if (parts.parts[0].length > 2) return isDate('ymd') ? { parts, orders: ['ymd'] } : undefined
  const orders = writtenOrders.filter(isDate)
  if (orders.length === 0) return undefined
  // No country writes the month first with dots.
  const isDotted = parts.separator === '.' && orders.includes('dmy')
  return { parts, orders: isDotted ? orders.filter((order) => order !== 'mdy') : orders }
}

/** The name of the format in which this date is written. */
function formatOf(parts: DateParts, order: WrittenOrder): DateFormat {
  if (parts.kind === 'name') {
    const year = 'Y'.repeat(parts.year.length)
    const names = { day: `DD MMM ${year}`, month: `MMM DD ${year}`, year: 'YYYY MMM DD' }
    return names[parts.order] as DateFormat
  }
  const year = parts.parts[2].length === 2 ? 'YY' : 'YYYY'
  const written = {
    dmy: ['DD', 'MM', year],
    mdy: ['MM', 'DD', year],
    ymd: ['YYYY', 'MM', 'DD'],
    short: ['YY', 'MM', 'DD'],
  }[order]
  const format = written.join(parts.separator)
  return dateFormats.find((known) => known === format) ?? (written.join('-') as DateFormat)
}

const MONTHS =
  'January February March April May June July August September October November December'

function inWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${MONTHS.split(' ')[month! - 1]} ${year}`
}

type Read = (text: string) => Reading | undefined

interface Narrowed {
  left: readonly WrittenOrder[]
  /** The cell that left the fewest orders. */
  witness: Cell
  first: Cell
  readable: number
}

/** The orders that read every date of a column. */
function narrow(cells: readonly Cell[], read: Read): Narrowed | Question | undefined {
  let left: readonly WrittenOrder[] = writtenOrders
  let witness: Cell | undefined
  let first: Cell | undefined
  let readable = 0
  for (const cell of cells) {
    const reading = read(cell.text)
    if (!reading) continue
    readable += 1
    if (reading.parts.kind === 'name') {
      witness ??= cell
      first ??= cell
      continue
    }
    if (!first || read(first.text)?.parts.kind === 'name') first = cell
    if (left.length === 1 && reading.orders.includes(left[0]!)) continue
    const fitting = left.filter((order) => reading.orders.includes(order))
    if (fitting.length === 0) return contradiction(witness ?? cell, cell, read)
    if (fitting.length < left.length) witness = cell
    left = fitting
  }
  return first && { left, witness: witness ?? first, first, readable }
}

function contradiction(witness: Cell, cell: Cell, read: Read): Question {
  const options = [witness, cell].map(({ text }) => {
    const { parts, orders } = read(text)!
    return formatOf(parts, orders[0]!)
  })
  return {
    issue: `${quoteCell(witness)} and ${quoteCell(cell)} have different formats.`,
    options: [...new Set(options)],
    lines: [witness.line, cell.line],
  }
}

function notDates(cells: readonly Cell[], read: Read): Question {
  const example = cells.find(({ text }) => !read(text))
  const isSerial = example !== undefined && /^\d{5}(?:[.,]\d+)?$/.test(example.text.trim())
  const such = example ? `, such as ${quoteCell(example)}` : ''
  return {
    issue: isSerial
      ? `Most values are numbers${such}, not dates; spreadsheets count days so.`
      : `Most values are not dates${such}.`,
    options: isSerial ? ['serial'] : [],
    lines: example ? [example.line] : [],
  }
}

/** Leaves out a year of two digits at the beginning, or at the end, where that is certain. */
function placeYear({ left }: Narrowed, cells: readonly Cell[], read: Read, today: string) {
  if (!left.includes('short') || left.length === 1) return left
  const ends = cells.flatMap(({ text }): ShortYear[] => {
    const parts = read(text)?.parts
    if (parts?.kind !== 'numbers') return []
    return [{ first: parts.parts[0], last: parts.parts[2], separator: parts.separator }]
  })
  if (ends.length === 0) return left
  const place = yearPlace(ends, today)
  if (place === undefined) return left
  return place === 'first' ? ['short' as const] : left.filter((order) => order !== 'short')
}

function reasonOf({ parts }: Reading, order: WrittenOrder, witness: Cell): string {
  if (parts.kind === 'name') return 'Months are written as names.'
  if (order === 'ymd') return 'The year comes first.'
  if (order === 'short') return 'The first number changes as little as years do.'
  const first = order === 'dmy' ? 'day' : 'month'
  return parts.separator === '.' && order === 'dmy'
    ? 'Dates with dots begin with the day.'
    : `The ${first} comes first: ${quoteCell(witness)} has no other meaning.`
}

/**
 * Finds the order of day, month and year that reads a whole column. Cells that are not dates in any
 * order are ignored here and reported with their rows; most cells must be dates.
 */
export function detectDateFormat(cells: readonly Cell[], today: string): DetectedDates | Question {
  const read = cached((text) => readingOf(text, today))
  const found = narrow(cells, read)
  if (found && 'issue' in found) return found
  if (!found || found.readable * 2 < cells.length) return notDates(cells, read)
  const left = placeYear(found, cells, read, today)
  const dates = (text: string) => left.map((order) => dateOfParts(read(text)!.parts, order, today)!)
  const unclear =
    left.length > 1 && cells.find(({ text }) => read(text) && new Set(dates(text)).size > 1)
  const { parts } = read(found.first.text)!
  const formats = left.map((order) => formatOf(parts, order))
  if (!unclear) {
    const isProven = left.length === 1 || parts.kind === 'name'
    const reason = isProven
      ? reasonOf(read(found.first.text)!, left[0]!, found.witness)
      : 'The dates are the same with the day or the month first.'
    return { format: formats[0]!, reason }
  }
  const meanings = dates(unclear.text).map((date, index) => `${inWords(date)} (${formats[index]})`)
  return {
    issue: `${quoteCell(unclear)} is ${meanings.join(' or ')}.`,
    options: formats,
    lines: [unclear.line],
  }
}
