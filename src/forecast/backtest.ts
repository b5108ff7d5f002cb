import { clamp, extremesOf, meanOf, repeat, sumOf } from './numbers.ts'
import { seasonLikeness } from './season.ts'
import { hasSeasons, methodsFor, type Method } from './methods.ts'

/*
 * Rolling-origin back-test (Forecasting: Principles and Practice, section 5.10): the series is cut
 * off at one origin after the other, and what follows is compared with the forecast from there.
 */

/** Forecasts of each method from one origin, as far as the actual values are known. */
interface Origin {
  /** The number of periods before it. */
  at: number
  forecasts: number[][]
}

export interface Backtest {
  /** Actual value minus forecast, by origin and step. */
  errors: number[][]
  /** The weights of the methods after all origins. */
  weights: number[]
  methods: readonly Method[]
}

const MAX_ORIGINS = 15
/** Origins with two seasons before them that are enough to judge seasonal methods. */
const SEASONAL_ORIGINS = 6
const SHORT_ORIGINS = 12

/** The first origin: with two seasons before it, unless too few origins would be left. */
function firstOrigin(periods: number, season: number): number {
  const seasons = 2 * season
  const seasonal = hasSeasons(periods - Math.min(SEASONAL_ORIGINS, season), season)
  const first = seasonal ? seasons : Math.max(2, periods - SHORT_ORIGINS)
  return Math.max(first, periods - MAX_ORIGINS)
}

interface Tested {
  values: readonly number[]
  season: number
  methods: readonly Method[]
}

const LEAST_PRIOR = 0.15

/**
 * While few origins have tested seasonal methods, they count as far as the last season was like the
 * one before, and the others as far as it was not.
 */
function priorsAt(past: readonly number[], season: number, methods: readonly Method[]): number[] {
  const tested = past.length - 2 * season >= Math.min(SEASONAL_ORIGINS, season)
  if (tested || !hasSeasons(past.length, season)) return methods.map(() => 1)
  const likeness = clamp(seasonLikeness(past, season), LEAST_PRIOR, 1 - LEAST_PRIOR)
  return methods.map((method) => (method.seasonal ? likeness : 1 - likeness))
}

const PRIOR_ORIGINS = 3
const SHARPNESS = 6
const LEAST_WEIGHT = 0.1

/**
 * Weights of methods by their mean absolute errors as known at a time. The better a method did, the
 * more it counts; with few origins all count alike (Bates & Granger 1969 on combinations).
 */
function weightsAt(
  { values, season, methods }: Tested,
  origins: readonly Origin[],
  at: number,
): number[] {
  const count = methods.length
  const losses = Array<number>(count).fill(0)
  let known = 0
  for (const origin of origins) {
    if (origin.at >= at) break
    known++
    for (let method = 0; method < count; method++) {
      const points = origin.forecasts[method]!
      const end = Math.min(points.length, at - origin.at)
      for (let step = 0; step < end; step++) {
        losses[method]! += Math.abs(values[origin.at + step]! - points[step]!)
      }
    }
  }
  const mean = meanOf(losses)
  const relative = losses.map((loss) =>
    mean === 0 ? 1 : ((loss / mean) * known + PRIOR_ORIGINS) / (known + PRIOR_ORIGINS),
  )
  const best = Math.min(...relative)
  const priors = priorsAt(values.slice(0, at), season, methods)
  const weights = relative
    .map((loss, method) => (best / loss) ** SHARPNESS * priors[method]!)
    .map((weight) => (weight < LEAST_WEIGHT ? 0 : weight))
  const total = sumOf(weights)
  return weights.map((weight) => weight / total)
}

/** A weighted mean of forecasts. */
export function combine(forecasts: readonly number[][], weights: readonly number[]): number[] {
  return repeat(forecasts[0]!.length, (step) => {
    let point = 0
    for (const [method, points] of forecasts.entries()) point += weights[method]! * points[step]!
    return point
  })
}

/**
 * No forecast is further outside the range of the past than the range is wide, in proportion to how
 * far ahead it is.
 */
export function boundsOf(past: readonly number[]): (points: readonly number[]) => number[] {
  const [low, high] = extremesOf(past)
  const room = (high - low) / past.length
  return (points) =>
    points.map((point, step) => {
      const more = room * (step + 1) + (high - low) / 4
      return clamp(point, low - more, high + more)
    })
}

/** The forecasts of all methods, or of those for short series where the past is short. */
function forecastsOf(past: readonly number[], season: number, horizon: number, count: number) {
  const methods = methodsFor(past.length, season)
  const bounded = boundsOf(past)
  const forecasts = methods.map(({ forecast }) => bounded(forecast(past, season, horizon)))
  if (methods.length === count) return forecasts
  const mean = combine(
    forecasts,
    methods.map(() => 1 / methods.length),
  )
  return repeat(count, () => mean)
}

/** Each combination uses only weights that were known at its origin. */
export function backtest(values: readonly number[], season: number, horizon: number): Backtest {
  const periods = values.length
  const methods = methodsFor(periods, season)
  const tested = { values, season, methods }
  const origins: Origin[] = []
  const errors: number[][] = []
  for (let at = firstOrigin(periods, season); at < periods; at++) {
    const past = values.slice(0, at)
    const steps = Math.min(horizon, periods - at)
    const forecasts = forecastsOf(past, season, steps, methods.length)
    const points = combine(forecasts, weightsAt(tested, origins, at))
    errors.push(points.map((point, step) => values[at + step]! - point))
    origins.push({ at, forecasts })
  }
  return { errors, weights: weightsAt(tested, origins, periods), methods }
}
