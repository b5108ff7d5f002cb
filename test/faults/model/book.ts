import type { Role } from '../../../src/db/enums.ts'

/* What the book holds, in memory and written as plainly as it can be: no SQL, no paging, no views. */

export interface ModelUser {
  id: string
  email: string
  role: Role
  /** What the last token says; of somebody inactive it may be an old one. */
  tokenRole: Role
  active: boolean
}

export type Kind = 'income' | 'expense'
export type Currency = 'EUR' | 'JPY' | 'KWD'

export const DIGITS: Record<Currency, number> = { EUR: 2, JPY: 0, KWD: 3 }

/** The fields of a transaction that a person chooses. Amounts are whole: 5, 5.00 and 5.000. */
export interface Entry {
  type: Kind
  amount: number
  currency: Currency
  category: string
  date: string
  notes: string
}

export interface ModelTransaction extends Entry {
  id: string
  userId: string
  version: number
  deleted: boolean
}

export interface Model {
  users: ModelUser[]
  transactions: ModelTransaction[]
}

export interface Filter {
  type?: Kind | undefined
  currency?: Currency | undefined
  category?: string | undefined
  date_from?: string | undefined
  date_to?: string | undefined
  min_amount?: number | undefined
  max_amount?: number | undefined
  q?: string | undefined
  deleted?: 'exclude' | 'include' | 'only' | undefined
}

export type Sort = 'date' | '-date' | 'amount' | '-amount'

/** Whose records: undefined is everybody. */
export type Whose = string | undefined

/** What the model says to a filter that is out of order. */
export const isBackwards = ({ date_from, date_to, min_amount, max_amount }: Filter) =>
  (date_from ?? '') > (date_to ?? '9') || (min_amount ?? 0) > (max_amount ?? Infinity)

export const matching = ({ transactions }: Model, whose: Whose, filter: Filter) =>
  transactions.filter(
    (row) =>
      (whose === undefined || row.userId === whose) &&
      (filter.deleted === 'include' || row.deleted === (filter.deleted === 'only')) &&
      (filter.type === undefined || row.type === filter.type) &&
      (filter.currency === undefined || row.currency === filter.currency) &&
      (filter.category === undefined || row.category === filter.category) &&
      row.date >= (filter.date_from ?? '') &&
      row.date <= (filter.date_to ?? '9') &&
      row.amount >= (filter.min_amount ?? 0) &&
      row.amount <= (filter.max_amount ?? Infinity) &&
      `${row.notes}\n${row.category}`.toLowerCase().includes((filter.q ?? '').toLowerCase()),
  )

export function sorted(rows: readonly ModelTransaction[], sort: Sort) {
  const key = ({ amount, date, id }: ModelTransaction) =>
    `${sort.endsWith('date') ? date : String(amount).padStart(9, '0')} ${id}`
  const up = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  return sort.startsWith('-') ? up.toReversed() : up
}

const decimal = (whole: number, currency: Currency) => whole.toFixed(DIGITS[currency])

/** Sums by currency, as the API writes them. */
export function totalsOf(rows: readonly ModelTransaction[]) {
  const groups = Map.groupBy(rows, ({ currency }) => currency)
  const sum = (all: readonly ModelTransaction[], type: Kind) =>
    all.filter((row) => row.type === type).reduce((total, { amount }) => total + amount, 0)
  return [...groups].map(([currency, all]) => ({
    currency,
    income: decimal(sum(all, 'income'), currency),
    expenses: decimal(sum(all, 'expense'), currency),
    net: decimal(sum(all, 'income') - sum(all, 'expense'), currency),
    count: all.length,
  }))
}

export const noTotals = (currency: Currency) => {
  const zero = decimal(0, currency)
  return { currency, income: zero, expenses: zero, net: zero, count: 0 }
}

export const amountText = ({ amount, currency }: Pick<Entry, 'amount' | 'currency'>) =>
  decimal(amount, currency)

/** A transaction as the API answers it, but for what the database adds. */
export const responseOf = (row: ModelTransaction) => ({
  id: row.id,
  user_id: row.userId,
  type: row.type,
  amount: amountText(row),
  currency: row.currency,
  category: row.category,
  date: row.date,
  notes: row.notes || null,
  version: row.version,
})

export const activeAdmins = ({ users }: Model) =>
  users.filter(({ role, active }) => active && role === 'admin')
