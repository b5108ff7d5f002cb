import { addDays, monthStart, weekStart, type Period } from './calendar.ts'

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Interval = (typeof intervals)[number]

const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (a: string, b: string) => (a > b ? a : b)

/** An interval: its start by the calendar, and its part inside the period. */
export interface Bucket {
  start: string
  from: string
  to: string
}

/** The first day of the interval that contains a day. Weeks begin on Monday. */
export function bucketStart(date: string, interval: Interval): string {
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

export function nextStart(start: string, interval: Interval): string {
  if (interval === 'day') return addDays(start, 1)
  if (interval === 'week') return addDays(start, 7)
  return monthStart(start, { month: 1, quarter: 3, year: 12 }[interval])
}

/** Every interval that overlaps a period, so that empty ones are included. */
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
