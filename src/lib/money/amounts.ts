import { currencyExponent } from './currencies.ts'

/*
 * Two integer forms of an amount. Minor units (cents) are stored and summed. Scaled amounts are face
 * values in ten-thousandths for every currency, used to compare.
 */

/** The most digits after the point that a currency has. */
export const SCALE_DIGITS = 4
/** Amounts are below 10,000,000,000,000, so that sums stay far from the limit of a bigint. */
const MAX_WHOLE_DIGITS = 13
const MAX_MINOR = 10n ** 15n

/** Characters, with room for leading and trailing zeros. */
const MAX_LENGTH = 200
const DECIMAL = /^(\d+)(?:\.(\d+))?$/

export type AmountIssue = 'not_a_decimal' | 'too_many_digits' | 'too_large' | 'not_positive'

export const amountIssueMessages: Record<AmountIssue, string> = {
  not_a_decimal: 'Must be a positive decimal such as "1250.00"; `type` gives the direction.',
  too_many_digits: 'Has more decimal places than the currency allows.',
  too_large: 'Must have at most 13 digits before the decimal point and 15 in total.',
  not_positive: 'Must be greater than zero; `type` gives the direction.',
}

/** Parses "1250", "1250.5" or "1250.50" into ten-thousandths. */
export function parseScaled(text: string): bigint | AmountIssue {
  const match = text.length <= MAX_LENGTH ? DECIMAL.exec(text) : null
  if (!match) return 'not_a_decimal'
  const [, whole = '', fraction = ''] = match
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > SCALE_DIGITS) return 'too_many_digits'
  if (whole.replace(/^0+/, '').length > MAX_WHOLE_DIGITS) return 'too_large'
  return BigInt(whole + digits.padEnd(SCALE_DIGITS, '0'))
}

/** Converts a scaled amount to minor units of a currency; "0.5" JPY is `too_many_digits`. */
export function scaledToMinor(scaled: bigint, currency: string): bigint | AmountIssue {
  const unit = 10n ** BigInt(SCALE_DIGITS - currencyExponent(currency))
  if (scaled % unit !== 0n) return 'too_many_digits'
  const minor = scaled / unit
  if (minor >= MAX_MINOR) return 'too_large'
  return minor > 0n ? minor : 'not_positive'
}

/** A face value that `scaledToMinor` accepts, in minor units. */
export function toMinorUnits(scaled: bigint, currency: string): bigint {
  return scaled / 10n ** BigInt(SCALE_DIGITS - currencyExponent(currency))
}

/** Minor units of a currency to face value in ten-thousandths. */
export function minorToScaled(minor: bigint, currency: string): bigint {
  return minor * 10n ** BigInt(SCALE_DIGITS - currencyExponent(currency))
}

/** A face value in ten-thousandths as a decimal string with all digits of the currency. */
export function formatFaceValue(scaled: bigint, currency: string): string {
  return formatDecimal(toMinorUnits(scaled, currency), currencyExponent(currency))
}

/** Minor units to a decimal string with all digits of the currency: 125000n EUR is "1250.00". */
export function formatMinor(minor: bigint, currency: string): string {
  return formatDecimal(minor, currencyExponent(currency))
}

/** Formats an integer in units of 10^-digits. */
export function formatDecimal(value: bigint, digits: number): string {
  const sign = value < 0n ? '-' : ''
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + text
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
