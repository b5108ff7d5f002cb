import { clamp, meanOf } from './numbers.ts'

/*
 * Seasonal indices by classical additive decomposition (Hyndman & Athanasopoulos, Forecasting:
 * Principles and Practice, 3rd edition, section 3.4).
 */

/**
 * The centred moving average over one season, for each place with half a season on both sides. With
 * an even season both ends count half.
 */
function trendOf(values: readonly number[], season: number): number[] {
  const half = season >> 1
  const trend: number[] = []
  let sum = 0
  for (let at = 0; at < values.length; at++) {
    sum += values[at]!
    const first = at - 2 * half
    if (first < 0) continue
    const ends = season % 2 === 1 ? 0 : (values[first]! + values[at]!) / 2
    trend.push((sum - ends) / season)
    sum -= values[first]!
  }
  return trend
}

interface Means {
  means: number[]
  /** The variance of one such mean, from the differences between years. */
  variance: number
}

/** What each place in the season is above or below the trend, on average. */
function seasonalMeans(values: readonly number[], season: number): Means {
  const half = season >> 1
  const sums = Array<number>(season).fill(0)
  const squares = Array<number>(season).fill(0)
  const counts = Array<number>(season).fill(0)
  for (const [index, mean] of trendOf(values, season).entries()) {
    const at = index + half
    const place = at % season
    const above = values[at]! - mean
    sums[place]! += above
    squares[place]! += above * above
    counts[place]!++
  }
  const means = sums.map((sum, place) => sum / Math.max(1, counts[place]!))
  let within = 0
  let freedom = 0
  for (let place = 0; place < season; place++) {
    if (counts[place]! < 2) continue
    within += squares[place]! - counts[place]! * means[place]! ** 2
    freedom += counts[place]! - 1
  }
  const perMean = freedom * meanOf(counts)
  return { means, variance: perMean > 0 ? Math.max(0, within) / perMean : Number.NaN }
}

/**
 * Seasonal indices that add up to zero, drawn towards zero by as much of them as chance explains
 * (James & Stein; for seasonal indices Miller & Williams, International Journal of Forecasting 19,
 * 2003). Expects two seasons.
 */
export function seasonalIndices(values: readonly number[], season: number): number[] {
  const { means, variance } = seasonalMeans(values, season)
  const centre = meanOf(means)
  const centred = means.map((mean) => mean - centre)
  let between = 0
  for (const index of centred) between += index * index
  between /= season - 1
  if (between === 0) return centred
  // One year of indices says nothing about chance: half of it is a cautious guess.
  const chance = Number.isNaN(variance) ? between / 2 : variance
  const factor = season > 3 ? (season - 3) / (season - 1) : 1
  const share = clamp(1 - (factor * chance) / between, 0, 1)
  return centred.map((index) => index * share)
}

/** How much the last season is like the one before, from 0 to 1: their correlation. */
export function seasonLikeness(values: readonly number[], season: number): number {
  const last = values.slice(-season)
  const before = values.slice(-2 * season, -season)
  const [a, b] = [meanOf(last), meanOf(before)]
  let [both, squaresA, squaresB] = [0, 0, 0]
  for (let place = 0; place < season; place++) {
    both += (last[place]! - a) * (before[place]! - b)
    squaresA += (last[place]! - a) ** 2
    squaresB += (before[place]! - b) ** 2
  }
  const product = Math.sqrt(squaresA * squaresB)
  return product > 0 ? clamp(both / product, 0, 1) : 0
}
