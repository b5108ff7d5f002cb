import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  FIRST_DATE,
  LAST_DATE,
  monthEnd,
  monthStart,
  splitByMonths,
} from '../../src/lib/calendar.ts'
import { bucketsOf, intervals } from '../../src/lib/buckets.ts'
import { checkPoints, previousPeriod, resolvePeriod } from '../../src/dashboard/period.ts'
import { everyDay } from '../support/days.ts'

const calendar = everyDay()
const anyIndex = () => fc.nat(calendar.length - 1)

const day = fc
  .integer({ min: 0, max: daysBetween(FIRST_DATE, LAST_DATE) - 1 })
  .map((days) => addDays(FIRST_DATE, days))

const anyPeriod = fc
  .tuple(day, fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 2000 })))
  .map(([dateFrom, days]) => ({ dateFrom, dateTo: addDays(dateFrom, days) }))

const sorted = <T extends { from: string }>(parts: T[]) =>
  parts.toSorted((a, b) => (a.from < b.from ? -1 : 1))

/** Expects parts that follow one another, from the first day of a period to the last. */
function expectWhole(parts: { from: string; to: string }[], from: string, to: string) {
  expect(parts[0]?.from).toBe(from)
  expect(parts.at(-1)?.to).toBe(to)
  // One expectation for all: a call for each of thousands of parts takes seconds.
  const wrong = parts.filter((part, index) => {
    const before = parts[index - 1]
    return part.from > part.to || (before && part.from !== addDays(before.to, 1))
  })
  expect(wrong).toEqual([])
}

describe('The split of a period', () => {
  it('has whole months and the days around them, each day once', () => {
    fc.assert(
      fc.property(anyPeriod, ({ dateFrom, dateTo }) => {
        const { months, days } = splitByMonths({ dateFrom, dateTo })
        const parts = days.map((range) => ({ from: range.dateFrom, to: range.dateTo }))
        if (months) {
          const [from, to] = [months.dateFrom!, months.dateTo!]
          expect([monthStart(from), monthEnd(to)]).toEqual([from, to])
          parts.push({ from, to })
        }
        expectWhole(sorted(parts), dateFrom, dateTo)
        for (const { from, to } of parts.slice(0, days.length)) {
          expect(monthStart(from) === from && monthEnd(to) === to).toBe(false)
        }
      }),
    )
  })

  it('has whole months without an end when the period is open', () => {
    expect(splitByMonths({})).toEqual({
      months: { dateFrom: undefined, dateTo: undefined },
      days: [],
    })
    expect(splitByMonths({ dateFrom: '2026-03-14' })).toEqual({
      months: { dateFrom: '2026-04-01', dateTo: undefined },
      days: [{ dateFrom: '2026-03-14', dateTo: '2026-03-31' }],
    })
    expect(splitByMonths({ dateTo: '2026-03-14' })).toEqual({
      months: { dateFrom: undefined, dateTo: '2026-02-28' },
      days: [{ dateFrom: '2026-03-01', dateTo: '2026-03-14' }],
    })
  })

  it.each(intervals)('has intervals by %s, each day once', (interval) => {
    fc.assert(
      fc.property(anyPeriod, ({ dateFrom, dateTo }) => {
        const buckets = bucketsOf({ dateFrom, dateTo }, interval)
        expectWhole(buckets, dateFrom, dateTo)
        const [first, ...others] = buckets
        expect(first!.start <= dateFrom).toBe(true)
        expect(others.filter(({ start, from: begin }) => start !== begin)).toEqual([])
      }),
    )
  })

  it('has weeks that begin on Monday, and quarters and years of the calendar', () => {
    const starts = (interval: (typeof intervals)[number]) =>
      bucketsOf({ dateFrom: '2025-11-30', dateTo: '2026-01-06' }, interval).map(
        ({ start }) => start,
      )
    expect(intervals).toEqual(['day', 'week', 'month', 'quarter', 'year'])
    const first = calendar.indexOf('2025-11-30')
    expect(starts('day')).toEqual(calendar.slice(first, first + 38))
    expect(starts('week')).toEqual([
      ...['2025-11-24', '2025-12-01', '2025-12-08', '2025-12-15', '2025-12-22', '2025-12-29'],
      '2026-01-05',
    ])
    expect(starts('month')).toEqual(['2025-11-01', '2025-12-01', '2026-01-01'])
    expect(starts('quarter')).toEqual(['2025-10-01', '2026-01-01'])
    expect(starts('year')).toEqual(['2025-01-01', '2026-01-01'])
  })
})

