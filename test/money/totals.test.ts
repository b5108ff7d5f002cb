import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { iterations } from '../support/iterations.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import {
  insertRows,
  readMinor,
  readTotals,
  rowOf,
  select,
  toSearch,
  totalsOf,
  type Currency,
  type Query,
  type Row,
} from '../transactions/list-model.ts'

const { app, admin, analyst, viewer } = useApp()
let rows: Row[]

beforeAll(async () => {
  rows = fc.sample(rowOf([admin.id, analyst.id, analyst.id, viewer.id]), {
    numRuns: 200,
    seed: 84_30,
  })
  await insertRows(app, rows)
})

const get = async (caller: User, path: string) => {
  const { status, body } = await caller.get(path)
  expect(status).toBe(200)
  return body
}

/** Adds up what stands in parts: categories, points of a trend, users. */
function addUp(parts: { currency: string; income: bigint; expenses: bigint; count: number }[]) {
  const sums: ReturnType<typeof totalsOf> = {}
  for (const { currency, income, expenses, count } of parts) {
    const sum = (sums[currency] ??= { income: 0n, expenses: 0n, net: 0n, count: 0 })
    sum.income += income
    sum.expenses += expenses
    sum.net += income - expenses
    sum.count += count
  }
  return sums
}

interface Part {
  income: string
  expenses: string
  count: number
}

const amounts = (currency: string, part: Part) => ({
  currency,
  income: readMinor(part.income, currency as Currency),
  expenses: readMinor(part.expenses, currency as Currency),
  count: part.count,
})

function ofCategories(categories: any[]) {
  return addUp(
    categories.map(({ currency, type, total, count }) => {
      const minor = readMinor(total, currency)
      const [income, expenses] = type === 'income' ? [minor, 0n] : [0n, minor]
      return { currency, income, expenses, count }
    }),
  )
}

const ofTrends = (trends: any[]) =>
  addUp(
    trends.flatMap(({ currency, points }) => points.map((point: Part) => amounts(currency, point))),
  )

const ofUsers = (users: any[]) => addUp(users.map((user) => amounts(user.currency, user)))

const anyPeriod = fc.constantFrom(
  { date_from: '2025-12-01', date_to: '2026-03-31' },
  { date_from: '2025-12-31', date_to: '2026-01-30' },
  { date_from: '2026-01-31', date_to: '2026-01-31' },
  { date_from: '2026-02-01', date_to: '2026-03-13' },
  { date_from: '2012-01-01', date_to: '2020-01-01' },
)
const anyCurrency = fc.option(fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF'), {
  nil: undefined,
})
const anyInterval = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')

/** A requested currency without transactions has zeros. */
const expectedTotals = (query: Query, callerId: string) => {
  const zeros = { income: 0n, expenses: 0n, net: 0n, count: 0 }
  const totals = totalsOf(select(rows, query, callerId))
  return query.currency === undefined ? totals : { [query.currency]: zeros, ...totals }
}

const withoutZeros = (totals: ReturnType<typeof totalsOf>) =>
  Object.fromEntries(Object.entries(totals).filter(([, { count }]) => count > 0))

