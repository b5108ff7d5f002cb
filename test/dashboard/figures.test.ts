import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SumRow, TrendRow } from '../../src/dashboard/dashboard.repository.ts'
import {
  categoriesOf,
  compareTotals,
  net,
  totalsOf,
  trendSeries,
  withCurrency,
  withShares,
  type CategoryRow,
} from '../../src/dashboard/figures.ts'
import { findInsights } from '../../src/dashboard/insights.ts'

const row = (more: Partial<SumRow> = {}): SumRow => ({
  periodName: 'current',
  currency: 'EUR',
  type: 'expense',
  category: 'Rent',
  total: 100n,
  count: 1,
  ...more,
})
const income = { type: 'income' } as const

describe('The totals of a period', () => {
  const rows = [
    row({ total: 300n, count: 2 }),
    row({ category: 'Food', total: 20n }),
    row({ ...income, category: 'Salary', total: 1000n }),
    row({ currency: 'USD', total: 7n, count: 4 }),
    row({ currency: 'CHF', total: 5n, count: 9 }),
    row({ periodName: 'previous', total: 999n, count: 50 }),
  ]

  it('are added up by currency and type, the currency with most transactions first', () => {
    expect(totalsOf(rows, 'current')).toEqual([
      { currency: 'CHF', income: 0n, expenses: 5n, count: 9 },
      { currency: 'EUR', income: 1000n, expenses: 320n, count: 4 },
      { currency: 'USD', income: 0n, expenses: 7n, count: 4 },
    ])
    expect(totalsOf(rows, 'previous')).toEqual([
      { currency: 'EUR', income: 0n, expenses: 999n, count: 50 },
    ])
    expect(totalsOf(rows.toReversed(), 'current').map(({ currency }) => currency)).toEqual([
      ...['CHF', 'EUR', 'USD'],
    ])
  })

  it('do not add to those of another call', () => {
    expect(totalsOf(rows, 'current')).toEqual(totalsOf(rows, 'current'))
  })

  it('have a net, which can be negative', () => {
    expect(net({ income: 5n, expenses: 7n, count: 2 })).toBe(-2n)
  })

  it('have zeros for a currency that was requested and is not among them', () => {
    const totals = totalsOf(rows, 'current')
    expect(withCurrency(totals, undefined)).toEqual(totals)
    expect(withCurrency(totals, 'USD')).toEqual(totals)
    expect(withCurrency([], 'JPY')).toEqual([
      { currency: 'JPY', income: 0n, expenses: 0n, count: 0 },
    ])
    expect(withCurrency(totals, 'JPY')).toHaveLength(4)
  })
})

describe('The shares of categories', () => {
  it('are those within a currency and a type', () => {
    const rows: CategoryRow[] = categoriesOf(
      [
        row({ total: 75n }),
        row({ category: 'Food', total: 25n }),
        row({ ...income, total: 40n }),
        row({ currency: 'USD', total: 1n }),
        row({ periodName: 'previous' }),
      ],
      'current',
    )
    expect(rows.every((each) => !('periodName' in each))).toBe(true)
    expect(withShares(rows).map(({ share }) => share)).toEqual([
      ...['75.00', '25.00', '100.00', '100.00'],
    ])
    expect(withShares(rows)[0]).toEqual({ ...rows[0], share: '75.00' })
  })
})

describe('A trend', () => {
  const buckets = (count: number) =>
    Array.from({ length: count }, (_, index) => {
      const start = `day ${index}`
      return { start, from: `from ${index}`, to: `to ${index}` }
    })
  const point = (start: string, more: Partial<TrendRow> = {}): TrendRow => ({
    ...{ currency: 'EUR', start, income: 1n, expenses: 2n, count: 3 },
    ...more,
  })

  it('has a point for each interval and currency, with zeros where nothing was', () => {
    const rows = [point('day 1'), point('day 0', { currency: 'USD', income: 9n })]
    expect(trendSeries(buckets(2), rows, undefined)).toEqual([
      {
        currency: 'EUR',
        points: [
          { from: 'from 0', to: 'to 0', income: 0n, expenses: 0n, count: 0 },
          { from: 'from 1', to: 'to 1', income: 1n, expenses: 2n, count: 3 },
        ],
      },
      {
        currency: 'USD',
        points: [
          { from: 'from 0', to: 'to 0', income: 9n, expenses: 2n, count: 3 },
          { from: 'from 1', to: 'to 1', income: 0n, expenses: 0n, count: 0 },
        ],
      },
    ])
  })

  it('of a requested currency without transactions has zeros, and else no series', () => {
    expect(trendSeries(buckets(1), [], undefined)).toEqual([])
    expect(trendSeries(buckets(1), [], 'JPY')).toMatchObject([
      { currency: 'JPY', points: [{ income: 0n, count: 0 }] },
    ])
    expect(trendSeries(buckets(1), [point('day 0')], 'EUR')).toMatchObject([
      { currency: 'EUR', points: [{ income: 1n }] },
    ])
  })

  it('may have 20,000 points in all, and not more', () => {
    const rows = [point('day 0'), point('day 0', { currency: 'USD' })]
    expect(trendSeries(buckets(10_000), rows, undefined)).toHaveLength(2)
    expect(() => trendSeries(buckets(10_001), rows, undefined)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ field: 'currency' })],
      }),
    )
  })
})