describe('A period', () => {
  const now = new Date('2026-03-14T12:00:00Z')
  it.each([
    [{ dateFrom: '2026-01-15' }, '2026-01-15', '2026-03-31'],
    [{ dateFrom: '2026-03-31' }, '2026-03-31', '2026-03-31'],
    [{ dateFrom: '2026-04-01' }, '2026-04-01', '2027-03-31'],
    [{ dateFrom: '2027-02-10' }, '2027-02-10', '2028-01-31'],
    [{ dateTo: '2024-02-29' }, '2023-03-01', '2024-02-29'],
    [{ dateTo: '2024-02-10' }, '2023-03-01', '2024-02-10'],
    [{ dateFrom: '2024-02-29', dateTo: '2024-02-29' }, '2024-02-29', '2024-02-29'],
  ])('of %j is from %s to %s', (request, dateFrom, dateTo) => {
    expect(resolvePeriod(request, now)).toEqual({ dateFrom, dateTo })
  })

  it('is never empty and contains the dates that were given', () => {
    fc.assert(
      fc.property(
        fc.option(anyIndex(), { nil: undefined }),
        fc.option(anyIndex(), { nil: undefined }),
        anyIndex(),
        (from, to, today) => {
          const request = {
            ...(from !== undefined && { dateFrom: calendar[from]! }),
            ...(to !== undefined && { dateTo: calendar[to]! }),
          }
          const resolve = () => resolvePeriod(request, new Date(`${calendar[today]}T10:00:00Z`))
          if (from !== undefined && to !== undefined && from > to) {
            expect(resolve).toThrow(expect.objectContaining({ code: 'validation_failed' }))
            return
          }
          const period = resolve()
          expect(period).toMatchObject(request)
          expect(period.dateFrom <= period.dateTo).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('has a previous one that ends the day before it and is as long', () => {
    fc.assert(
      fc.property(anyIndex(), fc.nat(4000), (from, length) => {
        const to = Math.min(from + length, calendar.length - 1)
        const period = { dateFrom: calendar[from]!, dateTo: calendar[to]! }
        const whole = period.dateFrom.endsWith('-01') && period.dateTo === monthEnd(period.dateTo)
        fc.pre(!whole)
        const previous = previousPeriod(period)
        expect(addDays(previous.dateTo, 1)).toBe(period.dateFrom)
        expect(daysBetween(previous.dateFrom, previous.dateTo)).toBe(to - from + 1)
      }),
      { numRuns: 1000 },
    )
  })

  it('of whole months has a previous one of as many whole months', () => {
    fc.assert(
      fc.property(anyIndex(), fc.nat(60), (index, months) => {
        const dateFrom = monthStart(calendar[index]!)
        const dateTo = monthEnd(monthStart(dateFrom, months))
        expect(previousPeriod({ dateFrom, dateTo })).toEqual({
          dateFrom: monthStart(dateFrom, -months - 1),
          dateTo: monthEnd(monthStart(dateFrom, -1)),
        })
      }),
    )
    expect(previousPeriod({ dateFrom: '2024-03-01', dateTo: '2024-03-31' })).toEqual({
      dateFrom: '2024-02-01',
      dateTo: '2024-02-29',
    })
    expect(previousPeriod({ dateFrom: '2026-01-01', dateTo: '2026-12-31' })).toEqual({
      dateFrom: '2025-01-01',
      dateTo: '2025-12-31',
    })
  })
})

describe('The points of a trend', () => {
  const from = '2000-01-01'
  const of = (count: number) => ({ dateFrom: from, dateTo: addDays(from, count - 1) })

  // The shortest interval of a kind counts: 28 days, 90 days, 365 days.
  it.each([
    ['day', 4000],
    ['week', 28_000],
    ['month', 112_000],
    ['quarter', 360_000],
    ['year', 1_460_000],
  ] as const)('by %s may cover %i days and no more', (interval, most) => {
    expect(() => checkPoints(of(most), interval)).not.toThrow()
    expect(() => checkPoints(of(most + 1), interval)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ field: 'interval' })],
      }),
    )
  })

  it.each(intervals)('by %s are not refused where there are at most 4,000', (interval) => {
    fc.assert(
      fc.property(anyPeriod, (asked) => {
        if (bucketsOf(asked, interval).length <= 4000) {
          expect(() => checkPoints(asked, interval)).not.toThrow()
        }
      }),
    )
  })
})
