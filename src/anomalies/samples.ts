import { lowerMedianOf, robustDeviation } from '../lib/robust-statistics.ts'
import type { StreamRow } from '../recurring/payment.ts'

/** The usual of some amounts. Amounts differ by factors, so their spread is one of logarithms. */
export interface Sample {
  count: number
  median: number
  /** By the median of absolute deviations; not less than what so few amounts can tell. */
  spread: number
  /** How many are at least so large. */
  countFrom(amount: number): number
}

const MIN_SPREAD = 0.15
const SPREAD_OF_FEW = 0.6

export function sampleOf(amounts: readonly number[]): Sample {
  const median = lowerMedianOf(amounts)
  const deviations = amounts.map((amount) => Math.abs(Math.log(amount / median)))
  const floor = Math.max(MIN_SPREAD, SPREAD_OF_FEW / Math.sqrt(amounts.length))
  return {
    count: amounts.length,
    median,
    spread: Math.max(floor, robustDeviation(deviations)),
    countFrom: (amount) => amounts.filter((each) => each >= amount).length,
  }
}

/** Payments of the category that count beside those of the payee. */
const PRIOR = 12

/** A sample whose spread is drawn to that of a larger one: a few payments say little of theirs. */
export function withPrior(sample: Sample, larger: Sample | undefined): Sample {
  if (!larger || larger.count <= sample.count) return sample
  const variance = sample.count * sample.spread ** 2 + PRIOR * larger.spread ** 2
  return { ...sample, spread: Math.sqrt(variance / (sample.count + PRIOR)) }
}

/** The robust z-score of an amount. */
export const zScore = (amount: number, { median, spread }: Sample) =>
  Math.log(amount / median) / spread

export const amountOf = ({ amount_minor }: StreamRow) => Number(amount_minor)

/** What a user's payments of a type and currency have in common: they can be compared. */
export const kindOf = ({ user_id, type, currency }: StreamRow) => `${user_id} ${type} ${currency}`
