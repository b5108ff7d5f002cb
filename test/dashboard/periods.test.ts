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
import { bucketsOf, intervals } from '../../src/dashboard/period.ts'

const day = fc
  .integer({ min: 0, max: daysBetween(FIRST_DATE, LAST_DATE) - 1 })
  .map((days) => addDays(FIRST_DATE, days))

const period = fc
  .tuple(day, fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 2000 })))
  .map(([dateFrom, days]) => ({ dateFrom, dateTo: addDays(dateFrom, days) }))

const sorted = <T extends { from: string }>(parts: T[]) =>
  parts.toSorted((a, b) => (a.from < b.from ? -1 : 1))

/** Expects parts that follow one another, from the first day of a period to the last. */
function expectWhole(parts: { from: string; to: string }[], from: string, to: string) {
  expect(parts[0]?.from).toBe(from)
  expect(parts.at(-1)?.to).toBe(to)
  for (const [index, part] of parts.entries()) {
    expect(part.from <= part.to, `${part.from} to ${part.to}`).toBe(true)
    if (index > 0) expect(part.from).toBe(addDays(parts[index - 1]!.to, 1))
  }
}

describe('The split of a period', () => {
  it('has whole months and the days around them, each day once', () => {
    fc.assert(
      fc.property(period, ({ dateFrom, dateTo }) => {
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
      fc.property(period, ({ dateFrom, dateTo }) => {
        const buckets = bucketsOf({ dateFrom, dateTo }, interval)
        expectWhole(buckets, dateFrom, dateTo)
        const [first, ...others] = buckets
        expect(first!.start <= dateFrom).toBe(true)
        for (const { start, from } of others) expect(start).toBe(from)
      }),
    )
  })

  it('has weeks that begin on Monday, and quarters and years of the calendar', () => {
    const starts = (interval: (typeof intervals)[number]) =>
      bucketsOf({ dateFrom: '2025-11-30', dateTo: '2026-01-06' }, interval).map(
        ({ start }) => start,
      )
    expect(starts('week')).toEqual([
      ...['2025-11-24', '2025-12-01', '2025-12-08', '2025-12-15', '2025-12-22', '2025-12-29'],
      '2026-01-05',
    ])
    expect(starts('month')).toEqual(['2025-11-01', '2025-12-01', '2026-01-01'])
    expect(starts('quarter')).toEqual(['2025-10-01', '2026-01-01'])
    expect(starts('year')).toEqual(['2025-01-01', '2026-01-01'])
  })
})