describe('The comparison of two periods', () => {
  it('has every currency of either, and changes of income, expenses and net', () => {
    const of = (currency: string, earned: bigint, expenses: bigint) => ({
      ...{ currency, income: earned, expenses, count: 1 },
    })
    expect(
      compareTotals([of('EUR', 200n, 50n)], [of('EUR', 100n, 80n), of('USD', 1n, 0n)]),
    ).toEqual([
      {
        currency: 'EUR',
        current: of('EUR', 200n, 50n),
        previous: of('EUR', 100n, 80n),
        change: { income: '100.00', expenses: '-37.50', net: '650.00' },
      },
      {
        currency: 'USD',
        current: { income: 0n, expenses: 0n, count: 0 },
        previous: of('USD', 1n, 0n),
        change: { income: '-100.00', expenses: null, net: '-100.00' },
      },
    ])
  })
})

describe('Insights', () => {
  const found = (now: SumRow[], before: SumRow[] = []) =>
    findInsights(totalsOf(now, 'current'), categoriesOf(now, 'current'), before)

  it('have the part of the income that was not spent, which can be negative', () => {
    const rate = (earned: bigint, spent: bigint) =>
      found([row({ ...income, total: earned }), row({ total: spent })])[0]
    const saved = { kind: 'savings_rate', currency: 'EUR' }
    expect(rate(1000n, 250n)).toEqual({ ...saved, percent: '75.00' })
    expect(rate(1000n, 1500n)).toEqual({ ...saved, percent: '-50.00' })
    expect(rate(1000n, 1000n)).toEqual({ ...saved, percent: '0.00' })
    expect(found([row()]).map(({ kind }) => kind)).not.toContain('savings_rate')
  })

  it('have the largest expense category with its share, the first one where several are', () => {
    const of = (...totals: bigint[]) =>
      found(totals.map((total, index) => row({ category: `c${index}`, total })))[0]
    const largest = { kind: 'largest_expense_category', currency: 'EUR' }
    expect(of(10n, 30n)).toEqual({ ...largest, category: 'c1', amount: 30n, share: '75.00' })
    expect(of(30n, 10n)).toEqual({ ...largest, category: 'c0', amount: 30n, share: '75.00' })
    expect(of(30n, 30n, 5n)).toMatchObject({ category: 'c0', share: '46.16' })
    expect(found([row({ ...income, total: 0n })])).toEqual([])
  })

  it('have the categories that changed most by amount, and none that did not change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.bigInt(0n, 6n), fc.bigInt(0n, 6n)), { minLength: 1, maxLength: 5 }),
        (amounts) => {
          const rows = (which: 0 | 1) =>
            amounts
              .map((pair, index) => row({ category: `c${index}`, total: pair[which] }))
              .filter(({ total }) => total > 0n)
          const insights = found(rows(1), rows(0))
          const [up, down] = (['largest_increase', 'largest_decrease'] as const).map((kind) =>
            insights.find((each) => each.kind === kind),
          )
          const differences = amounts.map(([before, now]) => now - before)
          const compared = rows(0).length > 0 && rows(1).length > 0
          const most = differences.reduce((a, b) => (b > a ? b : a))
          const least = differences.reduce((a, b) => (b < a ? b : a))
          for (const [insight, extreme, is] of [
            [up, most, most > 0n],
            [down, least, least < 0n],
          ] as const) {
            expect(insight !== undefined).toBe(compared && is)
            if (!insight || !('previousAmount' in insight)) continue
            expect(insight.amount - insight.previousAmount).toBe(extreme)
            const index = Number(insight.category.slice(1))
            expect(insight.previousAmount).toBe(amounts[index]![0])
          }
        },
      ),
    )
  })

  it('say by how many percent a category changed, and null where it was not there before', () => {
    const now = [row({ total: 150n }), row({ category: 'New', total: 400n })]
    const before = [row(), row({ category: 'Gone', total: 30n })]
    expect(found(now, before).slice(1)).toEqual([
      {
        kind: 'largest_increase',
        currency: 'EUR',
        category: 'New',
        ...{ amount: 400n, previousAmount: 0n, change: null },
      },
      {
        kind: 'largest_decrease',
        currency: 'EUR',
        category: 'Gone',
        ...{ amount: 0n, previousAmount: 30n, change: '-100.00' },
      },
    ])
    expect(found([row({ total: 150n })], [row()]).at(-1)).toMatchObject({ change: '50.00' })
  })

  it('compare expenses of the same currency only, and name the first of equal changes', () => {
    const other = [row({ ...income }), row({ currency: 'USD' })]
    expect(found([row({ total: 500n })], other)).toHaveLength(1)
    const now = ['B', 'A', 'C'].map((category) => row({ category, total: 200n }))
    const before = ['C', 'A', 'B'].map((category) => row({ category }))
    expect(found(now, before).at(-1)).toMatchObject({ kind: 'largest_increase', category: 'A' })
  })
})
