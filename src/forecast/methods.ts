import { meanOf, medianOf, repeat } from './numbers.ts'
import { seasonalIndices } from './season.ts'
import { dampedTrend, flat, holtWinters, onLogarithms } from './smoothing.ts'

/* The methods that a forecast is combined from; each is a function of the past and nothing else. */

export const methodNames = [
  'mean',
  'naive',
  'drift',
  'damped_trend',
  'seasonal_naive',
  'seasonal_mean',
  'seasonal_drift',
  'seasonal_decomposition',
  'holt_winters',
] as const
export type MethodName = (typeof methodNames)[number]

/** Points 1 to `horizon` after the past. */
type Forecaster = (past: readonly number[], season: number, horizon: number) => number[]

export interface Method {
  name: MethodName
  forecast: Forecaster
  seasonal?: true
}

const last = (past: readonly number[]) => past.at(-1)!

const naive: Forecaster = (past, _, horizon) => flat(last(past), horizon)

/** The line through the first and the last value, as steep as a half: growth fades. */
const drift: Forecaster = (past, _, horizon) => {
  const step = (last(past) - past[0]!) / (past.length - 1) / 2
  return repeat(horizon, (ahead) => last(past) + step * (ahead + 1))
}

const seasonalNaive: Forecaster = (past, season, horizon) =>
  repeat(horizon, (ahead) => past[past.length - season + (ahead % season)]!)

/** Means of the same period of all years; each year back counts half. */
const seasonalMean: Forecaster = (past, season, horizon) =>
  repeat(horizon, (ahead) => {
    let [sum, weights, weight] = [0, 0, 1]
    for (let at = past.length - season + (ahead % season); at >= 0; at -= season) {
      sum += weight * past[at]!
      weights += weight
      weight /= 2
    }
    return sum / weights
  })

const SHARE_OF_GROWTH = 0.7

/** The last season, with part of the median growth from a year before. */
const seasonalDrift: Forecaster = (past, season, horizon) => {
  const recent = repeat(Math.min(season, past.length - season), (back) => past.length - 1 - back)
  const growth = SHARE_OF_GROWTH * medianOf(recent.map((at) => past[at]! - past[at - season]!))
  return repeat(horizon, (ahead) => {
    const years = 1 + Math.floor(ahead / season)
    return past[past.length - season + (ahead % season)]! + growth * years
  })
}

/** A damped trend through the series without its season, and the season added again. */
const seasonalDecomposition: Forecaster = (past, season, horizon) => {
  const indices = seasonalIndices(past, season)
  const adjusted = past.map((value, at) => value - indices[at % season]!)
  return dampedTrend(adjusted, horizon).map(
    (point, ahead) => point + indices[(past.length + ahead) % season]!,
  )
}

/** On the logarithmic scale where it suits: a forecast on the other one is `seasonalDecomposition`. */
const holtWintersOf: Forecaster = (past, season, horizon) =>
  onLogarithms(past, (values) => holtWinters(values, seasonalIndices(values, season), horizon))

const unseasonal: readonly Method[] = [
  { name: 'mean', forecast: (past, _, horizon) => flat(meanOf(past), horizon) },
  { name: 'damped_trend', forecast: (past, _, horizon) => dampedTrend(past, horizon) },
]

const short: readonly Method[] = [
  ...unseasonal,
  { name: 'naive', forecast: naive },
  { name: 'drift', forecast: drift },
]

const seasonal: readonly Method[] = [
  ...unseasonal,
  { name: 'seasonal_naive', seasonal: true, forecast: seasonalNaive },
  { name: 'seasonal_mean', seasonal: true, forecast: seasonalMean },
  {
    name: 'seasonal_drift',
    seasonal: true,
    forecast: (past, season, horizon) =>
      onLogarithms(past, (values) => seasonalDrift(values, season, horizon)),
  },
  { name: 'seasonal_decomposition', seasonal: true, forecast: seasonalDecomposition },
  { name: 'holt_winters', seasonal: true, forecast: holtWintersOf },
]

/** Whether a past has the two seasons that seasonal methods need. */
export const hasSeasons = (periods: number, season: number): boolean =>
  season > 1 && periods >= 2 * season

export const methodsFor = (periods: number, season: number): readonly Method[] =>
  hasSeasons(periods, season) ? seasonal : short

/** What errors are measured against: the same period of the year before, or the last value. */
export const benchmark = (past: readonly number[], season: number, horizon: number): number[] =>
  past.length >= season ? seasonalNaive(past, season, horizon) : naive(past, season, horizon)
