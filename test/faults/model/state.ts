import type { Role } from '../../../src/db/enums.ts'
import { exponents, select, type Query, type Row } from '../../transactions/list-model.ts'

/* The users and transactions that there should be, in memory. Lists and totals: list-model.ts. */

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

/** Whose records: undefined is everyone. */
export type Whose = string | undefined

/** What the model says to a filter that is out of order. */
export const isBackwards = ({ date_from, date_to, min_amount, max_amount }: Filter) =>
  (date_from ?? '') > (date_to ?? '9') || (min_amount ?? 0) > (max_amount ?? Infinity)

export const asRow = ({ userId, amount, notes, version: _, ...row }: ModelTransaction): Row => ({
  ...row,
  user_id: userId,
  minor: BigInt(amount) * 10n ** BigInt(exponents[row.currency]),
  notes: notes || null,
})

/** The transactions that a list has, in their order. */
export function selected(
  { transactions }: Model,
  whose: Whose,
  { category, min_amount, max_amount, ...filter }: Filter,
  sort = '-date',
): ModelTransaction[] {
  const query = {
    ...filter,
    sort,
    category: category && [category],
    min_amount: min_amount?.toString(),
    max_amount: max_amount?.toString(),
    ...(whose === undefined ? { scope: 'all' } : { user_id: whose }),
  } as Query
  const byId = new Map(transactions.map((row) => [row.id, row]))
  return select(transactions.map(asRow), query, '').map(({ id }) => byId.get(id)!)
}

export const amountText = ({ amount, currency }: Pick<Entry, 'amount' | 'currency'>) =>
  amount.toFixed(exponents[currency])

/** A transaction as the API returns it, except what the database adds. */
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
