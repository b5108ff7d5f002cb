import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScaled } from '../../src/lib/money/amounts.ts'
import { detectDecimal } from '../../src/lib/statement/decimal-detection.ts'
import {
  decimalMarks,
  isEmptyAmount,
  readNumber,
  type DecimalMark,
} from '../../src/lib/statement/numbers.ts'
import { iterations, seed } from '../support/iterations.ts'

/** As a signed text, with the currency and the mark if there are any. */
function read(text: string, decimal: DecimalMark): string | undefined {
  const number = readNumber(text, decimal)
  if (!number) return undefined
  const { negative, digits, plus, currency, mark } = number
  return [(negative ? '-' : plus ? '+' : '') + digits, currency, mark].filter(Boolean).join(' ')
}

const NBSP = '\u00a0'
const THIN = '\u2009'

describe('a number', () => {
  it.each([
    ['12.50-', '.', '-12.50'],
    ['12.50 -', '.', '-12.50'],
    ['−12.50', '.', '-12.50'],
    ['–12.50', '.', '-12.50'],
    ['－12.50', '.', '-12.50'],
    ['(12.50)', '.', '-12.50'],
    ['$ (12.50)', '.', '-12.50'],
    ['($12.50)', '.', '-12.50'],
    ['-€12.50', '.', '-12.50 EUR'],
    ['€-12.50', '.', '-12.50 EUR'],
    ['€ 12,50-', ',', '-12.50 EUR'],
    ['12,50-EUR', ',', '-12.50 EUR'],
    ['+12.50', '.', '+12.50'],
  ] as const)('may have its sign anywhere: %s', (text, decimal, value) => {
    expect(read(text, decimal)).toBe(value)
  })

  it.each([
    ['12,50 EUR', ',', '12.50 EUR'],
    ['EUR 12.50', '.', '12.50 EUR'],
    ['eur12.50', '.', '12.50 EUR'],
    ['€ 12 EUR', '.', '12 EUR'],
    ['kr 1 234,50', ',', '1234.50'],
    ['500 kr.', ',', '500'],
    ['R$ 1.234,56', ',', '1234.56 BRL'],
    [`1${NBSP}234,50 zł`, ',', '1234.50 PLN'],
    ['1 234,50 Kč', ',', '1234.50 CZK'],
    ['₹1,00,000.00', '.', '100000.00 INR'],
    ['Rs. 1,234.50', '.', '1234.50'],
    ["CHF 1'234.50", '.', '1234.50 CHF'],
    ['US$12.00', '.', '12.00 USD'],
    ['$12.00', '.', '12.00'],
    ['￥1,200', '.', '1200'],
  ] as const)('names its currency where the sign is that of one: %s', (text, decimal, value) => {
    expect(read(text, decimal)).toBe(value)
  })

  it.each([
    ['12.50 DR', '.', '12.50 out'],
    ['12.50CR', '.', '12.50 in'],
    ['12.50 Cr.', '.', '12.50 in'],
    ['12,50 S', ',', '12.50 out'],
    ['12,50 H', ',', '12.50 in'],
    ['-12.50 DR', '.', '-12.50 out'],
  ] as const)('may carry a mark of debit or credit: %s', (text, decimal, value) => {
    expect(read(text, decimal)).toBe(value)
  })

  it.each([
    ['1,234,567.80', '.', '1234567.80'],
    ['1.234.567,80', ',', '1234567.80'],
    ["1'234'567.80", '.', '1234567.80'],
    ['1’234’567,80', ',', '1234567.80'],
    ['1 234 567,80', ',', '1234567.80'],
    [`1${THIN}234${THIN}567,80`, ',', '1234567.80'],
    ['12,34,567.80', '.', '1234567.80'],
    ['1.234', '.', '1.234'],
    ['1.234', ',', '1234'],
    ['0.001', '.', '0.001'],
    ['0,001', ',', '0.001'],
    ['.50', '.', '0.50'],
    [',50', ',', '0.50'],
    ['12,-', ',', '12'],
    ['12.--', '.', '12'],
    ['Fr. 12.–', '.', '12 CHF'],
    ['１，２３４．５０', '.', '1234.50'],
  ] as const)('may have groups, or only one side of the mark: %s', (text, decimal, value) => {
    expect(read(text, decimal)).toBe(value)
  })

  it.each([
    ['0,123', '.'],
    ['0.123', ','],
    ['01,234', '.'],
    ['1,23', '.'],
    ['1,2345', '.'],
    ['1,234,56', '.'],
    ['1.234.567', '.'],
    ["1 234'567", '.'],
    ['1,00,000', ','],
    ['12 50', '.'],
    ['€ 12 USD', '.'],
    ['US$ 12 EUR', '.'],
    ['(-12)', '.'],
    ['-12-', '.'],
    ['--12', '.'],
    ['12 CR DR', '.'],
    ['12 apples', '.'],
    ['Order 12', '.'],
    ['12.50 constructor', '.'],
    ['1e5', '.'],
    ['0x10', '.'],
    ['12.', '.'],
    ['.', '.'],
    ['٣', '.'],
    ['', '.'],
    ['€', '.'],
    ['-', '.'],
    ['2026-03-14', '.'],
    ['14.03.2026', '.'],
  ] as const)('is not %s', (text, decimal) => {
    expect(readNumber(text, decimal)).toBeUndefined()
  })

  it('is not longer than 100 characters', () => {
    for (const text of ['9'.repeat(101), '€'.repeat(100_000), `${' '.repeat(100_000)}1`]) {
      expect(readNumber(text, '.')).toBeUndefined()
    }
  })

  it('is absent where a cell has only blanks, dashes or a currency', () => {
    for (const text of ['', ' ', NBSP, '-', '—', '--', '€', '€ -', '- EUR', '()']) {
      expect([text, isEmptyAmount(text)]).toStrictEqual([text, text !== '--'])
    }
    for (const text of ['0', '12', 'x', 'n/a', 'CR']) {
      expect([text, isEmptyAmount(text)]).toStrictEqual([text, false])
    }
  })
})

