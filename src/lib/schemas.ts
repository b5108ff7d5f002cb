import { z } from '@hono/zod-openapi'
import { FIRST_DATE, LAST_DATE, isCalendarDate, monthEnd } from './calendar.ts'
import { amountIssueMessages, parseScaled } from './money/amounts.ts'
import { isCurrency } from './money/currencies.ts'
import { tooLong } from './issue-messages.ts'
import { isStreamSafe, NOT_STREAM_SAFE } from './stream-safe.ts'

/* Schemas of fields that several features share. */

/** Control characters, line and paragraph separators, and bidirectional controls. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/
/** At least one visible character: not only joiners, fillers and blanks. */
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

const wellFormed = (pattern: RegExp) => (text: string) => text.isWellFormed() && !pattern.test(text)

const NOT_TEXT = 'Must not contain control characters or lone surrogates.'

/** Text on one line: NFC, trimmed, bounded, without control characters and lone surrogates. */
export const line = (min: 1, max: number) =>
  z
    .string()
    .max(4 * max, { error: tooLong(max), abort: true })
    .refine(wellFormed(CONTROL), NOT_TEXT)
    .refine(isStreamSafe, { error: NOT_STREAM_SAFE, abort: true })
    .normalize('NFC')
    .trim()
    .min(min, { abort: true })
    .max(max)
    .refine((text) => VISIBLE.test(text), 'Must not be blank.')

/** Text that may have line breaks. */
export const multiline = (max: number) =>
  z
    .string()
    .max(4 * max, { error: tooLong(max), abort: true })
    .refine(wellFormed(CONTROL_BUT_LINES), NOT_TEXT)
    .refine(isStreamSafe, { error: NOT_STREAM_SAFE, abort: true })
    .normalize('NFC')
    .trim()
    .max(max)

export const id = z.uuid().toLowerCase()

export const calendarDate = z
  .string()
  .refine(isCalendarDate, 'Must be a valid date (YYYY-MM-DD).')
  .refine(
    (date) => !isCalendarDate(date) || (date >= FIRST_DATE && date <= LAST_DATE),
    `Must be from ${FIRST_DATE} to ${LAST_DATE}.`,
  )
  .openapi({ format: 'date', example: '2026-03-14' })

const isMonth = (month: string) => isCalendarDate(`${month}-01`)

/** A month in a query, instead of its first and last day. */
export const monthParameter = z
  .string()
  .refine(isMonth, 'Must be a valid month (YYYY-MM).')
  .refine(
    (month) => !isMonth(month) || (`${month}-01` >= FIRST_DATE && `${month}-01` <= LAST_DATE),
    `Must be from ${FIRST_DATE.slice(0, 7)} to ${LAST_DATE.slice(0, 7)}.`,
  )
  .openapi({
    pattern: '^\\d{4}-\\d{2}$',
    description: 'A whole month, instead of `date_from` and `date_to`.',
  })

interface Dates {
  month?: string | undefined
  date_from?: string | undefined
  date_to?: string | undefined
}

/** Refuses a month together with days. */
export function checkDates({ month, date_from, date_to }: Dates, context: z.RefinementCtx): void {
  if (month !== undefined && (date_from !== undefined || date_to !== undefined)) {
    context.addIssue({
      code: 'custom',
      path: ['month'],
      message: 'Send either month or date_from and date_to, not both.',
    })
  }
}

/** First and last day of what a query asks for. */
export const datesOf = ({ month, date_from, date_to }: Dates) =>
  month === undefined
    ? { dateFrom: date_from, dateTo: date_to }
    : { dateFrom: `${month}-01`, dateTo: monthEnd(`${month}-01`) }

export const currency = z
  .string()
  .refine(isCurrency, 'Must be an ISO 4217 currency code, such as EUR.')
  .openapi({ pattern: '^[A-Z]{3}$', example: 'EUR' })

const readAmount = (zeroAllowed: boolean) => (input: string | number, context: z.RefinementCtx) => {
  const scaled = parseScaled(String(input))
  const issue = scaled === 0n && !zeroAllowed ? 'not_positive' : scaled
  if (typeof issue === 'bigint') return issue
  context.addIssue({ code: 'custom', message: amountIssueMessages[issue], input })
  return z.NEVER
}

/** An amount in a body, as a bigint of ten-thousandths. JSON numbers must be exact. */
export const amount = z
  .union([z.string().max(40), z.number()], amountIssueMessages.not_a_decimal)
  .transform(readAmount(false))
  .openapi({
    anyOf: [{ type: 'string', pattern: '^\\d{1,13}(\\.\\d{1,4})?$' }, { type: 'number' }],
    description: 'A positive decimal, as a string or as a number that is exact.',
    example: '1250.00',
  })

/** An amount in a query, as a bigint of ten-thousandths; may be zero. */
export const amountParameter = z
  .string()
  .transform(readAmount(true))
  .openapi({ type: 'string', pattern: '^\\d{1,13}(\\.\\d{1,4})?$', example: '99.95' })

/** A decimal string in a response. */
export const decimal = z.string().openapi({ pattern: '^-?\\d+(\\.\\d{1,4})?$', example: '1250.00' })

export const percent = z.string().openapi({ pattern: '^-?\\d+\\.\\d{2}$', example: '12.50' })

export const instant = z.iso
  .datetime({ offset: true, abort: true })
  .openapi({ example: '2026-03-14T09:26:53.589Z' })

/** An instant in a query, within what the database can compare. */
export const instantParameter = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => /^(19|20|21)\d\d-/.test(text), 'Year must be from 1900 to 2199.')

const integerFrom = (min: number, max: number) => `Must be an integer from ${min} to ${max}.`

/** An integer in a query; "1e3" and "+5" are not valid. */
export const integerParameter = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, integerFrom(min, max))
    .transform(Number)
    .refine((value) => value >= min && value <= max, integerFrom(min, max))
    .openapi({ type: 'integer', minimum: min, maximum: max, format: 'int32' })

export const booleanParameter = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .openapi({ type: 'boolean' })

/** Several values, separated by commas or by repeating the parameter. */
export const listParameter = <const T extends readonly [string, ...string[]]>(values: T) =>
  z
    .preprocess(
      (input: string | string[] | undefined) =>
        input === undefined ? undefined : [input].flat().join(',').split(','),
      z.array(z.enum(values)).max(values.length * 2),
    )
    .openapi({
      type: 'array',
      items: { type: 'string', enum: [...values] },
      param: { style: 'form', explode: false },
    })
