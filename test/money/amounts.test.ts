import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isExactNumber } from '../../src/http/json-body.ts'
import {
  formatDecimal,
  formatFaceValue,
  formatMinor,
  minorToScaled,
  parseScaled,
  scaledToMinor,
  SCALE_DIGITS,
  toMinorUnits,
} from '../../src/lib/money/amounts.ts'
import { currencyCodes, currencyExponent, isCurrency } from '../../src/lib/money/currencies.ts'

const MAX_MINOR = 10n ** 15n - 1n
const MAX_SCALED = 10n ** 17n - 1n
const currency = fc.constantFrom(...currencyCodes)
const minor = fc.bigInt(1n, MAX_MINOR)

/** The largest amount of a currency in minor units: 15 digits, 13 of them before the point. */
const maxMinor = (code: string) => {
  const byScale = MAX_SCALED / 10n ** BigInt(SCALE_DIGITS - currencyExponent(code))
  return byScale < MAX_MINOR ? byScale : MAX_MINOR
}

describe('An amount', () => {
  it.each(currencyCodes)('in %s is parsed and formatted without loss', (code) => {
    const most = maxMinor(code)
    const amounts = fc.oneof(minor, fc.bigInt(most - 10n, most), fc.bigInt(1n, 20_000n))
    fc.assert(
      fc.property(amounts, (drawn) => {
        const amount = drawn > most ? most : drawn
        const scaled = parseScaled(formatMinor(amount, code))
        expect(typeof scaled).toBe('bigint')
        expect(scaledToMinor(scaled as bigint, code)).toBe(amount)
      }),
      { numRuns: 50 },
    )
    expect(formatMinor(most, code)).toMatch(/^9{10,15}(\.9+)?$/)
  })

  it('is written with exactly the digits of its currency', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        const [whole = '', fraction = ''] = formatMinor(amount, code).split('.')
        expect(fraction).toHaveLength(currencyExponent(code))
        expect(whole).toMatch(/^(0|[1-9]\d*)$/)
        expect(BigInt(whole + fraction)).toBe(amount)
      }),
    )
  })

  it('below zero is written with its sign', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 25n), fc.nat(4), (value, digits) => {
        expect(formatDecimal(-value, digits)).toBe(`-${formatDecimal(value, digits)}`)
      }),
    )
    expect(formatDecimal(0n, 2)).toBe('0.00')
    expect(formatDecimal(-5n, 2)).toBe('-0.05')
  })

  it('is the same with more zeros around it', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, MAX_SCALED), fc.nat(30), fc.nat(30), (scaled, before, behind) => {
        const text = formatDecimal(scaled, SCALE_DIGITS)
        expect(parseScaled(text)).toBe(scaled)
        expect(parseScaled('0'.repeat(before) + text + '0'.repeat(behind))).toBe(scaled)
      }),
    )
  })

  it('that is not a decimal is never read as a number', () => {
    const decimal = /^[0-9]+(\.[0-9]+)?$/
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.eE+-, \n_xn') }),
    )
    fc.assert(
      fc.property(text, (given) => {
        if (!decimal.test(given)) expect(parseScaled(given)).toBe('not_a_decimal')
        else expect(parseScaled(given)).not.toBe('not_a_decimal')
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['0.00001', 'too_many_digits'],
    ['1.00001', 'too_many_digits'],
    ['9999999999999.9999', 99_999_999_999_999_999n],
    ['10000000000000', 'too_large'],
    ['10000000000000.0000', 'too_large'],
    ['00000000000000000000001', 10_000n],
    ['0', 0n],
    ['12345678901234', 'too_large'],
    ['99999999999999.99', 'too_large'],
    ['0'.repeat(199) + '1', 10_000n],
    ['0'.repeat(200) + '1', 'not_a_decimal'],
  ])('"%s" is read as %s', (text, read) => {
    expect(parseScaled(text)).toBe(read)
  })
})

