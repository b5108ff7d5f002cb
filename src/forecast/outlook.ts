import type { TransactionType } from '../db/enums.ts'
import type { Stream } from '../recurring/stream.ts'
import { MIN_PERIODS } from './forecast-series.ts'
import type { CurrencyHistory, Sums } from './history.ts'
import { knownOf } from './known.ts'
import { forecastPart, type PartForecast } from './part.ts'
import { rangesOf, trustOf, type Range, type Ranges, type Trust } from './ranges.ts'
import { reconcile, toMinor, totalOf } from './reconcile.ts'
import { SEASON, type Timeline } from './timeline.ts'

export const groupings = ['total', 'type', 'category'] as const
export type Grouping = (typeof groupings)[number]

export const noForecastCodes = [
  'no_transactions',
  'no_recent_transactions',
  'too_few_periods',
] as const
export type NoForecast = (typeof noForecastCodes)[number]

export const seriesKinds = ['net', 'income', 'expense', 'category', 'other_categories'] as const

/** The forecast of one series, in minor units. Step 0 is the current period. */
export interface SeriesOutlook {
  kind: (typeof seriesKinds)[number]
  type: TransactionType | null
  category: string | null
  /** Recorded in the current period so far. */
  actual: bigint
  ranges: Range[]
  /** Recurring payments in the points. */
  known: bigint[]
  level: number
  trust: Trust
  methods: PartForecast['methods']
  seasonal: boolean
  periods: number
  streams: number
}

/** The balance at the end of each period. */
export interface BalanceOutlook extends Ranges {
  opening: bigint
  /** With what is recorded in the current period. */
  recorded: bigint
}

export interface CurrencyOutlook {
  currency: string
  /** Whole periods since the first record. */
  periods: number
  /** Why a forecast is not possible. */
  reason: NoForecast | null
  series: SeriesOutlook[]
  balance: BalanceOutlook | null
}

export interface OutlookOptions {
  timeline: Timeline
  by: Grouping
  level: number
}

/** The forecast of a type or category from its sums and its own recurring payments. */
function partOf(sums: Sums, own: readonly Stream[], { timeline }: OutlookOptions) {
  const past = sums.past.map(Number)
  const known = knownOf(own, timeline)
  const { interval, future, remaining } = timeline
  const options = { season: SEASON[interval], steps: future.length + 1, remaining }
  return { past, forecast: forecastPart({ past, actual: Number(sums.actual), known }, options) }
}

type Described = Pick<SeriesOutlook, 'kind' | 'type' | 'category' | 'actual'>

/** A forecast with its intervals and its accuracy. */
function describe(
  about: Described,
  past: readonly number[],
  forecast: PartForecast,
  points: readonly bigint[],
  { timeline, level }: OutlookOptions,
): SeriesOutlook {
  const { interval, remaining } = timeline
  const { errors, known, methods, seasonal, periods, streams } = forecast
  const signed = about.kind === 'net'
  const floor = signed ? { floor: null } : { floor: 0n, actual: about.actual }
  const ranges = rangesOf(points, errors, { level, remaining, ...floor })
  return {
    ...about,
    ranges: ranges.ranges,
    known: known.map(toMinor),
    level: ranges.level,
    trust: trustOf(past, errors, SEASON[interval], ranges),
    methods,
    seasonal,
    periods,
    streams,
  }
}

/** Points as whole minor units; what is recorded already is not lost to rounding. */
const pointsOf = ({ points }: PartForecast, actual: bigint): bigint[] =>
  points.map((point, step) => {
    const minor = toMinor(point)
    return step === 0 && minor < actual ? actual : minor
  })

/** Errors of the origins that both have, each by step. */
function netErrors(income: PartForecast, expense: PartForecast): number[][] {
  const origins = Math.min(income.errors.length, expense.errors.length)
  const spent = expense.errors.slice(-origins)
  return income.errors
    .slice(-origins)
    .map((steps, origin) => steps.map((error, step) => error - spent[origin]![step]!))
}

interface TypeForecast {
  past: number[]
  forecast: PartForecast
  points: bigint[]
  sums: Sums
}

