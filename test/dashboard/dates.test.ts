import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  FIRST_DATE,
  isCalendarDate,
  LAST_DATE,
  monthEnd,
  monthStart,
  splitByMonths,
  utcToday,
  weekStart,
} from '../../src/lib/calendar.ts'
import { everyDay } from '../support/days.ts'

const days = everyDay()
const index = fc.nat(days.length - 1)
const real = new Set(days)
const twoDigits = Array.from({ length: 33 }, (_, number) => String(number).padStart(2, '0'))

describe('A date', () => {
  it('can be from 1900 to 2200', () => {
    expect([FIRST_DATE, LAST_DATE]).toEqual([days[0], days.at(-1)])
  })

  it.each([1900, 1904, 2000, 2025, 2026, 2028, 2100, 2200])(
    'is a day that the year %i has',
    (year) => {
      const texts = twoDigits
        .slice(0, 14)
        .flatMap((month) => twoDigits.map((day) => `${year}-${month}-${day}`))
      expect(texts.filter(isCalendarDate)).toEqual(texts.filter((text) => real.has(text)))
    },
  )

  it.each(['2026-3-14', '2026-03-14 ', ' 2026-03-14', '2026-03-14T00:00Z', '+002026-03-14', ''])(
    'is written in one way only, and not as "%s"',
    (text) => expect(isCalendarDate(text)).toBe(false),
  )

  it('has as many days to another as there are in between', () => {
    fc.assert(
      fc.property(index, index, (a, b) => {
        expect(addDays(days[a]!, b - a)).toBe(days[b])
        expect(daysBetween(days[a]!, days[b]!)).toBe(b - a + 1)
      }),
    )
  })

  it('is in a month and in a week that begins on Monday', () => {
    fc.assert(
      fc.property(index, fc.integer({ min: -30, max: 30 }), (at, months) => {
        const date = days[at]!
        const month = date.slice(0, 7)
        expect(monthStart(date)).toBe(`${month}-01`)
        expect(monthEnd(date)).toBe(days.findLast((each) => each.startsWith(month)))
        // 1900-01-01 was a Monday.
        expect(weekStart(date)).toBe(days[at - (at % 7)])
        const number = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
        const year = String(Math.floor(number / 12))
        expect(monthStart(date, months)).toBe(`${year}-${twoDigits[(number % 12) + 1]}-01`)
      }),
    )
  })

  it('is today in UTC, to the last millisecond', () => {
    expect(utcToday(new Date('2026-03-14T23:59:59.999Z'))).toBe('2026-03-14')
    expect(utcToday(new Date('2026-03-15T00:00:00.000Z'))).toBe('2026-03-15')
  })
})

describe('The split of a period into months', () => {
  it.each([
    ['2026-02-01', '2026-02-28', ['2026-02-01', '2026-02-28'], []],
    ['2026-02-01', '2026-02-27', undefined, ['2026-02-01 2026-02-27']],
    ['2026-01-31', '2026-02-01', undefined, ['2026-01-31 2026-02-01']],
    ['2026-01-31', '2026-02-28', ['2026-02-01', '2026-02-28'], ['2026-01-31 2026-01-31']],
    ['2026-02-01', '2026-03-01', ['2026-02-01', '2026-02-28'], ['2026-03-01 2026-03-01']],
  ])('from %s to %s', (dateFrom, dateTo, months, rest) => {
    const split = splitByMonths({ dateFrom, dateTo })
    expect(split.months && [split.months.dateFrom, split.months.dateTo]).toEqual(months)
    expect(split.days.map((each) => `${each.dateFrom} ${each.dateTo}`)).toEqual(rest)
  })
})