interface Style {
  decimal: DecimalMark
  group: string
  wrap: (digits: string, isNegative: boolean) => string
}

const groups = (digits: string, separator: string) =>
  digits.replace(/\B(?=(?:\d{3})+$)/g, separator)

const styles = fc.record<Style>({
  decimal: fc.constantFrom(...decimalMarks),
  group: fc.constantFrom('', 'other', "'", ' ', NBSP, THIN),
  wrap: fc.constantFrom<Style['wrap'][]>(
    (digits, isNegative) => (isNegative ? '-' : '') + digits,
    (digits, isNegative) => digits + (isNegative ? '-' : ''),
    (digits, isNegative) => (isNegative ? `(${digits})` : digits),
    (digits, isNegative) => `€ ${isNegative ? '−' : ''}${digits}`,
    (digits, isNegative) => `${isNegative ? '-' : '+'}${digits} zł`,
  ),
})

const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n })

/** Cents in a style, and as they are read. */
function written(cents: bigint, isNegative: boolean, { decimal, group, wrap }: Style) {
  const digits = cents.toString().padStart(3, '0')
  const separator = group === 'other' ? (decimal === '.' ? ',' : '.') : group
  const text = groups(digits.slice(0, -2), separator) + decimal + digits.slice(-2)
  return { text: wrap(text, isNegative), digits: `${digits.slice(0, -2)}.${digits.slice(-2)}` }
}

describe('every way to write cents', () => {
  it('is read exactly, and proves its decimal mark', () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), styles, (cents, negative, style) => {
        const { text, digits } = written(cents, negative, style)
        expect(readNumber(text, style.decimal)).toMatchObject({ negative, digits })
        expect(detectDecimal([{ line: 2, text }])).toMatchObject({ decimal: style.decimal })
      }),
      { ...seed, numRuns: iterations(3_000, 100_000) },
    )
  })
})