function netOf(income: TypeForecast, expense: TypeForecast, options: OutlookOptions) {
  const past = income.past.map((value, at) => value - expense.past[at]!)
  const points = income.points.map((point, step) => point - expense.points[step]!)
  const [received, spent] = [income.forecast, expense.forecast]
  const forecast: PartForecast = {
    points: [],
    known: received.known.map((amount, step) => amount - spent.known[step]!),
    errors: netErrors(received, spent),
    methods: [],
    seasonal: received.seasonal || spent.seasonal,
    periods: Math.max(received.periods, spent.periods),
    streams: received.streams + spent.streams,
  }
  const actual = income.sums.actual - expense.sums.actual
  const about = { kind: 'net', type: null, category: null, actual } as const
  return { outlook: describe(about, past, forecast, points, options), errors: forecast.errors }
}

/** The balance adds up what the periods bring, and its errors add up as they did in the past. */
function balanceOf(
  opening: bigint,
  net: SeriesOutlook,
  errors: readonly number[][],
  { level, timeline }: OutlookOptions,
): BalanceOutlook {
  let balance = opening
  const points = net.ranges.map(({ point }) => (balance += point))
  const cumulated = errors.map((steps) => {
    let sum = 0
    return steps.map((error, step) => {
      sum += step === 0 ? error * Math.sqrt(timeline.remaining) : error
      return sum
    })
  })
  const ranges = rangesOf(points, cumulated, { level, remaining: 1, floor: null })
  return { ...ranges, opening, recorded: opening + net.actual }
}

/** Categories of one type, adjusted so that they add up to its points. */
function categoriesOf(
  { sums: { type }, points }: TypeForecast,
  categories: readonly Sums[],
  streams: readonly Stream[],
  options: OutlookOptions,
): SeriesOutlook[] {
  const ofType = categories.filter((sums) => sums.type === type)
  const names = new Set(ofType.map(({ category }) => category))
  const byCategory = Map.groupBy(
    streams.filter((stream) => stream.type === type),
    ({ category }) => (names.has(category) ? category : null),
  )
  const parts = ofType.map((sums) => ({
    sums,
    ...partOf(sums, byCategory.get(sums.category) ?? [], options),
  }))
  const bySteps = points.map((total, step) => {
    const estimates = parts.map(({ forecast }) => toMinor(forecast.points[step]!))
    // What is recorded in the current period is certain, and so are recurring payments if the total
    // has room for them.
    const recorded = parts.map(({ sums }) => (step === 0 ? sums.actual : 0n))
    const certain = parts.map(({ forecast }, index) => {
      const known = toMinor(forecast.known[step]!)
      return known > recorded[index]! ? known : recorded[index]!
    })
    return reconcile(total, estimates, totalOf(certain) <= total ? certain : recorded)
  })
  return parts.map(({ sums, past, forecast }, index) => {
    const { category, actual } = sums
    const kind = category === null ? 'other_categories' : 'category'
    const about = { kind, type, category, actual } as const
    return describe(
      about,
      past,
      forecast,
      bySteps.map((amounts) => amounts[index]!),
      options,
    )
  })
}

function reasonOf({ recorded, periods }: CurrencyHistory): NoForecast | null {
  if (!recorded.recently) return recorded.before ? 'no_recent_transactions' : 'no_transactions'
  return periods < MIN_PERIODS ? 'too_few_periods' : null
}

/** The forecast of one currency. */
export function outlookOf(
  history: CurrencyHistory,
  streams: readonly Stream[],
  options: OutlookOptions,
): CurrencyOutlook {
  const { currency, periods, opening, categories } = history
  const reason = reasonOf(history)
  if (reason !== null) return { currency, periods, reason, series: [], balance: null }
  const own = streams.filter((stream) => stream.currency === currency)
  const [income, expense] = [history.income, history.expense].map((sums): TypeForecast => {
    const ofType = own.filter(({ type }) => type === sums.type)
    const { past, forecast } = partOf(sums, ofType, options)
    return { sums, past, forecast, points: pointsOf(forecast, sums.actual) }
  }) as [TypeForecast, TypeForecast]
  const net = netOf(income, expense, options)
  const types = [income, expense].map(({ sums, past, forecast, points }) => {
    const about = { kind: sums.type, type: sums.type, category: null, actual: sums.actual }
    return describe(about, past, forecast, points, options)
  })
  const details = [income, expense].flatMap((type) => categoriesOf(type, categories, own, options))
  return {
    currency,
    periods,
    reason,
    series: [
      net.outlook,
      ...(options.by === 'total' ? [] : types),
      ...(options.by === 'category' ? details : []),
    ],
    balance: balanceOf(opening, net.outlook, net.errors, options),
  }
}
