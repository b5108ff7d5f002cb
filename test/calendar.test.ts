import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  FIRST_DATE,
  isCalendarDate,
  LAST_DATE,
  monthEnd,
  monthStart,
} from '../src/lib/calendar.ts'
import { resolvePeriod } from '../src/dashboard/period.ts'
import { iterations } from './support/iterations.ts'
import { enter } from './support/transactions.ts'
import { useApp } from './support/use-app.ts'

const { app, analyst } = useApp()
/** Every day from 1900 to 2200, as PostgreSQL counts them. */
let days: string[]

beforeAll(async () => {
  const found = await app.sql`
    select array_to_json(array_agg(day::date::text order by day)) days
      from generate_series(${FIRST_DATE}::timestamp, ${LAST_DATE}::timestamp, '1 day') day`
  days = found[0]!['days']
})

const pad = (number: number) => String(number).padStart(2, '0')
const anyIndex = () => fc.nat(days.length - 1)

describe('The calendar', () => {
  it('has exactly the days of PostgreSQL from 1900 to 2200', () => {
    const real = new Set(days)
    expect(real.size).toBe(109_938)
    const upTo = (last: number) => Array.from({ length: last + 1 }, (_, n) => pad(n))
    for (let year = 1900; year <= 2200; year++) {
      const texts = upTo(13).flatMap((month) => upTo(32).map((day) => `${year}-${month}-${day}`))
      expect(texts.filter(isCalendarDate)).toEqual(texts.filter((text) => real.has(text)))
    }
  })

  it('accepts one way to write a day', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-+TZ: W/.') }), (text) => {
        if (!/^\d{4}-\d\d-\d\d$/.test(text)) expect(isCalendarDate(text)).toBe(false)
      }),
      { numRuns: 1000 },
    )
    for (const text of ['2026-03-14T00:00:00Z', '2026-03-14\n', '12026-03-14', '２026-03-14']) {
      expect(isCalendarDate(text)).toBe(false)
    }
  })

  it('counts days as PostgreSQL does', () => {
    fc.assert(
      fc.property(anyIndex(), anyIndex(), (a, b) => {
        expect(addDays(days[a]!, b - a)).toBe(days[b])
        expect(daysBetween(days[a]!, days[b]!)).toBe(b - a + 1)
      }),
      { numRuns: 2000 },
    )
  })

  it('has the first and the last day of every month and of its neighbours', async () => {
    const months = await app.sql`
      select first::date::text "first", (first + '1 month - 1 day')::date::text "last"
        from generate_series(${FIRST_DATE}::timestamp, ${LAST_DATE}::timestamp, '1 month') first
       order by first`
    expect(months).toHaveLength(301 * 12)
    for (const [n, { first, last }] of months.entries()) {
      expect([monthStart(first), monthStart(last)]).toEqual([first, first])
      expect([monthEnd(first), monthEnd(last)]).toEqual([last, last])
      const steps = [-25, -12, -1, 1, 11, 12, 400].filter((step) => months[n + step])
      expect(steps.map((step) => monthStart(last, step))).toEqual(
        steps.map((step) => months[n + step]!['first']),
      )
    }
  })
})

describe('A period', () => {
  it.each([
    ['2026-03-14T12:00:00Z', '2025-04-01', '2026-03-31'],
    ['2026-01-01T00:00:00Z', '2025-02-01', '2026-01-31'],
    ['2026-12-31T23:59:59Z', '2026-01-01', '2026-12-31'],
    ['2024-02-29T12:00:00Z', '2023-03-01', '2024-02-29'],
    ['2025-02-28T12:00:00Z', '2024-03-01', '2025-02-28'],
    ['2024-03-31T12:00:00Z', '2023-04-01', '2024-03-31'],
  ])('is at %s by default from %s to %s', async (now, dateFrom, dateTo) => {
    expect(resolvePeriod({}, new Date(now))).toEqual({ dateFrom, dateTo })
    const call = app.with({}, () => new Date(now))
    const { body } = await call('GET', '/v1/dashboard/summary', { token: analyst.token })
    expect(body.period).toEqual({ date_from: dateFrom, date_to: dateTo })
  })
})

type Interval = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** The interval of a day, by another way than the API's. */
function nameOf(date: string, interval: Interval): string {
  const index = days.indexOf(date)
  const month = Number(date.slice(5, 7))
  if (interval === 'day') return date
  // 1900-01-01 was a Monday.
  if (interval === 'week') return String(Math.floor(index / 7))
  if (interval === 'month') return date.slice(0, 7)
  return interval === 'year' ? date.slice(0, 4) : `${date.slice(0, 4)}-${Math.ceil(month / 3)}`
}

describe('Trends', () => {
  it('have one point for each interval of the period, clipped to it, including empty ones', async () => {
    const amounts = new Map([
      ['2023-12-31', 100n],
      ['2024-01-01', 200n],
      ['2024-02-29', 400n],
      ['2024-03-31', 800n],
      ['2024-12-30', 1600n],
    ])
    for (const [date, amount] of amounts) {
      await enter(analyst, { date, amount: String(amount), type: 'income', currency: 'JPY' })
    }
    const near = () =>
      fc.integer({ min: days.indexOf('2023-12-20'), max: days.indexOf('2025-01-10') })
    const intervals = fc.constantFrom<Interval>('day', 'week', 'month', 'quarter', 'year')
    await fc.assert(
      fc.asyncProperty(near(), near(), intervals, async (a, b, interval) => {
        const period = days.slice(Math.min(a, b), Math.max(a, b) + 1)
        const [from, to] = [period[0]!, period.at(-1)!]
        const search = `date_from=${from}&date_to=${to}&currency=JPY&interval=${interval}`
        const { body } = await analyst.get(`/v1/dashboard/trends?${search}`)
        expect(body).toMatchObject({ interval, period: { date_from: from, date_to: to } })
        const expected = [...Map.groupBy(period, (day) => nameOf(day, interval)).values()]
        const income = (group: string[]) =>
          group.reduce((sum, day) => sum + (amounts.get(day) ?? 0n), 0n).toString()
        expect(body.trends).toEqual([
          {
            currency: 'JPY',
            points: expected.map((group) => ({
              date_from: group[0],
              date_to: group.at(-1),
              income: income(group),
              expenses: '0',
              net: income(group),
              count: group.filter((day) => amounts.has(day)).length,
            })),
          },
        ])
      }),
      { numRuns: iterations(25, 60) },
    )
  })

  it('over three centuries have a point for each month', async () => {
    const period = `date_from=${FIRST_DATE}&date_to=${LAST_DATE}&currency=JPY`
    const { body } = await analyst.get(`/v1/dashboard/trends?${period}`)
    expect(body.trends[0].points).toHaveLength(301 * 12)
    expect(body.trends[0].points.at(-1)).toMatchObject({ date_to: LAST_DATE })
  })
})
