import { invalidField } from '../../lib/errors.ts'
import { readRecords, type RawRecord } from '../../lib/csv/read-records.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import { headerScore, type Table } from '../../lib/statement/locate-table.ts'
import { TRAILER_MARK } from '../csv-columns.ts'
import type { Problem } from './row-error.ts'
import { rowText } from './row-text.ts'

export const MAX_ROWS = 20_000
const MAX_EMPTY_ROWS = 20_001

/** A row of the table, with the cells that are needed. */
export interface FileRow {
  line: number
  /** Only those that are read, in the order of `Collected.columns`. */
  cells: readonly string[]
  /** Fields behind the last column of the header that are not empty. */
  surplus: number
  /** What its fingerprint is made of. */
  text: string
}

export interface NotBooked {
  line: number
  reason: NotBookedReason
  text: string
}

export const notBookedReasons = [
  'pending',
  'declined',
  'opening_balance',
  'closing_balance',
  'total',
  'footer',
  'header',
  'zero',
] as const
export type NotBookedReason = (typeof notBookedReasons)[number]

export interface Collected {
  problems: Problem[]
  /** Places of the columns in `cells`. */
  columns: Columns
  rows: FileRow[]
  notBooked: NotBooked[]
}

const isEmpty = ({ fields }: RawRecord) => fields.every((field) => field.trim() === '')

const shortText = (fields: readonly string[]) =>
  fields
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .join(' ')
    .slice(0, 80)

/** Columns whose cells are retained, and their places then; others would only take memory. */
function pick({ notes, otherDates, otherPayees, ...single }: Columns) {
  const picked = [...new Set([...Object.values(single), ...notes, ...otherDates, ...otherPayees])]
  const place = (index: number) => picked.indexOf(index)
  const columns: Columns = {
    ...Object.fromEntries(Object.entries(single).map(([field, index]) => [field, place(index)])),
    notes: notes.map(place),
    otherDates: otherDates.map(place),
    otherPayees: otherPayees.map(place),
  }
  return { picked, columns }
}

/** Whether this is the trailer of an export, which says how many rows there must be. */
function isTrailer({ fields, line }: RawRecord, count: number): boolean {
  if (fields[0] !== TRAILER_MARK) return false
  if (fields[1] === String(count)) return true
  throw invalidField(
    `lines.${line}`,
    `The file is incomplete: the trailer says ${fields[1]?.slice(0, 20)} rows, and it has ${count}.`,
  )
}

function refuseSecondTable(record: RawRecord, header: readonly string[]): void {
  if (headerScore(record) < 2) return
  throw invalidField(
    `lines.${record.line}`,
    `A second table begins here, with other columns than the first (${header.filter(Boolean).slice(0, 6).join(', ')} …). Split the file and import each table.`,
  )
}

/** The records behind the header that are not empty. @throws AppError where the file is broken */
function* recordsOf(text: string, { delimiter, startLine, header }: Table): Generator<RawRecord> {
  const reader = readRecords(text, delimiter)
  let empty = 0
  for (let next = reader.next(); ; next = reader.next()) {
    if (next.done) {
      if (next.value) throw invalidField(`lines.${next.value.line}`, next.value.message)
      return
    }
    const { line } = next.value
    if (line < startLine || (header && line === startLine)) continue
    if (!isEmpty(next.value)) yield next.value
    else if (++empty > MAX_EMPTY_ROWS) {
      throw invalidField(
        `lines.${line}`,
        `The file has more than ${MAX_EMPTY_ROWS - 1} empty rows. Remove them.`,
      )
    }
  }
}

/** Whether a record repeats the header, as in files that were joined. */
function isHeader({ fields }: RawRecord, header: readonly string[] | undefined): boolean {
  return (
    header !== undefined &&
    fields.length >= header.length - 1 &&
    fields.slice(header.length).every((field) => field.trim() === '') &&
    header.every((name, index) => (fields[index] ?? '').trim().toLowerCase() === name)
  )
}

interface CollectOptions {
  columns: Columns
  /** Columns that are not part of the fingerprint. */
  apart: ReadonlySet<number>
  isExport: boolean
}

/**
 * Reads the rows of a table.
 * @throws AppError where the file is broken, has too many rows, or has a second table
 */
export function collectRows(
  text: string,
  table: Table,
  { columns, apart, isExport }: CollectOptions,
): Collected {
  const { picked, columns: places } = pick(columns)
  const header = table.header?.map((name) => name.toLowerCase())
  const width = header?.length ?? Number.POSITIVE_INFINITY
  const found: Collected = { rows: [], notBooked: [], problems: [], columns: places }
  const { rows, notBooked, problems } = found
  for (const record of recordsOf(text, table)) {
    const { line, fields, issue } = record
    if (isExport && isTrailer(record, rows.length)) continue
    if (rows.length + problems.length + notBooked.length >= MAX_ROWS) {
      throw invalidField('', `The file has more than ${MAX_ROWS} rows. Split it.`)
    }
    if (isHeader(record, header)) {
      notBooked.push({ line, reason: 'header', text: shortText(fields) })
      continue
    }
    if (issue !== undefined) {
      problems.push({ line, message: issue })
      continue
    }
    if (table.header) refuseSecondTable(record, table.header)
    rows.push({
      line,
      cells: picked.map((index) => fields[index] ?? ''),
      surplus: fields.slice(width).filter((field) => field.trim() !== '').length,
      text: rowText(fields.filter((_, index) => !apart.has(index))),
    })
  }
  return found
}
