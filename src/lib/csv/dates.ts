import { FIRST_DATE, LAST_DATE, isCalendarDate } from '../calendar.ts'

export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'YYYYMMDD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
  'MM-DD-YYYY',
  'DD.MM.YY',
  'DD/MM/YY',
  'MM/DD/YY',
] as const

export type DateFormat = (typeof dateFormats)[number]

const groups: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
}

const patterns = new Map<DateFormat, RegExp>(
  dateFormats.map((format) => [
    format,
    format === 'YYYYMMDD'
      ? /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/
      : new RegExp(
          `^${format.replaceAll('.', '\\.').replace(/[YMD]+/g, (part) => groups[part]!)}$`,
        ),
  ]),
)

/** Two-digit years are in this century. */
const fullYear = (year: string) => (year.length === 2 ? `20${year}` : year)

/** Converts a text of this format to `YYYY-MM-DD`; undefined if it is not a valid, storable date. */
export function readDate(text: string, format: DateFormat): string | undefined {
  const parts = patterns.get(format)!.exec(text.trim())?.groups
  if (!parts) return undefined
  const { year = '', month = '', day = '' } = parts
  const date = `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) && date >= FIRST_DATE && date <= LAST_DATE ? date : undefined
}
