import { accuracyOf, type Accuracy } from './accuracy.ts'
import { widthsOf } from './intervals.ts'
import { toMinor } from './reconcile.ts'

/** An amount with its interval, in minor units. */
export interface Range {
  point: bigint
  low: bigint
  high: bigint
}

export interface Ranges {
  /** Step 0 is the current period. */
  ranges: Range[]
  /** The level in percent that the back-test supports. */
  level: number
  /** The share of actual values inside the interval of the other origins, in percent. */
  inside: number
}

interface RangeOptions {
  level: number
  remaining: number
  /** No amount is below it; null where amounts can be negative. */
  floor: bigint | null
  /** What is recorded in the current period, below which its total cannot be. */
  actual?: bigint
}

/** Points with intervals as wide as the errors of the back-test. */
export function rangesOf(
  points: readonly bigint[],
  errors: readonly number[][],
  { level, remaining, floor, actual }: RangeOptions,
): Ranges {
  const widths = widthsOf(errors, points.length, level)
  const ranges = points.map((point, step): Range => {
    // The part of the current period that is over is certain.
    const share = step === 0 ? Math.sqrt(remaining) : 1
    const half = toMinor(Math.ceil(widths.halves[step]! * share))
    const least = step === 0 ? (actual ?? floor) : floor
    const low = point - half
    return { point, low: least !== null && low < least ? least : low, high: point + half }
  })
  return { ranges, level: widths.level, inside: widths.inside }
}

export type Trust = Accuracy & Pick<Ranges, 'inside'>

export const trustOf = (
  values: readonly number[],
  errors: readonly number[][],
  season: number,
  { inside }: Ranges,
): Trust => ({ ...accuracyOf(values, errors, season), inside })
