import { bucketStart, bucketsOf, nextStart, type Bucket } from '../lib/buckets.ts'
import { FIRST_DATE, LAST_DATE, addDays, daysBetween, monthStart } from '../lib/calendar.ts'

export const forecastIntervals = ['month', 'week'] as const
export type ForecastInterval = (typeof forecastIntervals)[number]

/** Periods in a season: a year. */
export const SEASON: Record<ForecastInterval, number> = { month: 12, week: 52 }
/** Whole periods that are read: five years of months, three of weeks. */
const HISTORY: Record<ForecastInterval, number> = { month: 60, week: 156 }
export const MAX_HORIZON = 12
/** Whole months in which recurring payments are looked for. */
const RECURRING_MONTHS = 24

/** The periods of a forecast, oldest first. The current one is not over yet. */
export interface Timeline {
  interval: ForecastInterval
  today: string
  whole: Bucket[]
  current: Bucket
  future: Bucket[]
  /** The part of the current period that is still to come, from 0 to 1. */
  remaining: number
  /** The first day on which recurring payments are looked for. */
  recurringFrom: string
}

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)

function stepsFrom(start: string, interval: ForecastInterval, steps: number): string {
  return interval === 'week' ? addDays(start, 7 * steps) : monthStart(start, steps)
}

/** The periods of a forecast: always as many, so that an interval does not depend on the horizon. */
export function timelineOf(today: string, interval: ForecastInterval): Timeline {
  const start = bucketStart(today, interval)
  const next = nextStart(start, interval)
  const first = later(stepsFrom(start, interval, -HISTORY[interval]), FIRST_DATE)
  const end = earlier(addDays(stepsFrom(next, interval, MAX_HORIZON), -1), LAST_DATE)
  const current = { start, from: start, to: addDays(next, -1) }
  const days = daysBetween(start, current.to)
  return {
    interval,
    today,
    whole: bucketsOf({ dateFrom: first, dateTo: addDays(start, -1) }, interval),
    current,
    future: bucketsOf({ dateFrom: next, dateTo: end }, interval),
    remaining: daysBetween(today, current.to) > 1 ? (daysBetween(today, current.to) - 1) / days : 0,
    recurringFrom: later(monthStart(today, -RECURRING_MONTHS), FIRST_DATE),
  }
}
