import { detectDelimiter } from '../csv/detect-delimiter.ts'
import {
  delimiters,
  readRecords,
  type CsvIssue,
  type Delimiter,
  type RawRecord,
} from '../csv/read-records.ts'
import { isStreamSafe } from '../stream-safe.ts'
import { looksLikeDate, looksLikeMoney } from './shapes.ts'
import { headerRole } from './words/headers.ts'

/** How many records of the beginning decide where the table is and what its columns are. */
export const SAMPLE_RECORDS = 250
const MAX_PREAMBLE = 100
const MAX_NAME_LENGTH = 100

export interface TableOptions {
  delimiter?: Delimiter | undefined
  /** Lines before the header, or before the first row where there is no header. */
  skipLines?: number | undefined
  header?: 'first' | 'none' | undefined
  /** Names that the header must have, because the caller maps them. */
  names: readonly string[]
}

export interface Table {
  delimiter: Delimiter
  /** Undefined where the file has no header. */
  header: string[] | undefined
  /** Records before the header. */
  preamble: RawRecord[]
  /** The line of the header, or of the first row where there is no header. */
  startLine: number
  /** The first records of the table, without the header. */
  sample: RawRecord[]
  reason: string
  /** Whether the names of its columns are known words. */
  isUnderstood: boolean
  /** Higher where more of the header was understood. */
  score: number
}

/** Long runs of combining marks take quadratic time to normalize. */
const normalized = (name: string) => (isStreamSafe(name) ? name.normalize('NFC') : name).trim()
const isEmpty = ({ fields }: RawRecord) => fields.every((field) => field.trim() === '')

function takeSample(text: string, delimiter: Delimiter) {
  const records: RawRecord[] = []
  const reader = readRecords(text, delimiter)
  for (let next = reader.next(); ; next = reader.next()) {
    if (next.done) return { records, issue: next.value }
    if (!isEmpty(next.value)) records.push(next.value)
    if (records.length > SAMPLE_RECORDS) return { records, issue: undefined }
  }
}

const hasDate = (record: RawRecord) => record.fields.some(looksLikeDate)
const isData = (record: RawRecord) => hasDate(record) && record.fields.some(looksLikeMoney)

/** How many cells of a record are names of columns; 0 unless a date and an amount are among them. */
export function headerScore({ fields }: RawRecord): number {
  if (fields.some((field) => field.length > MAX_NAME_LENGTH || looksLikeDate(field))) return 0
  const roles = fields.map((field) => (field.trim() === '' ? undefined : headerRole(field)?.role))
  const names = new Set<string | undefined>(roles)
  const hasMoney = ['amount', 'debit', 'credit', 'amount_in', 'amount_out'].some((role) =>
    names.has(role),
  )
  if (!(names.has('date') || names.has('value_date')) || !hasMoney) return 0
  return roles.filter((role) => role !== undefined).length
}

const hasNames = ({ fields }: RawRecord, names: readonly string[]) => {
  const found = new Set(fields.map((field) => normalized(field).toLowerCase()))
  return names.every((name) => found.has(name.toLowerCase()))
}

function findHeader(records: readonly RawRecord[], names: readonly string[]) {
  const first = records.slice(0, MAX_PREAMBLE)
  if (names.length > 0) {
    const index = first.findIndex((record) => hasNames(record, names))
    if (index !== -1) {
      return { index, score: 1000 + headerScore(first[index]!), reason: 'has the mapped names.' }
    }
  }
  const index = first.findIndex((record) => headerScore(record) > 0)
  if (index === -1) return undefined
  return {
    index,
    score: 100 + headerScore(first[index]!),
    reason: 'names a date and an amount.',
  }
}

/** How a date is written: its parts with four digits or fewer. */
const shapeOf = (text: string) =>
  text.trim().replaceAll(/\d+/g, (digits) => (digits.length > 2 ? 'Y' : 'd'))

/** The first row like most others: with a date written the same way in the same column. */
function firstRow(records: readonly RawRecord[]): number {
  const counts = new Map<string, number>()
  const keys = records.slice(0, MAX_PREAMBLE).map((record) => {
    if (!isData(record)) return []
    return record.fields.flatMap((field, index) =>
      looksLikeDate(field) ? [`${index} ${shapeOf(field)}`] : [],
    )
  })
  for (const key of keys.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  return keys.findIndex((own) => own.length > 0 && own.every((key) => counts.get(key)! * 2 > most))
}

/** The record above the first row, if it can be a header: texts only, about as wide as the row. */
function findByContent(records: readonly RawRecord[]) {
  const row = firstRow(records)
  if (row === -1) return undefined
  const data = records.slice(row, row + 50)
  const share = data.filter(isData).length / data.length
  const above = row === 0 ? undefined : records[row - 1]!
  const width = records[row]!.fields.length
  const isHeader =
    above !== undefined &&
    Math.abs(above.fields.length - width) <= 1 &&
    above.fields.filter((field) => field.trim() !== '').length >= Math.max(2, width / 2) &&
    !above.fields.some((field) => looksLikeDate(field) || looksLikeMoney(field))
  return isHeader
    ? {
        index: row - 1,
        score: width * share,
        reason: 'is above the first row with a date and an amount.',
      }
    : {
        index: row,
        score: width * share,
        reason: 'is the first one with a date and an amount, and has no header above it.',
      }
}

function build(
  records: readonly RawRecord[],
  delimiter: Delimiter,
  options: TableOptions,
): Table | undefined {
  const { skipLines, names } = options
  const rest = skipLines === undefined ? records : records.filter(({ line }) => line > skipLines)
  const at = (index: number, isHeader: boolean, score: number, reason: string): Table => {
    const start = rest[index]!
    return {
      delimiter,
      header: isHeader ? start.fields.map(normalized) : undefined,
      preamble: records.slice(0, records.length - rest.length + index),
      startLine: start.line,
      sample: rest.slice(isHeader ? index + 1 : index),
      reason: `Line ${start.line} ${reason}`,
      isUnderstood: !isHeader || headerScore(start) > 0 || names.length > 0,
      score,
    }
  }
  if (rest.length === 0) return undefined
  if (options.header === 'none') {
    const first = skipLines === undefined ? Math.max(rest.findIndex(hasDate), 0) : 0
    return at(first, false, rest[first]!.fields.length, 'was requested.')
  }
  if (skipLines !== undefined) return at(0, true, 1 + headerScore(rest[0]!), 'was requested.')
  const named = findHeader(rest, names)
  if (named) return at(named.index, true, named.score, named.reason)
  const found = findByContent(rest)
  if (!found) return undefined
  const isHeader = options.header === 'first' || !isData(rest[found.index]!)
  return at(found.index, isHeader, found.score, found.reason)
}

/**
 * Finds the table in a file: its delimiter, the lines before it and its header. Of several delimiters
 * the one whose header is understood best wins.
 */
export function locateTable(text: string, options: TableOptions): Table | CsvIssue | undefined {
  const preferred = options.delimiter ?? detectDelimiter(text)
  const candidates =
    options.delimiter === undefined
      ? [preferred, ...delimiters.filter((each) => each !== preferred)]
      : [preferred]
  let best: Table | undefined
  let issue: CsvIssue | undefined
  for (const delimiter of candidates) {
    const sample = takeSample(text, delimiter)
    if (delimiter === preferred) issue = sample.issue
    const table = build(sample.records, delimiter, options)
    if (table && (!best || table.score > best.score)) best = table
  }
  return best ?? issue
}