describe('Totals', () => {
  it('are the same in lists, pages, the dashboard, categories, trends and the rows', async () => {
    const scopes = fc.constantFrom<[User, Query]>(
      [analyst, {}],
      [admin, {}],
      [admin, { user_id: viewer.id }],
      [admin, { user_id: analyst.id }],
      [admin, { scope: 'all' }],
    )
    await fc.assert(
      fc.asyncProperty(
        scopes,
        anyPeriod,
        anyCurrency,
        anyInterval,
        async ([caller, scope], period, currency, interval) => {
          const query: Query = { ...scope, ...period, ...(currency && { currency }) }
          const search = toSearch(query)
          const totals = expectedTotals(query, caller.id)
          const list = await get(caller, `/v1/transactions?${search}&include=totals&limit=1`)
          const page = await get(caller, `/v1/transactions?${search}&include=totals&page=2`)
          const dashboard = await get(caller, `/v1/dashboard?${search}&interval=${interval}`)
          const summary = await get(caller, `/v1/dashboard/summary?${search}`)
          const parts = await get(caller, `/v1/dashboard/categories?${search}`)
          const series = await get(caller, `/v1/dashboard/trends?${search}&interval=${interval}`)

          expect(readTotals(list.totals)).toEqual(withoutZeros(totals))
          expect(readTotals(page.totals)).toEqual(withoutZeros(totals))
          expect(page.total).toBe(select(rows, query, caller.id).length)
          expect(readTotals(dashboard.totals)).toEqual(totals)
          expect(readTotals(summary.totals)).toEqual(totals)
          expect(ofCategories(dashboard.categories)).toEqual(withoutZeros(totals))
          expect(ofCategories(parts.categories)).toEqual(withoutZeros(totals))
          expect(ofTrends(dashboard.trends)).toEqual(totals)
          expect(ofTrends(series.trends)).toEqual(totals)
          for (const { currency: code, current } of dashboard.comparison) {
            const found = totals[code] ?? { income: 0n, expenses: 0n, net: 0n, count: 0 }
            const { net: _net, ...wanted } = { currency: code, ...found }
            expect(amounts(code, current)).toEqual(wanted)
          }
          if (caller === admin) {
            expect(ofUsers(dashboard.users)).toEqual(withoutZeros(totals))
          }
        },
      ),
      { numRuns: iterations(15, 40) },
    )
  })

  it('have shares that add up to 100.00 for each currency and type', async () => {
    const { categories } = await get(
      admin,
      '/v1/dashboard/categories?scope=all&date_from=2025-12-01&date_to=2026-03-31',
    )
    const groups = Map.groupBy(
      categories,
      (row: { currency: string; type: string; share_percent: string }) =>
        `${row.currency} ${row.type}`,
    )
    expect(groups.size).toBe(10)
    for (const group of groups.values()) {
      const sum = group.reduce((total, row) => total + readMinor(row.share_percent, 'EUR'), 0n)
      expect(sum).toBe(10_000n)
    }
  })

  it('of a viewer are those of the own rows only', async () => {
    const query = { date_from: '2025-12-01', date_to: '2026-03-31' }
    const { totals } = await get(viewer, `/v1/dashboard?${toSearch(query)}`)
    expect(readTotals(totals)).toEqual(totalsOf(select(rows, query, viewer.id)))
  })

  it('leave out deleted rows, and include them again when restored', async () => {
    const person = await createUser(app, 'analyst')
    const stored = await enter(person, { amount: '10.00' })
    const gone = await enter(person, { amount: '5.50', type: 'income', category: 'Salary' })
    const read = async () => {
      const list = await get(person, '/v1/transactions?include=totals')
      const period = 'date_from=2026-03-01&date_to=2026-03-31'
      const dashboard = await get(person, `/v1/dashboard?${period}`)
      const all = [
        readTotals(list.totals),
        readTotals(dashboard.totals),
        ofCategories(dashboard.categories),
        ofTrends(dashboard.trends),
      ]
      for (const totals of all) expect(totals).toEqual(all[0])
      expect(dashboard.recent).toEqual(list.data)
      return { totals: all[0], ids: list.data.map(({ id }: Row) => id) }
    }
    const both = await read()
    expect(both.totals).toEqual({ EUR: { income: 550n, expenses: 1000n, net: -450n, count: 2 } })
    await admin.delete(`/v1/transactions/${gone.id}`)
    expect(await read()).toEqual({
      totals: { EUR: { income: 0n, expenses: 1000n, net: -1000n, count: 1 } },
      ids: [stored.id],
    })
    await admin.post(`/v1/transactions/${gone.id}/restore`)
    expect(await read()).toEqual(both)
  })

  it('beyond what a double holds stay exact', async () => {
    const person = await createUser(app, 'analyst')
    const largest = fc.sample(rowOf([person.id]), { numRuns: 40, seed: 7 }).map((row, n) => ({
      ...row,
      currency: 'EUR' as const,
      minor: 999_999_999_999_999n - (n === 0 ? 1n : 0n),
      date: '2026-03-14',
      type: 'income' as const,
      deleted: false,
    }))
    await insertRows(app, largest)
    const sum = largest.reduce((total, { minor }) => total + minor, 0n)
    expect(BigInt(Number(sum))).not.toBe(sum)
    const { totals } = await get(person, '/v1/dashboard/summary?date_from=2026-03-14')
    expect(readTotals(totals)['EUR']).toMatchObject({ income: sum, net: sum, count: 40 })
  })
})