describe('A face value', () => {
  it('is converted to minor units exactly, or refused', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, MAX_SCALED), currency, (scaled, code) => {
        const unit = 10n ** BigInt(SCALE_DIGITS - currencyExponent(code))
        const result = scaledToMinor(scaled, code)
        if (scaled % unit !== 0n) expect(result).toBe('too_many_digits')
        else if (scaled === 0n) expect(result).toBe('not_positive')
        else if (scaled / unit > MAX_MINOR) expect(result).toBe('too_large')
        else expect((result as bigint) * unit).toBe(scaled)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    [10_000n, 'JPY', 1n],
    [5_000n, 'JPY', 'too_many_digits'],
    [1n, 'EUR', 'too_many_digits'],
    [100n, 'EUR', 1n],
    [10n, 'KWD', 1n],
    [1n, 'CLF', 1n],
    [0n, 'EUR', 'not_positive'],
    [10n ** 16n, 'KWD', 'too_large'],
    [10n ** 15n, 'CLF', 'too_large'],
  ])('of %s ten-thousandths is %s %s', (scaled, code, result) => {
    expect(scaledToMinor(scaled, code)).toBe(result)
  })

  it.each(['JPY', 'EUR', 'KWD', 'CLF'])('in %s is its minor units and back', (code) => {
    fc.assert(
      fc.property(minor, (amount) => {
        const scaled = minorToScaled(amount, code)
        expect(scaled).toBe(amount * 10n ** BigInt(4 - currencyExponent(code)))
        expect(toMinorUnits(scaled, code)).toBe(amount)
        expect(formatFaceValue(scaled, code)).toBe(formatMinor(amount, code))
      }),
      { numRuns: 20 },
    )
  })
})

describe('Currencies', () => {
  it('have between no digit and four', () => {
    expect(currencyCodes.length).toBeGreaterThan(150)
    for (const code of currencyCodes) expect([0, 2, 3, 4]).toContain(currencyExponent(code))
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'MGA', 'MRU', 'ISK', 'HUF'].map(currencyExponent)).toEqual([
      2, 0, 3, 4, 2, 2, 0, 2,
    ])
  })

  it('do not include names that every object inherits', () => {
    for (const name of ['constructor', '__proto__', 'toString', '', 'eur', 'EUR ']) {
      expect(isCurrency(name)).toBe(false)
      expect(() => currencyExponent(name)).toThrow(RangeError)
    }
  })
})

/** A decimal as an integer of 10^-400 units: every number of JSON that a double can come near. */
function rational(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = 400 - fraction.length + Number(exponent)
  return BigInt(whole + fraction) * 10n ** BigInt(shift)
}

describe('A number of JSON', () => {
  const digits = (min: number, max: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max })
  const number = fc
    .tuple(
      fc.oneof(
        fc.constant('0'),
        fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 18)).map(([a, b]) => `${a}${b}`),
      ),
      fc.option(digits(1, 18)),
      fc.option(
        fc.oneof(fc.integer({ min: -360, max: 310 }), fc.integer({ min: -330, max: -300 })),
      ),
    )
    .map(
      ([whole, fraction, exponent]) =>
        whole +
        (fraction === null ? '' : `.${fraction}`) +
        (exponent === null ? '' : `e${exponent}`),
    )

  it('that is accepted equals its text as a double', () => {
    fc.assert(
      fc.property(number, (text) => {
        fc.pre(isExactNumber(text))
        expect(rational(String(Number(text)))).toBe(rational(text))
      }),
      { numRuns: 3000 },
    )
  })

  it('is accepted with up to 15 digits, and refused with more', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 18n), fc.nat(6), (value, point) => {
        const text = formatDecimal(value, point)
        const significant = value.toString().replace(/0+$/, '').length
        expect(isExactNumber(text)).toBe(significant <= 15)
        expect(isExactNumber(`-${text}`)).toBe(significant <= 15)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['1e400', '-1e400', '1e-400', '0.1234567890123456', '12345678901234567', '5e-324'])(
    '%s is refused',
    (text) => expect(isExactNumber(text)).toBe(false),
  )

  it.each(['0', '-0', '0.0', '0e999', '1e3', '1E+3', '19.99', '1250.00', '999999999999999'])(
    '%s is accepted',
    (text) => expect(isExactNumber(text)).toBe(true),
  )
})
