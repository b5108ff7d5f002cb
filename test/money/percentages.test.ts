import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changePercent, shares } from '../../src/lib/money/percentages.ts'

const amount = fc.oneof(
  fc.bigInt(0n, 10n ** 15n),
  fc.bigInt(0n, 100n),
  fc.constantFrom(0n, 1n, 33n, 10n ** 18n),
)
const signed = fc.bigInt(-(10n ** 18n), 10n ** 18n)

/** "12.34" in hundredths. */
const hundredths = (text: string) => {
  expect(text).toMatch(/^-?(0|[1-9]\d*)\.\d{2}$/)
  return BigInt(text.replace('.', ''))
}
const absolute = (value: bigint) => (value < 0n ? -value : value)

describe('Shares', () => {
  it('add up to exactly 100.00', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0n)
        const sum = shares(parts)
          .map(hundredths)
          .reduce((a, b) => a + b, 0n)
        expect(sum).toBe(whole === 0n ? 0n : 10_000n)
      }),
      { numRuns: 500 },
    )
  })

  it('are less than 0.01 away from the exact share', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0n)
        fc.pre(whole > 0n)
        for (const [index, share] of shares(parts).map(hundredths).entries()) {
          expect(absolute(share * whole - parts[index]! * 10_000n)).toBeLessThan(whole)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keep the order of the parts, and a part of zero has no share', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 2, maxLength: 40 }), (parts) => {
        const percents = shares(parts).map(hundredths)
        for (const [i, a] of parts.entries()) {
          if (a === 0n) expect(percents[i]).toBe(0n)
          for (const [j, b] of parts.entries()) {
            if (a > b) expect(percents[i]).toBeGreaterThanOrEqual(percents[j]!)
          }
        }
      }),
    )
  })

  it.each([
    [[], []],
    [
      [0n, 0n],
      ['0.00', '0.00'],
    ],
    [[5n], ['100.00']],
    [
      [1n, 1n, 1n],
      ['33.34', '33.33', '33.33'],
    ],
    [
      [1n, 2n],
      ['33.33', '66.67'],
    ],
    [
      [1n, 99_999_999n],
      ['0.00', '100.00'],
    ],
    [
      Array.from({ length: 7 }, () => 1n),
      ['14.29', '14.29', '14.29', '14.29', '14.28', '14.28', '14.28'],
    ],
  ])('of %s are %s', (parts, percents) => {
    expect(shares(parts)).toEqual(percents)
  })
})

describe('A change in percent', () => {
  /** |change| in hundredths of a percent is the only integer within half a unit, away from zero. */
  it('is the nearest hundredth of the exact quotient, half away from zero', () => {
    fc.assert(
      fc.property(signed, signed, (from, to) => {
        fc.pre(from !== 0n)
        const percent = hundredths(changePercent(from, to)!)
        const base = absolute(from)
        const exact = (to - from) * 10_000n
        const sign = exact < 0n ? -1n : 1n
        const error = 2n * (absolute(percent) * base - absolute(exact))
        expect(error).toBeGreaterThan(-base)
        expect(error).toBeLessThanOrEqual(base)
        if (percent !== 0n) expect(percent < 0n ? -1n : 1n).toBe(sign)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [100n, 100n, '0.00'],
    [100n, 150n, '50.00'],
    [100n, 0n, '-100.00'],
    [-100n, 0n, '100.00'],
    [-100n, -150n, '-50.00'],
    [-50n, 50n, '200.00'],
    [3n, 4n, '33.33'],
    [3n, 2n, '-33.33'],
    [3n, 5n, '66.67'],
    [20_000n, 20_001n, '0.01'],
    [20_000n, 19_999n, '-0.01'],
    [20_001n, 20_002n, '0.00'],
    [20_001n, 20_000n, '0.00'],
    [0n, 100n, null],
    [0n, 0n, null],
  ])('from %s to %s is %s', (from, to, percent) => {
    expect(changePercent(from, to)).toBe(percent)
  })
})
