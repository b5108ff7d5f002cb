import {
  FIRST_DATE,
  LAST_DATE,
  addDays,
  daysBetween,
  monthEnd,
  monthStart,
  utcToday,
  type Period,
} from '../lib/calendar.ts'
import type { Interval } from '../lib/buckets.ts'
import { invalidField } from '../lib/errors.ts'

const MONTHS = 12
/** Covers every month from 1900 to 2200, or ten years of days. */
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
 * The requested period; by default twelve whole months up to the current one.
 * @throws AppError if it ends before it begins
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

/** The preceding period of the same length, in whole months for a period of whole months. */
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

/** @throws AppError if there are too many intervals for one response */
export function checkPoints({ dateFrom, dateTo }: Period, interval: Interval): void {
  if (daysBetween(dateFrom, dateTo) / shortestDays[interval] > MAX_POINTS) {
    throw invalidField('interval', `More than ${MAX_POINTS} points. Choose a longer interval.`)
  }
}
