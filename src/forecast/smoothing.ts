import { clamp, extremesOf, meanOf, repeat } from './numbers.ts'

/*
 * Exponential smoothing with a damped trend, with and without a season: ETS(A,Ad,N) and ETS(A,Ad,A)
 * of Forecasting: Principles and Practice, chapter 8. Parameters are not searched for. A grid of them
 * runs over the series, and the forecasts are averaged by their Akaike weights (Burnham & Anderson,
 * 2002), which is as good on short series, costs the same each time and cannot fail to converge.
 */

interface Parameters {
  level: number
  trend: number
  damping: number
  season: number
}

const grid = (levels: number[], trends: number[], dampings: number[], seasons: number[]) =>
  levels.flatMap((level) =>
    trends.flatMap((trend) =>
      // Without a trend, damping makes no difference.
      (trend === 0 ? [1] : dampings).flatMap((damping) =>
        seasons.map((season): Parameters => ({ level, trend, damping, season })),
      ),
    ),
  )

const PLAIN = grid([0.1, 0.3, 0.55, 0.9], [0, 0.15], [0.9, 0.98], [0])
const SEASONAL = grid([0.1, 0.4], [0, 0.1], [0.98], [0.05, 0.3])

/** Where a run over the series ended. */
interface Run {
  damping: number
  level: number
  slope: number
  indices: number[]
  /** Akaike's information criterion, up to a constant. */
  score: number
}

interface Start {
  level: number
  slope: number
  indices: readonly number[]
}

function run(values: readonly number[], parameters: Parameters, start: Start, floor: number): Run {
  const { level: alpha, trend: beta, damping, season: gamma } = parameters
  const seasonal = gamma * (1 - alpha)
  const steep = alpha * beta
  const period = start.indices.length
  // Without a season there is one index, which stays zero.
  const indices = gamma === 0 ? [0] : start.indices.slice()
  let slope = beta === 0 ? 0 : start.slope
  let level = beta === 0 ? start.level : start.level - slope
  let squares = floor
  let place = 0
  for (const value of values) {
    const expected = level + damping * slope
    const error = value - expected - indices[place]!
    squares += error * error
    level = expected + alpha * error
    slope = damping * slope + steep * error
    indices[place]! += seasonal * error
    place = place + 1 === period ? 0 : place + 1
  }
  const count = values.length
  const score = count * Math.log(squares / count) + 2 * (beta === 0 ? 1 : 3)
  return { damping, level, slope, indices, score }
}

/** The forecasts of all runs, averaged by Akaike weights. */
function average(runs: readonly Run[], length: number, horizon: number): number[] {
  const best = Math.min(...runs.map(({ score }) => score))
  const points = Array<number>(horizon).fill(0)
  let total = 0
  for (const { damping, level, slope, indices, score } of runs) {
    const weight = Math.exp((best - score) / 2)
    if (weight < 0.001) continue
    total += weight
    let step = slope
    let expected = level
    for (let ahead = 0; ahead < horizon; ahead++) {
      step *= damping
      expected += step
      points[ahead]! += weight * (expected + indices[(length + ahead) % indices.length]!)
    }
  }
  return points.map((point) => point / total)
}

/** Keeps the logarithm of a perfect fit finite. */
function floorOf(values: readonly number[]): number {
  const mean = meanOf(values)
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return 1e-12 * squares + 1e-300
}

/** The slope of a line through the first values. */
function firstSlope(values: readonly number[]): number {
  const centre = (values.length - 1) / 2
  const mean = meanOf(values)
  let covariance = 0
  let variance = 0
  for (const [at, value] of values.entries()) {
    covariance += (at - centre) * (value - mean)
    variance += (at - centre) ** 2
  }
  return variance > 0 ? covariance / variance : 0
}

const FIRST = 8

export function dampedTrend(values: readonly number[], horizon: number): number[] {
  const first = values.slice(0, FIRST)
  const slope = first.length > 2 ? firstSlope(first) : 0
  const start = { level: meanOf(first) - (slope * (first.length - 1)) / 2, slope, indices: [0] }
  const floor = floorOf(values)
  const runs = PLAIN.map((parameters) => run(values, parameters, start, floor))
  return average(runs, values.length, horizon)
}

/** Holt-Winters with additive season and damped trend. Expects two seasons. */
export function holtWinters(
  values: readonly number[],
  indices: readonly number[],
  horizon: number,
): number[] {
  const season = indices.length
  const first = meanOf(values.slice(0, season))
  const slope = (meanOf(values.slice(season, 2 * season)) - first) / season
  const start = { level: first - (slope * (season - 1)) / 2, slope, indices }
  const floor = floorOf(values)
  const runs = SEASONAL.map((parameters) => run(values, parameters, start, floor))
  return average(runs, values.length, horizon)
}

const WIDEST = 20

/**
 * Whether the logarithm suits a series: all positive, and not so wide that the way back turns a
 * small step into an absurd amount.
 */
export function isLogarithmic(values: readonly number[]): boolean {
  const [low, high] = extremesOf(values)
  return low > 0 && high < WIDEST * low
}

/** A forecast on the scale of logarithms, where a season that grows with the level is additive. */
export function onLogarithms(
  values: readonly number[],
  forecast: (values: readonly number[]) => number[],
): number[] {
  if (!isLogarithmic(values)) return forecast(values)
  const logarithms = values.map(Math.log)
  const [low, high] = extremesOf(logarithms)
  return forecast(logarithms).map((point) => Math.exp(clamp(point, low - 1, high + 1)))
}

export const flat = (value: number, horizon: number): number[] => repeat(horizon, () => value)
