import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import type { TestApp } from '../support/app.ts'

/* What a list must return, computed in memory from the rows of the database. */

export interface Row {
  id: string
  user_id: string
  type: 'income' | 'expense'
  minor: bigint
  currency: Currency
  category: string
  date: string
  notes: string | null
  deleted: boolean
}

export const exponents = { EUR: 2, USD: 2, JPY: 0, KWD: 3, CLF: 4 }
export type Currency = keyof typeof exponents
export const currencies = Object.keys(exponents) as Currency[]
const categories = ['Groceries', 'groceries', 'Rent', '100% wool', 'a_b', 'Travel']
const notes = [null, 'Weekly shopping', 'weekly RENT', '50% off', 'under_score', 'back\\slash']
const dates = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-28', '2026-03-01', '2026-03-14']
/** Face values that several currencies can have, so that many rows are equal. */
const faces = [1n, 2n, 5n, 100n, 1000n]

/** Face value in ten-thousandths. */
export const scaled = ({ minor, currency }: Row) => minor * 10n ** BigInt(4 - exponents[currency])

const amountOf = (currency: Currency) =>
  fc.oneof(
    fc.constantFrom(...faces).map((face) => face * 10n ** BigInt(exponents[currency])),
    fc.bigInt(1n, 10n ** 6n),
    fc.bigInt(10n ** 12n, 10n ** 13n - 1n),
  )

/** Rows of some users, of which about one in eight is deleted. */
export const rowOf = (userIds: readonly string[]): fc.Arbitrary<Row> =>
  fc
    .constantFrom(...currencies)
    .chain((currency) =>
      fc.record({
        id: fc.constant(''),
        user_id: fc.constantFrom(...userIds),
        type: fc.constantFrom('income' as const, 'expense' as const),
        minor: amountOf(currency),
        currency: fc.constant(currency),
        category: fc.constantFrom(...categories),
        date: fc.constantFrom(...dates),
        notes: fc.constantFrom(...notes),
        deleted: fc.nat(7).map((n) => n === 0),
      }),
    )
    .map((row) => ({ ...row, id: uuidv7() }))

export async function insertRows(app: TestApp, rows: readonly Row[]): Promise<void> {
  const json = JSON.stringify(rows, (_key, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  await app.sql`
    insert into data.transactions
           (id, user_id, created_by, type, amount_minor, currency, category, date, notes, deleted_at)
    select id, user_id, user_id, type, minor, currency, category, date, notes,
           case when deleted then now() end
      from jsonb_to_recordset(${json}::jsonb)
           as t (id uuid, user_id uuid, type data.transaction_type, minor bigint, currency text,
                 category text, date date, notes text, deleted boolean)`
}

/** A query as its parameters. */
export type Query = Partial<
  Record<
    | 'date_from'
    | 'date_to'
    | 'type'
    | 'currency'
    | 'min_amount'
    | 'max_amount'
    | 'q'
    | 'sort'
    | 'deleted'
    | 'scope'
    | 'user_id',
    string
  >
> & { category?: string[] }

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })
const range = <T>(values: readonly T[], from: string, to: string) =>
  fc
    .tuple(maybe(fc.nat(values.length - 1)), maybe(fc.nat(values.length - 1)))
    .map(([a, b]) => (a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]))
    .map(([a, b]) => ({ [from]: values[a ?? -1], [to]: values[b ?? -1] }))
const words = ['shop', 'RENT', '%', '_', '\\', 'e', 'no such text', 'GROCER']

export const anyQuery: fc.Arbitrary<Query> = fc
  .tuple(
    range(dates, 'date_from', 'date_to'),
    range(['0', '1', '2.00', '5', '100', '99999999999'], 'min_amount', 'max_amount'),
    fc.record({
      type: maybe(fc.constantFrom('income', 'expense')),
      currency: maybe(fc.constantFrom(...currencies)),
      category: maybe(
        fc.uniqueArray(fc.constantFrom(...categories), { minLength: 1, maxLength: 4 }),
      ),
      q: maybe(fc.constantFrom(...words)),
      sort: maybe(fc.constantFrom('date', '-date', 'amount', '-amount')),
    }),
  )
  .map((parts) => Object.assign({}, ...parts) as Query)

export function toSearch(query: Query, more: Record<string, string | number> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries<string | number | string[] | undefined>({
    ...query,
    ...more,
  })) {
    for (const each of [value].flat()) if (each !== undefined) search.append(name, String(each))
  }
  return search.toString()
}

const inScope = (row: Row, query: Query, callerId: string) =>
  query.scope === 'all' || row.user_id === (query.user_id ?? callerId)

const wanted = (row: Row, { deleted = 'exclude' }: Query) =>
  deleted === 'include' || row.deleted === (deleted === 'only')

const faceOf = (text: string) => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(4, '0'))
}

function matches(row: Row, query: Query): boolean {
  const has = (text: string | null) => text?.toLowerCase().includes(query.q!.toLowerCase()) ?? false
  return [
    query.date_from === undefined || row.date >= query.date_from,
    query.date_to === undefined || row.date <= query.date_to,
    query.type === undefined || row.type === query.type,
    query.currency === undefined || row.currency === query.currency,
    query.category === undefined || query.category.includes(row.category),
    query.min_amount === undefined || scaled(row) >= faceOf(query.min_amount),
    query.max_amount === undefined || scaled(row) <= faceOf(query.max_amount),
    query.q === undefined || has(row.notes) || has(row.category),
  ].every(Boolean)
}

/** Whether `a` comes before `b`. */
export function before(a: Row, b: Row, sort = '-date'): boolean {
  const key = sort.endsWith('date') ? (row: Row) => row.date : scaled
  const [first, second] = sort.startsWith('-') ? [b, a] : [a, b]
  const [x, y] = [key(first), key(second)]
  return x < y || (x === y && first.id < second.id)
}

/** The rows of a query in their order. */
export function select(rows: readonly Row[], query: Query, callerId: string): Row[] {
  return rows
    .filter((row) => inScope(row, query, callerId) && wanted(row, query) && matches(row, query))
    .toSorted((a, b) => (before(a, b, query.sort) ? -1 : 1))
}

/** Totals by currency in minor units. */
export function totalsOf(rows: readonly Row[]) {
  const groups = Map.groupBy(rows, ({ currency }) => currency)
  const sum = (group: Row[], type: Row['type']) =>
    group.filter((row) => row.type === type).reduce((total, { minor }) => total + minor, 0n)
  return Object.fromEntries(
    [...groups].map(([currency, group]) => {
      const [income, expenses] = [sum(group, 'income'), sum(group, 'expense')]
      return [currency, { income, expenses, net: income - expenses, count: group.length }]
    }),
  )
}

interface Amounts {
  currency: string
  income: string
  expenses: string
  net: string
  count: number
}

/** Totals of a response in the same form; every amount must have all digits of its currency. */
export function readTotals(totals: Amounts[]) {
  return Object.fromEntries(
    totals.map(({ currency, income, expenses, net, count }) => {
      const minor = (text: string) => readMinor(text, currency as Currency)
      return [
        currency,
        { income: minor(income), expenses: minor(expenses), net: minor(net), count },
      ]
    }),
  )
}

export function readMinor(text: string, currency: Currency): bigint {
  const digits = exponents[currency]
  const form = digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`)
  if (!form.test(text)) throw new Error(`${text} is not an amount in ${currency}.`)
  return BigInt(text.replace('.', ''))
}
