import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accuracyOf } from '../../src/forecast/accuracy.ts'
import { forecastSeries } from '../../src/forecast/forecast-series.ts'
import { widthsOf } from '../../src/forecast/intervals.ts'
import { rangesOf } from '../../src/forecast/ranges.ts'
import { reconcile, splitTotal } from '../../src/forecast/reconcile.ts'
import { seasonalIndices, seasonLikeness } from '../../src/forecast/season.ts'
import { timelineOf } from '../../src/forecast/timeline.ts'

const months = { season: 12, horizon: 12 }
const history = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 3, maxLength: 60 })
const list = (length: number, of: (index: number) => number) =>
  Array.from({ length }, (_, index) => of(index))
const near = (points: readonly number[], expected: readonly number[], tolerance: number) => {
  for (const [step, point] of points.entries()) {
    expect(Math.abs(point - expected[step]!), `step ${step}: ${point}`).toBeLessThanOrEqual(
      tolerance,
    )
  }
}
const noise = (at: number) => ((at * 7919) % 101) - 50

describe('A forecast of a series', () => {
  it('is never negative, never far outside the past, and the same each time', () => {
    fc.assert(
      fc.property(history, (values) => {
        const { points } = forecastSeries(values, months)
        expect(points).toHaveLength(12)
        const [low, high] = [Math.min(...values), Math.max(...values)]
        for (const point of points) {
          expect(point).toBeGreaterThanOrEqual(0)
          expect(point).toBeLessThanOrEqual(high + 5.5 * (high - low) + 1e-6)
        }
        expect(forecastSeries(values, months).points).toEqual(points)
      }),
    )
  })

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(history, (values) => {
        const { points, errors } = forecastSeries(values, months)
        // A power of two changes no digit of a double, but logarithms are rounded.
        const scaled = forecastSeries(
          values.map((value) => value * 1024),
          months,
        )
        near(
          scaled.points.map((point) => point / 1024),
          points,
          1e-3 * Math.max(1, ...values),
        )
        expect(scaled.errors).toHaveLength(errors.length)
      }),
    )
  })

  it('uses no value after an origin in its back-test', () => {
    const values = list(40, (at) => 1000 + 10 * at + noise(at))
    const changed = [...values.slice(0, 39), 99_999]
    const [a, b] = [values, changed].map(
      (each) => forecastSeries(each, { season: 12, horizon: 1 }).errors,
    )
    expect(b!.slice(0, -1)).toEqual(a!.slice(0, -1))
    expect(b!.at(-1)![0]! - a!.at(-1)![0]!).toBeCloseTo(99_999 - values[39]!, 6)
  })

  it.each([3, 12, 24, 36, 60])('of %i equal values is that value, without doubt', (length) => {
    const { points, errors } = forecastSeries(
      list(length, () => 4200),
      months,
    )
    near(
      points,
      list(12, () => 4200),
      1e-6,
    )
    expect(Math.max(...widthsOf(errors, 12, 80).halves)).toBeLessThan(1e-6)
  })

  it('of a season repeats it', () => {
    const season = [10, 20, 30, 40, 50, 60, 70, 60, 50, 40, 30, 200].map((value) => value * 100)
    const { points, seasonal } = forecastSeries(
      list(48, (at) => season[at % 12]!),
      months,
    )
    expect(seasonal).toBe(true)
    near(points, season, 300)
  })

  it('of a growing season grows with it', () => {
    const value = (at: number) =>
      10_000 * 1.01 ** at * (1 + 0.3 * Math.sin((2 * Math.PI * at) / 12))
    const { points } = forecastSeries(list(48, value), months)
    for (const [step, point] of points.entries())
      expect(Math.abs(point / value(48 + step) - 1)).toBeLessThan(0.1)
  })

  it('of a trend goes on, less and less', () => {
    const { points } = forecastSeries(
      list(36, (at) => 1000 + 50 * at),
      months,
    )
    expect(points[0]).toBeGreaterThan(2700)
    expect(points[11]).toBeGreaterThan(points[0]!)
    expect(points[11]).toBeLessThan(1000 + 50 * 48)
  })

  it('hardly moves for one outlier', () => {
    const values = list(36, (at) => 1000 + noise(at))
    values[20] = 50_000
    near(
      forecastSeries(values, months).points,
      list(12, () => 1000),
      2500,
    )
  })

  it('is at the new level after a shift', () => {
    const values = list(36, (at) => (at < 20 ? 1000 : 3000) + noise(at))
    near(
      forecastSeries(values, { season: 12, horizon: 6 }).points,
      list(6, () => 3000),
      500,
    )
  })

  it('of zeros with bursts is near their mean', () => {
    const values = list(48, (at) => ((at * 7919) % 5 === 0 ? 500 : 0))
    const { points } = forecastSeries(values, months)
    const mean = points.reduce((sum, point) => sum + point, 0) / 12
    expect(mean).toBeGreaterThan(40)
    expect(mean).toBeLessThan(220)
  })

  it('uses no seasonal method before two seasons', () => {
    for (const length of [3, 12, 23]) {
      const { seasonal, methods } = forecastSeries(
        list(length, (at) => 100 + at),
        months,
      )
      expect(seasonal).toBe(false)
      expect(methods.filter(({ name }) => /season|winters/.test(name))).toEqual([])
    }
    expect(
      forecastSeries(
        list(24, (at) => 100 + at),
        months,
      ).seasonal,
    ).toBe(true)
  })

  it('has weights that add up to one', () => {
    fc.assert(
      fc.property(history, (values) => {
        const { methods } = forecastSeries(values, months)
        expect(methods.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('An interval', () => {
  const points = list(12, () => 0).map(() => 100_000n)

  it('contains its point, is not negative, and is not narrower at a higher level or a later step', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 50, max: 98 }), (values, level) => {
        const { errors } = forecastSeries(values, months)
        const options = { remaining: 1, floor: 0n }
        const [lower, higher] = [level, level + 1].map((each) =>
          rangesOf(points, errors, { ...options, level: each }),
        )
        for (const [step, { point, low, high }] of lower!.ranges.entries()) {
          expect(low <= point && point <= high && low >= 0n).toBe(true)
          expect(higher!.ranges[step]!.high >= high).toBe(true)
          if (step > 1) expect(high >= lower!.ranges[step - 1]!.high).toBe(true)
        }
      }),
    )
  })

  it.each([
    [3, 80, 50],
    [4, 80, 66],
    [6, 80, 80],
    [6, 99, 80],
    [60, 99, 93],
  ])('from %i values at level %i reaches %i', (length, level, reached) => {
    const { errors } = forecastSeries(
      list(length, (at) => 100 + noise(at)),
      months,
    )
    expect(widthsOf(errors, 12, level).level).toBe(reached)
  })

  it('contains about as many later values as its level says', () => {
    let [inside, count] = [0, 0]
    for (let series = 0; series < 60; series++) {
      const value = (at: number) => {
        const random = Math.sin((series + 1) * 12.9898 + at * 78.233) * 43_758.5453
        return 1000 + 400 * Math.sin((2 * Math.PI * at) / 12) + 200 * (random - Math.floor(random))
      }
      const forecast = forecastSeries(list(48, value), { season: 12, horizon: 6 })
      const { halves } = widthsOf(forecast.errors, 6, 80)
      for (const [step, point] of forecast.points.entries()) {
        count++
        if (Math.abs(value(48 + step) - point) <= halves[step]!) inside++
      }
    }
    expect(inside / count).toBeGreaterThan(0.7)
    expect(inside / count).toBeLessThan(0.95)
  })
})

describe('The accuracy of forecasts', () => {
  it('is their mean absolute error over that of the seasonal naive forecast in the past', () => {
    // Each value is 10 above that of the season before.
    const values = [0, 0, 10, 10, 20, 20, 30, 30]
    expect(accuracyOf(values, [[5, 5], [20]], 2)).toEqual({ origins: 2, mase: 1, benchmarkMase: 1 })
  })

  it('is unknown for a series that never changed', () => {
    expect(accuracyOf([5, 5, 5, 5], [[0]], 2)).toMatchObject({ mase: null, benchmarkMase: null })
  })
})

describe('A season', () => {
  it('has indices that add up to zero', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 24, maxLength: 60 }), (values) => {
        const sum = seasonalIndices(values, 12).reduce((total, index) => total + index, 0)
        expect(Math.abs(sum)).toBeLessThan(1e-3)
      }),
    )
  })

  it('is found as it is where each year is the same', () => {
    const season = [-30, 10, 0, 20]
    const found = seasonalIndices(
      list(16, (at) => 500 + season[at % 4]!),
      4,
    )
    near(found, season, 1e-9)
    expect(
      seasonLikeness(
        list(16, (at) => season[at % 4]!),
        4,
      ),
    ).toBeCloseTo(1)
  })

  it('is like nothing where all values are equal', () => {
    expect(seasonLikeness([7, 7, 7, 7], 2)).toBe(0)
  })
})

