import {
  FIRST_DATE,
  LAST_DATE,
  addDays,
  daysBetween,
  monthEnd,
  monthStart,
  utcToday,
} from '../calendar.ts'
import { invalidField } from '../errors.ts'
import type { Period } from '../transactions/transaction-rows.ts'

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Interval = (typeof intervals)[number]

const MONTHS = 12
/** Enough for every month from 1900 to 2200, or for ten years of days. */
const MOST_POINTS = 4000

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
  if (dateFrom > dateTo) throw invalidField('query.date_to', 'The period ends before it begins.')
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
  if (daysBetween(dateFrom, dateTo) / shortestDays[interval] > MOST_POINTS) {
    throw invalidField(
      'query.interval',
      `More than ${MOST_POINTS} points: choose a longer interval.`,
    )
  }
}
