import { plain } from './cells.ts'
import { isWeekday, monthOf } from './words/months.ts'

/** A date as written: three numbers in their order, or a day, a month by name and a year. */
export type DateParts =
  | { kind: 'numbers'; parts: [string, string, string]; separator: string }
  | { kind: 'name'; day: string; month: number; year: string; order: 'day' | 'month' | 'year' }

/** Longer texts are not dates, with whatever time zone. */
const MAX_LENGTH = 80

/** Blanks are allowed beside a separator: "14. 3. 2026". */
const NUMBERS = /^(\d{1,4})(?: ?([./年년-]) ?| )(\d{1,2})(?: ?[./月월-] ?| )(\d{1,4})/u
/** With a time of four or six digits behind it, as in OFX: "20260314120000[-5:EST]". */
const COMPACT = /^(\d{8})(?:[T ]?(?:\d{4}|\d{6})(?:\.\d+)?)?(?=$|[\sZ[+-])/

const SHORT = /^(\d\d)(\d\d)(\d\d)$/

const OF = '(?:(?:de|del|of|DE) )?'
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|er|ST|ND|RD|TH|\.|º|ª)?`
const GAP = '[ ./,-]{0,2}'
const NAME = String.raw`([^\d\s.,/'()-]{2,15})\.?`
const YEAR = String.raw`(\d{4}|'?\d{2})(?!\d)`
/** Where day, month and year are in what a pattern finds. */
const NAMED = [
  {
    order: 'day',
    pattern: new RegExp(`^${DAY}${GAP}${OF}${NAME}${GAP}${OF}${YEAR}`),
    places: [1, 2, 3],
  },
  {
    order: 'month',
    pattern: new RegExp(`^${NAME}${GAP}${DAY}[ ./,-]{1,2}${YEAR}`),
    places: [2, 1, 3],
  },
  {
    order: 'year',
    pattern: new RegExp(String.raw`^(\d{4})${GAP}${NAME}${GAP}${DAY}(?!\d)`),
    places: [3, 2, 1],
  },
] as const

/** What may follow the day: a dot, a time, a zone. */
const CLOCK = String.raw`\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[aApP]\.?[mM]\.?)?(?: ?[uU]hr)?`
const BEFORE_CLOCK = String.raw`(?:,? |[T,-])(?:(?:at|um|kl\.?|à|às|o) )?`
const OFFSET = String.raw` ?(?:Z|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?|[\[(][^\])]{1,40}[\])])`
const REST = new RegExp(
  `^[.日일]?(?:${BEFORE_CLOCK}${CLOCK}(?:${OFFSET}| ?[A-Z]{2,5}){0,3}|(?:${OFFSET}){0,2})$`,
  'u',
)
const LEADING_WORD = /^\(?(\p{L}{1,14})\)?[.,]{0,2} ?(?=[\p{L}\d])/u
const TRAILING_WORD = /[ ,]+\(?(\p{L}{1,14})\.?\)?$/u

function byName(text: string): { parts: DateParts; rest: string } | undefined {
  for (const { order, pattern, places } of NAMED) {
    const match = pattern.exec(text)
    const month = match && monthOf(match[places[1]]!)
    if (!month) continue
    const year = match[places[2]]!.replace("'", '')
    const parts = { kind: 'name' as const, day: match[places[0]]!, month, year, order }
    return { parts, rest: text.slice(match[0].length) }
  }
  return undefined
}

function byNumbers(text: string): { parts: DateParts; rest: string } | undefined {
  const compact = COMPACT.exec(text)
  if (compact) {
    const digits = compact[1]!
    const isYearFirst = /^(?:19|2[012])\d\d(?:0\d|1[012])/.test(digits)
    const cuts = isYearFirst ? [4, 6] : [2, 4]
    const parts = [digits.slice(0, cuts[0]), digits.slice(cuts[0], cuts[1]), digits.slice(cuts[1])]
    return {
      parts: { kind: 'numbers', parts: parts as [string, string, string], separator: '' },
      rest: text.slice(compact[0].length),
    }
  }
  const short = SHORT.exec(text)
  if (short) {
    const [, first, second, third] = short
    return { parts: { kind: 'numbers', parts: [first!, second!, third!], separator: '' }, rest: '' }
  }
  const match = NUMBERS.exec(text)
  if (!match) return undefined
  const [all, first, separator = ' ', second, third] = match
  return {
    parts: { kind: 'numbers', parts: [first!, second!, third!], separator },
    rest: text.slice(all.length),
  }
}

function partsOf(text: string): DateParts | undefined {
  const found = byNumbers(text) ?? byName(text)
  return found && REST.test(found.rest) ? found.parts : undefined
}

/** Splits a date into its parts; the time, the zone and the weekday are left out. */
export function splitDate(text: string): DateParts | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const written = plain(text)
  if (!/\d/.test(written)) return undefined
  const parts = partsOf(written)
  if (parts) return parts
  const before = LEADING_WORD.exec(written)
  if (before && isWeekday(before[1]!)) return partsOf(written.slice(before[0].length))
  const after = TRAILING_WORD.exec(written)
  if (after && isWeekday(after[1]!)) return partsOf(written.slice(0, after.index))
  return undefined
}