const amount = fc.bigInt({ min: 0n, max: 10n ** 20n })

describe('Parts', () => {
  it('add up to their total exactly, each within one unit of its share', () => {
    fc.assert(
      fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 31 }), (total, weights) => {
        const parts = splitTotal(total, weights)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total)
        const whole = weights.reduce((sum, weight) => sum + weight, 0n)
        if (whole === 0n) return
        for (const [index, part] of parts.entries()) {
          const off = part * whole - total * weights[index]!
          expect(off > -whole && off < whole).toBe(true)
        }
      }),
    )
  })

  it('with known amounts keep these wherever the total has room for them', () => {
    const part = fc.record({ known: amount, more: amount })
    fc.assert(
      fc.property(amount, fc.array(part, { minLength: 1, maxLength: 31 }), (total, parts) => {
        const estimates = parts.map(({ known, more }) => known + more)
        const known = parts.map((each) => each.known)
        const split = reconcile(total, estimates, known)
        expect(split.reduce((sum, each) => sum + each, 0n)).toBe(total)
        const certain = known.reduce((sum, each) => sum + each, 0n)
        if (certain > total || parts.every(({ more }) => more === 0n)) return
        for (const [index, each] of split.entries()) expect(each >= known[index]!).toBe(true)
      }),
    )
  })
})

describe('The periods of a forecast', () => {
  it('are the whole months before today, the current one, and those after it', () => {
    const { whole, current, future, remaining } = timelineOf('2026-02-07', 'month')
    expect(whole).toHaveLength(60)
    expect(whole.at(-1)).toMatchObject({ from: '2026-01-01', to: '2026-01-31' })
    expect(current).toMatchObject({ from: '2026-02-01', to: '2026-02-28' })
    expect(future).toHaveLength(12)
    expect(future[0]!.from).toBe('2026-03-01')
    expect(remaining).toBeCloseTo(21 / 28)
  })

  it('are weeks from Monday to Sunday, which have no rest on Sunday', () => {
    const { whole, current, future, remaining } = timelineOf('2026-11-22', 'week')
    expect(whole).toHaveLength(156)
    expect(current).toMatchObject({ from: '2026-11-16', to: '2026-11-22' })
    expect(future.at(-1)!.to).toBe('2027-02-14')
    expect(remaining).toBe(0)
  })
})
