export const decimalMarks = ['.', ','] as const
export type DecimalMark = (typeof decimalMarks)[number]

export interface ReadNumber {
  negative: boolean
  /** Digits with a point, as amounts are written here. */
  digits: string
}

/** Groups of three digits can be separated by the other mark, an apostrophe or a space. */
const patterns: Record<DecimalMark, RegExp> = {
  '.': /^(?<whole>\d+|\d{1,3}(?:[,'’ \u00a0\u202f]\d{3})+)(?:\.(?<fraction>\d+))?$/,
  ',': /^(?<whole>\d+|\d{1,3}(?:[.'’ \u00a0\u202f]\d{3})+)(?:,(?<fraction>\d+))?$/,
}
const SIGN = /^([+\-−])\s*/

/** Reads "-1,234.50" with a decimal point, or "-1.234,50" with a decimal comma. */
export function readNumber(text: string, decimal: DecimalMark): ReadNumber | undefined {
  const trimmed = text.trim()
  const sign = SIGN.exec(trimmed)?.[1]
  const parts = patterns[decimal].exec(trimmed.replace(SIGN, ''))?.groups
  if (!parts) return undefined
  const whole = parts['whole']!.replace(/\D/g, '')
  const fraction = parts['fraction']
  return {
    negative: sign === '-' || sign === '−',
    digits: fraction === undefined ? whole : `${whole}.${fraction}`,
  }
}
