import { FIRST_DATE, LAST_DATE, addDays } from '../calendar.ts'
import { plain } from './cells.ts'
import { splitDate, type DateParts } from './date-parts.ts'

/** The order of day, month and year; `short` has the year with two digits first. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd' | 'short' | 'serial'

/**
 * The values of `date_format`. A format decides the order of the numbers: it also reads other
 * separators, times behind the day, and months by name.
 */
const orders = {
  'YYYY-MM-DD': 'ymd',
  'YYYY/MM/DD': 'ymd',
  'YYYY.MM.DD': 'ymd',
  'YYYY MM DD': 'ymd',
  YYYYMMDD: 'ymd',
  'DD.MM.YYYY': 'dmy',
  'DD/MM/YYYY': 'dmy',
  'DD-MM-YYYY': 'dmy',
  'DD MM YYYY': 'dmy',
  DDMMYYYY: 'dmy',
  'MM/DD/YYYY': 'mdy',
  'MM-DD-YYYY': 'mdy',
  'MM.DD.YYYY': 'mdy',
  'MM DD YYYY': 'mdy',
  MMDDYYYY: 'mdy',
  'DD.MM.YY': 'dmy',
  'DD/MM/YY': 'dmy',
  'DD-MM-YY': 'dmy',
  'DD MM YY': 'dmy',
  'MM/DD/YY': 'mdy',
  'MM-DD-YY': 'mdy',
  'MM.DD.YY': 'mdy',
  'MM DD YY': 'mdy',
  'YY-MM-DD': 'short',
  'YY/MM/DD': 'short',
  'YY.MM.DD': 'short',
  'YY MM DD': 'short',
  YYMMDD: 'short',
  DDMMYY: 'dmy',
  MMDDYY: 'mdy',
  'DD MMM YYYY': 'dmy',
  'DD MMM YY': 'dmy',
  'MMM DD YYYY': 'mdy',
  'MMM DD YY': 'mdy',
  'YYYY MMM DD': 'ymd',
  serial: 'serial',
} as const satisfies Record<string, DateOrder>

export type DateFormat = keyof typeof orders

export const dateFormats = Object.keys(orders) as [DateFormat, ...DateFormat[]]

export const orderOf = (format: DateFormat): DateOrder => orders[format]

/** A year of two digits is the latest one that is not later than next year. */
function fullYear(year: string, today: string): string {
  if (year.length !== 2) return year
  const last = Number(today.slice(0, 4)) + 1
  const inCentury = last - (last % 100) + Number(year)
  return String(inCentury > last ? inCentury - 100 : inCentury)
}

const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** As `isCalendarDate`, which takes too long for every order of every cell. */
function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function calendarDate(year: string, month: string, day: string, today: string) {
  if ((year.length !== 4 && year.length !== 2) || month.length > 2 || day.length > 2) {
    return undefined
  }
  const full = fullYear(year, today)
  const [monthNumber, dayNumber] = [Number(month), Number(day)]
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1) return undefined
  if (dayNumber > lengthOfMonth(Number(full), monthNumber)) return undefined
  const date = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return date >= FIRST_DATE && date <= LAST_DATE ? date : undefined
}

/** The date that the parts are in this order; undefined if it does not exist. */
export function dateOfParts(
  parts: DateParts,
  order: Exclude<DateOrder, 'serial'>,
  today: string,
): string | undefined {
  if (parts.kind === 'name') {
    return calendarDate(parts.year, String(parts.month), parts.day, today)
  }
  const [first, second, third] = parts.parts
  if (first.length > 2) {
    // A year of four digits can only be followed by month and day.
    return order === 'ymd' || order === 'short'
      ? calendarDate(first, second, third, today)
      : undefined
  }
  if (order === 'dmy') return calendarDate(third, second, first, today)
  if (order === 'mdy') return calendarDate(third, first, second, today)
  return order === 'short' ? calendarDate(first, second, third, today) : undefined
}

const SERIAL = /^\d{1,6}(?:[.,]\d+)?$/
/** Spreadsheets count 29 February 1900, which did not exist, as day 60. */
const FAKE_DAY = 60

function readSerial(text: string): string | undefined {
  const written = plain(text)
  if (!SERIAL.test(written)) return undefined
  const day = Number.parseInt(written, 10)
  if (day < 1 || day === FAKE_DAY) return undefined
  const date = addDays(day < FAKE_DAY ? '1899-12-31' : '1899-12-30', day)
  return date <= LAST_DATE ? date : undefined
}

/** The calendar day as written, as `YYYY-MM-DD`; undefined if it is not a valid, storable date. */
export function readDate(text: string, format: DateFormat, today: string): string | undefined {
  const order = orderOf(format)
  if (order === 'serial') return readSerial(text)
  const parts = splitDate(text)
  return parts && dateOfParts(parts, order, today)
}
