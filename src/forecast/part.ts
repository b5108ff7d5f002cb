import type { Known } from './known.ts'
import { forecastSeries, MIN_PERIODS, type SeriesForecast } from './forecast-series.ts'
import { meanOf, repeat } from './numbers.ts'

/** A series to forecast, in minor units as doubles. */
export interface Part {
  /** Whole periods since the first record, oldest first. */
  past: number[]
  /** What is recorded in the current period. */
  actual: number
  known: Known | null
}

/** Step 0 is the current period as a whole; the others are future ones. */
export interface PartForecast {
  points: number[]
  /** Recurring payments in the points. */
  known: number[]
  /** Actual value minus forecast, by origin and step. */
  errors: number[][]
  methods: SeriesForecast['methods']
  seasonal: boolean
  /** Whole periods that the methods used. */
  periods: number
  streams: number
}

interface Options {
  season: number
  /** Steps, the current period included. */
  steps: number
  /** The part of the current period that is still to come. */
  remaining: number
}

/** What is recorded so far, and the usual share of the rest. */
const wholeOf = (actual: number, expected: number, remaining: number) =>
  actual + expected * remaining

function withoutKnown({ past, actual }: Part, { season, steps, remaining }: Options): PartForecast {
  const forecast = forecastSeries(past, { season, horizon: steps })
  const [first, ...others] = forecast.points
  return {
    ...forecast,
    points: [wholeOf(actual, first!, remaining), ...others],
    known: repeat(steps, () => 0),
    periods: past.length,
    streams: 0,
  }
}

function withKnown(part: Part, known: Known, { season, steps, remaining }: Options): PartForecast {
  const periods = Math.min(known.periods, part.past.length)
  const offset = known.periods - periods
  const paid = known.past.slice(offset)
  const rest = part.past.slice(-periods).map((value, at) => Math.max(0, value - paid[at]!))
  const forecast = forecastSeries(rest, { season, horizon: steps })
  const first = periods - forecast.errors.length
  const [current, ...others] = forecast.points
  const expected = known.future
  return {
    ...forecast,
    points: [
      wholeOf(Math.max(0, part.actual - known.paid), current!, remaining) +
        Math.min(known.paid, part.actual) +
        expected[0]!,
      ...others.map((point, step) => point + expected[step + 1]!),
    ],
    known: [known.paid + expected[0]!, ...expected.slice(1)],
    // What was laid out can differ as well.
    errors: forecast.errors.map((errors, index) => {
      const origin = offset + first + index
      return errors.map((error, step) => error + known.error(origin, origin + step))
    }),
    periods,
    streams: known.streams,
  }
}

/** The mean absolute error of the latest origins. */
const lossOf = ({ errors }: PartForecast, origins: number) =>
  meanOf(errors.slice(-origins).flatMap((steps) => steps.map(Math.abs)))

/**
 * The forecast with recurring payments laid out, or the one from the whole past where the back-test
 * prefers that.
 */
export function forecastPart(part: Part, options: Options): PartForecast {
  const { known, past } = part
  if (known === null || known.streams === 0 || Math.min(known.periods, past.length) < MIN_PERIODS) {
    return withoutKnown(part, options)
  }
  const laidOut = withKnown(part, known, options)
  if (past.length <= known.periods) return laidOut
  const whole = withoutKnown(part, options)
  const origins = Math.min(whole.errors.length, laidOut.errors.length)
  return lossOf(whole, origins) < lossOf(laidOut, origins) ? whole : laidOut
}
