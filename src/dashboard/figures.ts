import { invalidField } from '../lib/errors.ts'
import { changePercent, shares } from '../lib/money/percentages.ts'
import type { PeriodName, SumRow, TrendRow } from './dashboard.repository.ts'
import type { Bucket } from '../lib/buckets.ts'

/* Pure functions that compute the figures of a dashboard. Amounts are in minor units. */

export interface Totals {
  income: bigint
  expenses: bigint
  count: number
}

const nothing: Totals = { income: 0n, expenses: 0n, count: 0 }

export type TotalsRow = Totals & { currency: string }
export type CategoryRow = Omit<SumRow, 'periodName'>

/** The categories of a period, largest first within each currency and type. */
export function categoriesOf(rows: readonly SumRow[], periodName: PeriodName): CategoryRow[] {
  return rows
    .filter((row) => row.periodName === periodName)
    .map(({ periodName: _, ...category }) => category)
}

/** The totals of a period by currency, the one with the most transactions first. */
export function totalsOf(rows: readonly SumRow[], periodName: PeriodName): TotalsRow[] {
  const byCurrency = new Map<string, TotalsRow>()
  for (const { currency, type, total, count } of categoriesOf(rows, periodName)) {
    const sum = byCurrency.get(currency) ?? { currency, ...nothing }
    sum[type === 'income' ? 'income' : 'expenses'] += total
    sum.count += count
    byCurrency.set(currency, sum)
  }
  return [...byCurrency.values()].toSorted(
    (a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1),
  )
}

export const net = ({ income, expenses }: Totals) => income - expenses

/** Adds zeros for a requested currency without rows. */
export function withCurrency(rows: TotalsRow[], currency: string | undefined): TotalsRow[] {
  if (currency === undefined || rows.some((row) => row.currency === currency)) return rows
  return [...rows, { ...nothing, currency }]
}

export type CategoryShare = CategoryRow & { share: string }

/** Adds shares, which sum to 100.00 within each currency and type. Expects rows sorted by both. */
export function withShares(rows: CategoryRow[]): CategoryShare[] {
  const groups = Map.groupBy(rows, ({ currency, type }) => `${currency} ${type}`)
  return [...groups.values()].flatMap((group) => {
    const percents = shares(group.map(({ total }) => total))
    return group.map((row, index) => ({ ...row, share: percents[index]! }))
  })
}

export interface TrendPoint extends Totals {
  from: string
  to: string
}

export interface TrendSeries {
  currency: string
  points: TrendPoint[]
}

/** Points of all series together; an isolate has 128 MB for all requests. */
const MAX_POINTS = 20_000

/**
 * One series per currency, with a point for every interval, including empty ones.
 * @throws AppError if there are too many points for one response
 */
export function trendSeries(
  buckets: readonly Bucket[],
  rows: readonly TrendRow[],
  currency: string | undefined,
): TrendSeries[] {
  const byCurrency = Map.groupBy(rows, (row) => row.currency)
  if (currency !== undefined && !byCurrency.has(currency)) byCurrency.set(currency, [])
  if (byCurrency.size * buckets.length > MAX_POINTS) {
    const message = `More than ${MAX_POINTS} points in total. Choose one currency, or a longer interval.`
    throw invalidField('currency', message)
  }
  return [...byCurrency].map(([code, found]) => {
    const byStart = new Map(found.map((row) => [row.start, row]))
    const points = buckets.map(({ start, from, to }) => {
      const { income, expenses, count } = byStart.get(start) ?? nothing
      return { from, to, income, expenses, count }
    })
    return { currency: code, points }
  })
}

export interface Comparison {
  currency: string
  current: Totals
  previous: Totals
  change: { income: string | null; expenses: string | null; net: string | null }
}

/** Compares the totals of two periods, for every currency in either. */
export function compareTotals(current: TotalsRow[], previous: TotalsRow[]): Comparison[] {
  const currencies = [...new Set([...current, ...previous].map((row) => row.currency))]
  const of = (rows: TotalsRow[], currency: string): Totals =>
    rows.find((row) => row.currency === currency) ?? nothing
  return currencies.map((currency) => {
    const now = of(current, currency)
    const before = of(previous, currency)
    return {
      currency,
      current: now,
      previous: before,
      change: {
        income: changePercent(before.income, now.income),
        expenses: changePercent(before.expenses, now.expenses),
        net: changePercent(net(before), net(now)),
      },
    }
  })
}
