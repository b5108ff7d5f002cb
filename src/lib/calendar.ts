/*
 * Calendar dates are `YYYY-MM-DD` strings everywhere. Only this file uses `Date`, at midnight UTC,
 * for the arithmetic.
 */

export const FIRST_DATE = '1900-01-01'
export const LAST_DATE = '2200-12-31'

const DAY_MS = 86_400_000

const toMs = (date: string) => Date.parse(`${date}T00:00:00Z`)
const toDate = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** Whether a text is a date that exists; 2026-02-30 does not. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = toMs(text)
  return !Number.isNaN(ms) && toDate(ms) === text
}

/** Days since 1970-01-01. */
export const dayNumber = (date: string) => toMs(date) / DAY_MS

export const dateOfDay = (day: number) => toDate(day * DAY_MS)

/** First days of months that were asked for, counted from the year 0. */
const monthStarts = new Map<number, number>()

function startOfMonth(month: number): number {
  const known = monthStarts.get(month)
  if (known !== undefined) return known
  const start = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS
  monthStarts.set(month, start)
  return start
}

/** A day of a month, counted in months since the year 0; its last day where it is shorter. */
export const dayOfMonth = (month: number, day: number): number =>
  Math.min(startOfMonth(month) + day, startOfMonth(month + 1)) - 1

export function addDays(date: string, days: number): string {
  return toDate(toMs(date) + days * DAY_MS)
}

/** Days in a period, both ends included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toMs(to) - toMs(from)) / DAY_MS) + 1
}

/** The first day of the month that is `months` after (or before) the month of `date`. */
export function monthStart(date: string, months = 0): string {
  const [year, month] = date.split('-').map(Number)
  return toDate(Date.UTC(year!, month! - 1 + months, 1))
}

export function monthEnd(date: string): string {
  return addDays(monthStart(date, 1), -1)
}

/** The Monday of the week of `date`. */
export function weekStart(date: string): string {
  return addDays(date, -((new Date(toMs(date)).getUTCDay() + 6) % 7))
}

/** A range of days, both ends included. */
export interface Period {
  dateFrom: string
  dateTo: string
}

/** A period that may be open at either end. */
export interface DateRange {
  dateFrom?: string | undefined
  dateTo?: string | undefined
}

/** A period split into its whole months, if any, and the remaining days at its ends. */
export interface MonthsAndDays {
  months: DateRange | undefined
  days: Period[]
}

export function splitByMonths({ dateFrom, dateTo }: DateRange): MonthsAndDays {
  const headless = dateFrom === undefined || dateFrom === monthStart(dateFrom)
  const tailless = dateTo === undefined || dateTo === monthEnd(dateTo)
  const first = headless ? dateFrom : monthStart(dateFrom, 1)
  const last = tailless ? dateTo : addDays(monthStart(dateTo), -1)
  if (first !== undefined && last !== undefined && first > last) {
    // No whole month in it: within one month, or over the border of two.
    return { months: undefined, days: [{ dateFrom: dateFrom!, dateTo: dateTo! }] }
  }
  return {
    months: { dateFrom: first, dateTo: last },
    days: [
      ...(headless ? [] : [{ dateFrom, dateTo: addDays(first!, -1) }]),
      ...(tailless ? [] : [{ dateFrom: monthStart(dateTo), dateTo }]),
    ],
  }
}

export function utcToday(now: Date): string {
  return now.toISOString().slice(0, 10)
}
