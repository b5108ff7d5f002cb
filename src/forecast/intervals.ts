import { meanOf } from './numbers.ts'

/*
 * Split conformal intervals (Vovk, Gammerman & Shafer 2005; for several steps ahead see Stankevičiūtė,
 * Alaa & van der Schaar 2021): as wide as the errors of the back-test were. Errors of all steps are
 * divided by the usual error of their step and looked at together, because single steps have few.
 */

export interface Widths {
  /** The level in percent that the number of origins supports, at most the one requested. */
  level: number
  /** Half the width of the interval, by step. */
  halves: number[]
  /** The share of errors inside the interval that the other origins give, in percent. */
  inside: number
}

/** Means that never fall from step to step (pool adjacent violators). */
function rising(means: readonly number[], counts: readonly number[]): number[] {
  const blocks: { mean: number; weight: number; steps: number }[] = []
  for (const [step, mean] of means.entries()) {
    blocks.push({ mean, weight: counts[step]!, steps: 1 })
    while (blocks.length > 1 && blocks.at(-2)!.mean > blocks.at(-1)!.mean) {
      const [a, b] = blocks.splice(-2) as [(typeof blocks)[0], (typeof blocks)[0]]
      const weight = a.weight + b.weight
      const pooled = (a.mean * a.weight + b.mean * b.weight) / weight
      blocks.push({ mean: pooled, weight, steps: a.steps + b.steps })
    }
  }
  return blocks.flatMap(({ mean, steps }) => Array<number>(steps).fill(mean))
}

/** The usual error by step. Beyond the last step with errors it grows as that of a random walk. */
function usualErrors(errors: readonly number[][], horizon: number): number[] {
  const byStep = Array.from(
    { length: Math.max(...errors.map(({ length }) => length)) },
    (_, step) =>
      errors.filter(({ length }) => length > step).map((steps) => Math.abs(steps[step]!)),
  )
  const usual = rising(
    byStep.map(meanOf),
    byStep.map(({ length }) => length),
  )
  const known = usual.length
  for (let step = known; step < horizon; step++) {
    usual.push(usual[known - 1]! * Math.sqrt((step + 1) / known))
  }
  return usual.slice(0, horizon)
}

/** An error relative to the usual one of its step, and the origin that it is from. */
interface Scaled {
  size: number
  origin: number
}

/** The place of a quantile among as many sorted values. */
const placeOf = (share: number, count: number) =>
  Math.min(count, Math.max(1, Math.ceil(share * count))) - 1

/** A quantile of the sorted errors of all origins but one. */
function quantileWithout(sorted: readonly Scaled[], share: number, own: number, count: number) {
  let place = placeOf(share, count)
  for (const { size, origin } of sorted) {
    if (origin !== own && place-- === 0) return size
  }
  return 0
}

/** Rounding in sums of doubles is not an error. */
const ROUNDING = 1 + 1e-9

/** The share of errors that the interval from the other origins contains, in percent. */
function insideOf(sorted: readonly Scaled[], errors: readonly number[][], share: number): number {
  // Without other origins there is nothing to compare with.
  if (errors.length === 1) return 100
  const limits = errors.map(
    (steps, origin) =>
      quantileWithout(sorted, share, origin, sorted.length - steps.length) * ROUNDING,
  )
  let inside = 0
  for (const { size, origin } of sorted) if (size <= limits[origin]!) inside++
  return (100 * inside) / sorted.length
}

export function widthsOf(errors: readonly number[][], horizon: number, level: number): Widths {
  const usual = usualErrors(errors, horizon)
  const sorted = errors
    .flatMap((steps, origin) =>
      steps.map((error, step): Scaled => {
        const size = usual[step]! > 0 ? Math.abs(error) / usual[step]! : 0
        return { size, origin }
      }),
    )
    .toSorted((a, b) => a.size - b.size)
  const count = errors.length
  const reached = Math.min(level, Math.floor((100 * count) / (count + 1)))
  // Few origins say little about large errors.
  const share = (reached / 100) * (1 + 2 / count ** 2)
  const half = sorted[placeOf(share, sorted.length)]!.size
  return {
    level: reached,
    halves: usual.map((error) => error * half),
    inside: insideOf(sorted, errors, share),
  }
}
