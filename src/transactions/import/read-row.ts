import type { z } from '@hono/zod-openapi'
import { restoreText } from '../../lib/csv/records.ts'
import { amountIssueMessages, scaledToMinor } from '../../lib/money/amounts.ts'
import { isCurrency } from '../../lib/money/currencies.ts'
import type { AmountRow } from '../../lib/statement/amount-row.ts'
import type { Directions } from '../../lib/statement/direction-options.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import { readNumber } from '../../lib/statement/numbers.ts'
import { isBlank } from '../../lib/statement/shapes.ts'
import { transactionFields } from '../transaction.fields.ts'
import type { Accounts } from './accounts.ts'
import type { FileRow } from './collect-rows.ts'
import type { ExternalIds } from './external-ids.ts'
import type { ReadRow } from './import-row.ts'
import type { RowMoney } from './read-money.ts'
import { RowError } from './row-error.ts'

/** What a file does not say itself. */
export interface Defaults {
  currency?: string | undefined
  category?: string | undefined
  source?: string | undefined
}

export interface Reading extends Pick<Directions, 'signOf' | 'hasFees'> {
  /** Their places in the cells of a row. */
  columns: Columns
  /** Whether the file was exported here, with formulas neutralised. */
  isExport: boolean
  defaults: Defaults
  accounts: Accounts
  externalIds: ExternalIds
}

type TextField = 'category' | 'payee' | 'notes' | 'external_id' | 'source'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const MAX_PAYEE = 200

function readCurrency(text: string): string {
  // "CURRENCY::EUR" is how GnuCash names it.
  const code = text
    .trim()
    .toUpperCase()
    .replace(/^CURRENCY::/, '')
  if (isCurrency(code)) return code
  const sign = code.length <= 3 ? readNumber(`1 ${code}`, '.')?.currency : undefined
  if (sign !== undefined && isCurrency(sign)) return sign
  throw new RowError('currency', 'Must be an ISO 4217 currency code, such as EUR.')
}

function readText(field: TextField, text: string | undefined): string | null {
  const rule: z.ZodType<string | null> = transactionFields[field].input
  const empty = rule.safeParse(null).success ? null : ''
  const result = rule.safeParse(text || empty)
  if (result.success) return result.data
  throw new RowError(field, result.error.issues[0]!.message)
}

/** Statements break long texts into lines; one line is what these fields hold. */
const oneLine = (text: string) => text.replaceAll(/\s*[\r\n\t]+\s*/g, ' ').trim()

/** Payee and notes. A payee that is too long is cut, and whole in the notes. */
function textsOf({ cells }: FileRow, isExpense: boolean, { columns, isExport }: Reading) {
  const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? ''))
  const only = columns.notes[0]
  if (isExport) {
    return { payee: restoreText(cell(columns.payee)), notes: restoreText(cell(only)) }
  }
  const { payer, recipient } = columns
  const other = isExpense ? recipient : payer
  const payees = [other, columns.payee, ...columns.otherPayees].map(cell)
  const payee = oneLine(payees.find((text) => !isBlank(text)) ?? '')
  if (columns.notes.length === 1 && payee.length <= MAX_PAYEE) return { payee, notes: cell(only) }
  const texts = columns.notes.map((index) => cell(index).trim()).filter((text) => !isBlank(text))
  const long = payee.length > MAX_PAYEE ? [payee] : []
  const notes = [...new Set([...long, ...texts])].filter(
    (text) => text !== payee || long.length > 0,
  )
  return { payee: payee.slice(0, MAX_PAYEE).trim(), notes: notes.join('; ') }
}

/** The amount with its sign; undefined where no money moved. */
function signedAmount(amount: AmountRow, { signOf, hasFees }: Reading): bigint | undefined {
  const sign = signOf(amount)
  if (typeof sign === 'object') throw new RowError(sign.column, sign.message)
  const total = (sign === 1 ? amount.size : -amount.size) - (hasFees ? amount.fee : 0n)
  return total === 0n ? undefined : total
}

/**
 * One row as a transaction; undefined where it moves no money.
 * @throws RowError
 */
export function readRow(
  { row, date, money }: { row: FileRow; date: string; money: RowMoney },
  amount: AmountRow,
  reading: Reading,
): ReadRow | undefined {
  const { columns, defaults, isExport, accounts, externalIds } = reading
  const cell = (index: number | undefined) => {
    const text = index === undefined ? '' : (row.cells[index] ?? '')
    return isExport ? restoreText(text) : text
  }
  const signed = signedAmount(amount, reading)
  if (signed === undefined && !isExport) return undefined
  const scaled = signed === undefined ? 0n : signed < 0n ? -signed : signed
  const named = cell(columns.currency)
  const currency = readCurrency(
    (isBlank(named) ? money.currency : named) ?? defaults.currency ?? '',
  )
  const minor = scaledToMinor(scaled, currency)
  if (typeof minor === 'string') throw new RowError('amount', amountIssueMessages[minor])
  const texts = textsOf(row, signed !== undefined && signed < 0n, reading)
  const source = readText('source', cell(columns.source) || defaults.source)
  const category = cell(columns.category)
  const externalId = externalIds.of(row)
  const known = cell(columns.id)
  return {
    line: row.line,
    known_id: UUID.test(known) ? known : null,
    date,
    type: signed !== undefined && signed > 0n ? 'income' : 'expense',
    amount: scaled,
    currency,
    category: readText('category', (isExport ? category : oneLine(category)) || defaults.category)!,
    payee: readText('payee', texts.payee),
    notes: readText('notes', texts.notes),
    external_id: readText('external_id', isExport ? restoreText(externalId) : externalId),
    source,
    account: accounts.of(source, cell(columns.account)),
    text: row.text,
  }
}
