import { currencyExponent } from './currencies.ts'

/*
 * Two integer forms of an amount. Minor units (cents) are what is stored and added up. Scaled
 * amounts are face values in ten-thousandths, the same for every currency, and serve to compare.
 */

/** No currency has more digits after the point. */
export const SCALE_DIGITS = 4
/** 9,999,999,999,999.9999: below, so that no sum of a book comes near the end of a bigint. */
const MAX_SCALED = 10n ** 17n
const MAX_MINOR = 10n ** 15n

/** Characters; leading and closing zeros are allowed for, and nothing longer is looked at. */
const MAX_LENGTH = 200
const DECIMAL = /^(\d+)(?:\.(\d+))?$/

export type AmountIssue = 'not_a_decimal' | 'too_many_digits' | 'too_large' | 'not_positive'

export const amountIssueMessages: Record<AmountIssue, string> = {
  not_a_decimal: 'Must be a positive decimal such as "1250.00"; `type` gives the direction.',
  too_many_digits: 'Has more decimal places than the currency allows.',
  too_large: 'Must have at most 13 digits before the decimal point and 15 in total.',
  not_positive: 'Must be greater than zero; `type` gives the direction.',
}

/** Reads "1250", "1250.5" or "1250.50" into ten-thousandths, or says what is wrong with it. */
export function parseScaled(text: string): bigint | AmountIssue {
  const match = text.length <= MAX_LENGTH ? DECIMAL.exec(text) : null
  if (!match) return 'not_a_decimal'
  const [, whole = '', fraction = ''] = match
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > SCALE_DIGITS) return 'too_many_digits'
  if (whole.replace(/^0+/, '').length > 13) return 'too_large'
  const scaled = BigInt(whole + digits.padEnd(SCALE_DIGITS, '0'))
  return scaled < MAX_SCALED ? scaled : 'too_large'
}

/** Scaled to minor units of a currency, or what is wrong: `too_many_digits` for "0.5" JPY. */
export function scaledToMinor(scaled: bigint, currency: string): bigint | AmountIssue {
  const unit = 10n ** BigInt(SCALE_DIGITS - currencyExponent(currency))
  if (scaled % unit !== 0n) return 'too_many_digits'
  const minor = scaled / unit
  if (minor >= MAX_MINOR) return 'too_large'
  return minor > 0n ? minor : 'not_positive'
}

/** Minor units of a currency to face value in ten-thousandths. */
export function minorToScaled(minor: bigint, currency: string): bigint {
  return minor * 10n ** BigInt(SCALE_DIGITS - currencyExponent(currency))
}

/** Minor units to a decimal string with all digits of the currency: 125000n EUR is "1250.00". */
export function formatMinor(minor: bigint, currency: string): string {
  return formatDecimal(minor, currencyExponent(currency))
}

/** An integer of 10^-digits units as a decimal string. */
export function formatDecimal(value: bigint, digits: number): string {
  const sign = value < 0n ? '-' : ''
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + text
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
