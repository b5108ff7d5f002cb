import type { TransactionType } from '../db/enums.ts'
import type { ForecastRows, HistoryRow } from './forecast.repository.ts'
import { repeat } from './numbers.ts'
import type { Timeline } from './timeline.ts'

/** Sums of one type, or of one category of it, in minor units. */
export interface Sums {
  type: TransactionType
  /** Null for all of a type, or for all but the largest categories. */
  category: string | null
  /** By whole period, oldest first. */
  past: bigint[]
  /** Recorded in the current period. */
  actual: bigint
}

export interface CurrencyHistory {
  currency: string
  count: number
  /** Everything before the current period: income minus expenses. */
  opening: bigint
  /** Whole periods since the first record; all sums have as many. */
  periods: number
  /** Whether there are records, in the periods that are read and before them. */
  recorded: { recently: boolean; before: boolean }
  income: Sums
  expense: Sums
  /** The largest first; the others last, as one. Empty unless sums are by category. */
  categories: Sums[]
}

function add(into: Sums, { total, start }: HistoryRow, places: ReadonlyMap<string, number>): void {
  const place = places.get(start)
  if (place === undefined) into.actual += total
  else into.past[place]! += total
}

const sizeOf = ({ past, actual }: Sums) => past.reduce((sum, each) => sum + each, actual)

function bySize(a: Sums, b: Sums): number {
  if ((a.category === null) !== (b.category === null)) return a.category === null ? 1 : -1
  return Number(sizeOf(b) - sizeOf(a)) || ((a.category ?? '') < (b.category ?? '') ? -1 : 1)
}

function historyOf(
  currency: string,
  rows: readonly HistoryRow[],
  { opening }: Pick<ForecastRows, 'opening'>,
  { whole }: Timeline,
  byCategory: boolean,
): CurrencyHistory {
  const starts = whole.map(({ start }) => start)
  const first = starts.findIndex((start) => rows.some((row) => row.start === start))
  const places = new Map(starts.map((start, place) => [start, place - Math.max(0, first)]))
  const periods = first === -1 ? 0 : starts.length - first
  const nothing = (type: TransactionType, category: string | null): Sums => ({
    type,
    category,
    past: repeat(periods, () => 0n),
    actual: 0n,
  })
  const income = nothing('income', null)
  const expense = nothing('expense', null)
  const categories = new Map<string, Sums>()
  for (const row of rows) {
    add(row.type === 'income' ? income : expense, row, places)
    if (!byCategory) continue
    // A category may have any name, so the others get one that none can have.
    const key = row.category === null ? row.type : `${row.type} ${row.category}`
    const sums = categories.get(key) ?? nothing(row.type, row.category)
    add(sums, row, places)
    categories.set(key, sums)
  }
  const before = opening.filter((row) => row.currency === currency)
  return {
    currency,
    count: rows.reduce((sum, { count }) => sum + count, 0),
    opening: before.reduce(
      (sum, { type, total }) => sum + (type === 'income' ? total : -total),
      0n,
    ),
    periods,
    recorded: { recently: rows.length > 0, before: before.length > 0 },
    income,
    expense,
    categories: [...categories.values()].toSorted(bySize),
  }
}

/** The history of each currency, the one with most records first. */
export function historiesOf(
  rows: Pick<ForecastRows, 'history' | 'opening'>,
  timeline: Timeline,
  { currency, byCategory }: { currency?: string | undefined; byCategory: boolean },
): CurrencyHistory[] {
  const byCurrency = Map.groupBy(rows.history, (row) => row.currency)
  const found = [...byCurrency.keys(), ...rows.opening.map((row) => row.currency)]
  const currencies = new Set([...(currency === undefined ? [] : [currency]), ...found])
  return [...currencies]
    .map((code) => historyOf(code, byCurrency.get(code) ?? [], rows, timeline, byCategory))
    .toSorted((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1))
}
