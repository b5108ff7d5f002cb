import type { TransactionType } from '../db/enums.ts'
import { dayNumber } from '../lib/calendar.ts'
import { compareTexts } from '../lib/compare.ts'
import { lowerMedianOf, robustDeviation } from '../lib/robust-statistics.ts'

/** Rows that are read at most: seven a day for two years. */
export const MAX_ROWS = 5000

/** What the search for streams reads of a transaction. */
export interface StreamRow {
  id: string
  user_id: string
  date: string
  type: TransactionType
  currency: string
  category: string
  payee: string | null
  notes: string | null
  amount_minor: bigint
}

/** A row with its date and amount as numbers. Amounts of one row are below 2^53. */
export interface Payment {
  row: StreamRow
  /** Since 1970-01-01. */
  day: number
  /** Since the year 0. */
  month: number
  dayOfMonth: number
  amount: number
}

type Place = Pick<Payment, 'day' | 'month' | 'dayOfMonth'>

function placeOf(date: string): Place {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return { day: dayNumber(date), month: year! * 12 + month! - 1, dayOfMonth: dayOfMonth! }
}

/** Reads each date once: many rows share theirs. */
export function createPayments() {
  const places = new Map<string, Place>()
  return (row: StreamRow): Payment => {
    const place = places.get(row.date) ?? placeOf(row.date)
    places.set(row.date, place)
    const { day, month, dayOfMonth } = place
    return { row, day, month, dayOfMonth, amount: Number(row.amount_minor) }
  }
}

/** The order of payments that does not depend on that of the rows. */
export const byDate = (a: Payment, b: Payment) => a.day - b.day || compareTexts(a.row.id, b.row.id)

/** The standard deviation relative to the median, by the median of absolute deviations. */
export function relativeSpread(amounts: readonly number[]): number {
  const median = lowerMedianOf(amounts)
  return robustDeviation(amounts.map((amount) => Math.abs(amount - median))) / median
}
