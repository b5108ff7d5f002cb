import { backtest, boundsOf, combine, type Backtest } from './backtest.ts'
import { hasSeasons, type MethodName } from './methods.ts'

/** Periods that a forecast needs. */
export const MIN_PERIODS = 3

export interface SeriesForecast {
  points: number[]
  /** The methods with their weights, the one that counts most first. */
  methods: { name: MethodName; weight: number }[]
  /** Actual value minus forecast, by origin and step. */
  errors: number[][]
  seasonal: boolean
}

export interface SeriesOptions {
  /** Periods in a season. */
  season: number
  horizon: number
  /** Whether the values can be below zero. */
  signed?: boolean
}

function methodsOf({ methods, weights }: Backtest): SeriesForecast['methods'] {
  return methods
    .map(({ name }, index) => ({ name, weight: weights[index]! }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
}

/** A forecast of at least three values, and how forecasts of their past would have done. */
export function forecastSeries(
  values: readonly number[],
  { season, horizon, signed = false }: SeriesOptions,
): SeriesForecast {
  const tested = backtest(values, season, horizon)
  const { methods, weights, errors } = tested
  const bounded = boundsOf(values)
  const forecasts = methods.map(({ forecast }, index) =>
    // A method that does not count need not be computed.
    weights[index] === 0
      ? Array<number>(horizon).fill(0)
      : bounded(forecast(values, season, horizon)),
  )
  const points = combine(forecasts, weights)
  return {
    points: signed ? points : points.map((point) => Math.max(0, point)),
    methods: methodsOf(tested),
    errors,
    seasonal: hasSeasons(values.length, season),
  }
}