describe('any text', () => {
  it('is read as digits with at most one point, or not at all', () => {
    const noise = fc.string({
      unit: fc.constantFrom(..."0123456789.,'’ -+()€$krCD"),
      maxLength: 16,
    })
    fc.assert(
      fc.property(noise, fc.constantFrom(...decimalMarks), (text, decimal) => {
        const number = readNumber(text, decimal)
        if (!number) return
        expect(number.digits).toMatch(/^\d+(?:\.\d+)?$/)
        expect(number.digits.replace(/\D/g, '').replace(/^0+/, '')).toBe(
          text.replace(/\D/g, '').replace(/^0+/, ''),
        )
      }),
      { ...seed, numRuns: iterations(5_000, 200_000) },
    )
  })
})

const detect = (...texts: string[]) =>
  detectDecimal(texts.map((text, index) => ({ line: index + 2, text })))

describe('the decimal mark of a file', () => {
  it.each([
    [['1.234', '5,00'], ','],
    [['1,234', '500.00'], '.'],
    [['1.234,5'], ','],
    [['0.001'], '.'],
    [['1,00,000'], '.'],
    [['1.234.567'], ','],
    [['12', '-', '13'], '.'],
    [['12,-', '13'], '.'],
    [['x', '1,5', '2,5'], ','],
    [[], '.'],
  ])('of %j is "%s"', (texts, decimal) => {
    expect(detect(...texts)).toMatchObject({ decimal, reason: expect.stringMatching(/\.$/) })
  })

  it('is a question with both readings, where a number could have thousands', () => {
    expect(detect('12', '-1.234', '2.345')).toStrictEqual({
      issue: '"-1.234" on line 3 is -1.234, with a decimal point, or -1234, with a decimal comma.',
      options: ['.', ','],
      lines: [3],
    })
    expect(detect('1,234')).toMatchObject({ options: ['.', ','] })
  })

  it('is none of the question in a currency without cents', () => {
    expect(detectDecimal([{ line: 2, text: '1,200' }], false)).toMatchObject({ decimal: '.' })
    expect(detectDecimal([{ line: 2, text: '1.200' }], false)).toMatchObject({ decimal: ',' })
  })

  it('is a question that names two lines, where they contradict each other', () => {
    expect(detect('12', '2,5', '1.5')).toStrictEqual({
      issue: '"2,5" on line 3 and "1.5" on line 4 have different decimal marks.',
      options: ['.', ','],
      lines: [3, 4],
    })
  })

  it('is a question where most amounts are not numbers', () => {
    expect(detect('x', 'y', '1.5')).toMatchObject({
      issue: 'Most amounts are not numbers, such as "x" on line 2.',
      options: [],
    })
  })

  it('either reads every amount as it was written, or is a question', () => {
    const column = fc.array(fc.tuple(amounts, fc.boolean()), { minLength: 1, maxLength: 20 })
    const digitsOf = fc.constantFrom(0, 2, 3)
    fc.assert(
      fc.property(column, styles, digitsOf, (values, style, cut) => {
        // Whole numbers, cents, and three digits, which look like thousands.
        const cells = values.map(([cents, negative], index) => {
          const { text } = written(cents, negative, { ...style, wrap: (digits) => digits })
          const rewritten = cut === 0 ? text.slice(0, -3) : cut === 2 ? text : `${text}5`
          return { line: index + 2, text: rewritten }
        })
        const found = detectDecimal(cells)
        if ('issue' in found) {
          expect(found.options).toContain(style.decimal)
          return
        }
        for (const { text } of cells) {
          const detected = readNumber(text, found.decimal)
          const right = readNumber(text, style.decimal)
          expect(parseScaled(detected!.digits)).toBe(parseScaled(right!.digits))
        }
      }),
      { ...seed, numRuns: iterations(1_000, 30_000) },
    )
  })
})
