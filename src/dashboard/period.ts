import {
  FIRST_DATE,
  LAST_DATE,
  addDays,
  daysBetween,
  monthEnd,
  monthStart,
  utcToday,
  weekStart,
  type Period,
} from '../lib/calendar.ts'
import { invalidField } from '../lib/errors.ts'

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Interval = (typeof intervals)[number]

const MONTHS = 12
/** Enough for every month from 1900 to 2200, or for ten years of days. */
const MAX_POINTS = 4000

const shortestDays: Record<Interval, number> = {
  day: 1,
  week: 7,
  month: 28,
  quarter: 90,
  year: 365,
}

const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (a: string, b: string) => (a > b ? a : b)

/**
 * The period that is asked for; without one, twelve whole months that end with the current one.
 * @throws AppError where it ends before it begins
 */
export function resolvePeriod(request: Partial<Period>, now: Date): Period {
  const thisMonth = monthEnd(utcToday(now))
  const { dateFrom: from } = request
  const defaultTo =
    from === undefined || from <= thisMonth ? thisMonth : monthEnd(monthStart(from, MONTHS - 1))
  const dateTo = request.dateTo ?? earlier(defaultTo, LAST_DATE)
  const dateFrom = from ?? later(monthStart(dateTo, 1 - MONTHS), FIRST_DATE)
  if (dateFrom > dateTo) throw invalidField('date_to', 'Must not be before date_from.')
  return { dateFrom, dateTo }
}

/** The period of the same length before: whole months before whole months, else days before days. */
export function previousPeriod({ dateFrom, dateTo }: Period): Period {
  const end = addDays(dateFrom, -1)
  if (dateFrom === monthStart(dateFrom) && dateTo === monthEnd(dateTo)) {
    const [fromYear, fromMonth] = dateFrom.split('-').map(Number)
    const [toYear, toMonth] = dateTo.split('-').map(Number)
    const months = (toYear! - fromYear!) * 12 + toMonth! - fromMonth! + 1
    return { dateFrom: monthStart(dateFrom, -months), dateTo: end }
  }
  return { dateFrom: addDays(dateFrom, -daysBetween(dateFrom, dateTo)), dateTo: end }
}

/** @throws AppError where a period would have more intervals than one answer should hold */
export function checkPoints({ dateFrom, dateTo }: Period, interval: Interval): void {
  if (daysBetween(dateFrom, dateTo) / shortestDays[interval] > MAX_POINTS) {
    throw invalidField('interval', `More than ${MAX_POINTS} points. Choose a longer interval.`)
  }
}

/** One interval: where it starts by the calendar, and its part inside the period. */
export interface Bucket {
  start: string
  from: string
  to: string
}

/** The first day of the interval that a day lies in; weeks begin on Monday. */
function bucketStart(date: string, interval: Interval): string {
  switch (interval) {
    case 'day':
      return date
    case 'week':
      return weekStart(date)
    case 'month':
      return monthStart(date)
    case 'quarter':
      return monthStart(date, -((Number(date.slice(5, 7)) - 1) % 3))
    case 'year':
      return `${date.slice(0, 4)}-01-01`
  }
}

function nextStart(start: string, interval: Interval): string {
  if (interval === 'day') return addDays(start, 1)
  if (interval === 'week') return addDays(start, 7)
  return monthStart(start, { month: 1, quarter: 3, year: 12 }[interval])
}

/** Every interval that a period touches, so that empty ones are shown too. */
export function bucketsOf({ dateFrom, dateTo }: Period, interval: Interval): Bucket[] {
  const buckets: Bucket[] = []
  let start = bucketStart(dateFrom, interval)
  while (start <= dateTo) {
    const next = nextStart(start, interval)
    buckets.push({ start, from: later(start, dateFrom), to: earlier(addDays(next, -1), dateTo) })
    start = next
  }
  return buckets
}
