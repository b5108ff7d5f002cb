import type { z } from '@hono/zod-openapi'
import { restoreText } from '../../lib/csv/records.ts'
import { readDate, type DateFormat } from '../../lib/csv/dates.ts'
import { readNumber, type DecimalMark } from '../../lib/csv/numbers.ts'
import type { CsvRecord } from '../../lib/csv/parse.ts'
import type { TransactionType } from '../../db/enums.ts'
import { amountIssueMessages, parseScaled, scaledToMinor } from '../../lib/money/amounts.ts'
import { isCurrency } from '../../lib/money/currencies.ts'
import { IMPORT_COLUMNS, type ImportColumn } from '../csv-columns.ts'
import { transactionFields } from '../transaction.fields.ts'
import type { Columns } from './columns.ts'
import type { ReadRow } from './import-row.ts'

export interface Problem {
  line: number
  column?: ImportColumn | undefined
  message: string
}

/** What a file does not say itself. */
export interface Defaults {
  currency?: string | undefined
  category?: string | undefined
  source?: string | undefined
}

export interface Reading {
  /** Their places in the fields of a record. */
  columns: Columns
  width: number
  /** Whether the file was exported here, with formulas neutralised. */
  isExport: boolean
  dateFormat: DateFormat
  decimal: DecimalMark
  defaults: Defaults
}

/** Columns that hold text as it is; the others have readers of their own. */
const isTextColumn = (name: ImportColumn): name is TextColumn => !READ_APART.has(name)
const READ_APART: ReadonlySet<ImportColumn> = new Set(['date', 'type', 'amount', 'currency'])
type TextColumn = Exclude<ImportColumn, 'date' | 'type' | 'amount' | 'currency'>

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

const types: Record<string, TransactionType> = {
  income: 'income',
  expense: 'expense',
  credit: 'income',
  debit: 'expense',
}

class RowError extends Error {
  readonly column: ImportColumn | undefined
  constructor(column: ImportColumn | undefined, message: string) {
    super(message)
    this.column = column
  }
}

/** Spreadsheets mark text with an apostrophe, also negative amounts: `'-12.50`. */
export const withoutTextMark = (text: string) => text.replace(/^'(?=[+-])/, '')

function readAmount(text: string, typeText: string | undefined, { decimal }: Reading) {
  const number = readNumber(text, decimal)
  if (!number)
    throw new RowError('amount', `Must be an amount with "${decimal}" as the decimal mark.`)
  const scaled = parseScaled(number.digits)
  if (typeof scaled === 'string') throw new RowError('amount', amountIssueMessages[scaled])
  if (typeText === undefined) {
    return { scaled, type: number.negative ? ('expense' as const) : ('income' as const) }
  }
  const type = types[typeText.trim().toLowerCase()]
  if (!type) throw new RowError('type', 'Must be `income` or `expense`.')
  if (number.negative)
    throw new RowError('amount', 'Must not have a sign; the type gives the direction.')
  return { scaled, type }
}

function readCurrency(text: string): string {
  const code = text.trim().toUpperCase()
  if (isCurrency(code)) return code
  throw new RowError('currency', 'Must be an ISO 4217 currency code, such as EUR.')
}

function readText(column: TextColumn, text: string | undefined): string | null {
  const rule: z.ZodType<string | null> = transactionFields[column].input
  const empty = rule.safeParse(null).success ? null : ''
  const result = rule.safeParse(text || empty)
  if (result.success) return result.data
  throw new RowError(column, result.error.issues[0]!.message)
}

function checkRecord({ fields, width: found }: CsvRecord, { columns, width }: Reading): void {
  if (found !== width) {
    throw new RowError(undefined, `The line has ${found} fields, and the header has ${width}.`)
  }
  if (columns.deleted_at !== undefined && fields[columns.deleted_at]?.trim()) {
    throw new RowError(undefined, 'The transaction is deleted. Remove the line.')
  }
}

/** What a fingerprint is made of: the texts of the file, folded, whichever column they are in. */
export const fingerprintText = (texts: readonly string[]): string =>
  texts
    .map((text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .toSorted()
    .join('\n')

function readFields(record: CsvRecord, reading: Reading): ReadRow {
  checkRecord(record, reading)
  const { columns, defaults } = reading
  const cell = (field: keyof Columns) => {
    const column = columns[field]
    const text = column === undefined ? undefined : (record.fields[column] ?? '')
    return text !== undefined && reading.isExport ? restoreText(text) : text
  }
  const date = readDate(cell('date') ?? '', reading.dateFormat)
  if (date === undefined)
    throw new RowError('date', `Must be a valid date (${reading.dateFormat}).`)
  const amount = withoutTextMark(cell('amount') ?? '')
  const { scaled, type } = readAmount(amount, cell('type'), reading)
  const currency = readCurrency(cell('currency') || defaults.currency || '')
  const minor = scaledToMinor(scaled, currency)
  if (typeof minor === 'string') throw new RowError('amount', amountIssueMessages[minor])
  const known = cell('id') ?? ''
  const texts = IMPORT_COLUMNS.filter(isTextColumn).map((name) => [
    name,
    readText(name, cell(name) || (defaults as Partial<Record<TextColumn, string>>)[name]),
  ])
  const own = (['payee', 'notes', 'category', 'external_id'] as const).map(cell)
  return {
    line: record.line,
    known_id: UUID.test(known) ? known : null,
    account: defaults.source ?? (cell('source')?.trim() || null),
    text: fingerprintText(own.filter((text) => text !== undefined)),
    ...(Object.fromEntries(texts) as Pick<ReadRow, TextColumn>),
    date,
    type,
    amount: scaled,
    currency,
  }
}

/** One record as a transaction, or what is wrong with it. */
export function readRow(record: CsvRecord, reading: Reading): ReadRow | Problem {
  try {
    return readFields(record, reading)
  } catch (error) {
    if (!(error instanceof RowError)) throw error
    return { line: record.line, column: error.column, message: error.message }
  }
}
