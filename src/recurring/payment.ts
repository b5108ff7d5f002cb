import type { TransactionType } from '../db/enums.ts'
import { dayNumber } from '../lib/calendar.ts'

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

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The order of payments that does not depend on that of the rows. */
export const byDate = (a: Payment, b: Payment) => a.day - b.day || compare(a.row.id, b.row.id)

/** The middle value; the lower one of two, so that it is one of the values. */
export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0

/** The standard deviation relative to the median, by the median of absolute deviations. */
export function relativeSpread(amounts: readonly number[]): number {
  const median = medianOf(amounts)
  return (1.4826 * medianOf(amounts.map((amount) => Math.abs(amount - median)))) / median
}
