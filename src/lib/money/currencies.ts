import * as definitions from 'dinero.js/currencies'

/*
 * `Intl` is wrong for 17 currencies in workerd, so the exponents come from a maintained package.
 * That package counts ariary and ouguiya in fifths (base 5); ISO 4217 gives both two digits.
 */
const exponents: ReadonlyMap<string, number> = new Map(
  Object.values(definitions).map(({ code, base, exponent }) => [code, base === 10 ? exponent : 2]),
)

export const currencyCodes: readonly string[] = [...exponents.keys()].toSorted()

export function isCurrency(code: string): boolean {
  return exponents.has(code)
}

/** Digits after the decimal point. @throws RangeError for an unknown currency */
export function currencyExponent(code: string): number {
  const exponent = exponents.get(code)
  if (exponent === undefined) throw new RangeError('unknown currency')
  return exponent
}
