/*
 * What a cell looks like, before its column is known: cheap tests to find the table and the
 * columns of a file whose header says nothing.
 */
import { readNumber } from './numbers.ts'

const MAX_DATE_LENGTH = 40
const DATE =
  /^(?:\p{L}{2,12}\.?,? )?(?:\d{1,2}[-./ ]{1,2}\d{1,2}[-./ ]{1,2}(?:\d{4}|\d{2})(?!\d)|\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}(?!\d)|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6}(?:\.\d+)?(?:\[.*)?)?$|\d{4}年)/u
const NAMED_MONTH =
  /^(?:\p{L}{2,12}\.?,? )?(?:\d{1,2}(?:st|nd|rd|th)?[-./ ]*(?:de )?\p{L}{3,12}\.?[-./, ]*(?:de )?\d{2,4}|\p{L}{3,10}\.?[-./ ]*\d{1,2}(?:st|nd|rd|th)?,?[-./ ]+\d{2,4}|\d{4}[-./ ]\p{L}{3,10}[-./ ]\d{1,2})\b/u

/** Longer numbers are of accounts. */
const LONG_NUMBER = /^\d{14,}$/
const ACCOUNT = /^(?:[A-Z]{2}\d{2}[A-Z\d ]{8,40}|[\d -]{8,30})$/i

/** Spreadsheets mark text with an apostrophe. */
export const withoutMark = (text: string) => text.trim().replace(/^'(?=[\d+-])/, '')

/** Whether a text is the number of an account rather than a name. */
export const looksLikeAccount = (text: string) => ACCOUNT.test(text.trim())

/** Whether a text is written as dates are, with or without a time. Does not check the calendar. */
export function looksLikeDate(text: string): boolean {
  const trimmed = withoutMark(text)
  if (trimmed.length < 6 || trimmed.length > MAX_DATE_LENGTH) return false
  return DATE.test(trimmed) || NAMED_MONTH.test(trimmed)
}

/** Whether a text is a number with either decimal mark, and not a date. */
export function looksLikeMoney(text: string): boolean {
  const trimmed = withoutMark(text)
  if (trimmed === '' || trimmed.length > 40 || !/\d/.test(trimmed)) return false
  if (LONG_NUMBER.test(trimmed)) return false
  if (looksLikeDate(trimmed)) return false
  return readNumber(trimmed, '.') !== undefined || readNumber(trimmed, ',') !== undefined
}

/** Whether a cell says nothing: blank, or a dash where a column has no amount. */
export const isBlank = (text: string | undefined): boolean =>
  text === undefined || /^\s*(?:[-–—]|n\/?a)?\s*$/i.test(text)
