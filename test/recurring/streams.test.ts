import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { expectedPayments, findStreams } from '../../src/recurring/stream.ts'
import { everyDays, monthDays, row, today, workday } from './payments.ts'

const rowsOf = (dates: readonly string[], amount: number | ((index: number) => number) = 1299) =>
  dates.map((date, index) => row(date, typeof amount === 'number' ? amount : amount(index)))

describe('A stream is found', () => {
  it.each([
    ['weekly', everyDays(7, 10), 'weekly'],
    ['fortnightly', everyDays(14, 10), 'fortnightly'],
    ['monthly', monthDays(12, 6), 'monthly'],
    ['on the 31st or the last of a month', monthDays(31, 14, 1, '2026-10'), 'monthly'],
    ['on the 29th, and the 28th of February', monthDays(29, 12, 1, '2026-10'), 'monthly'],
    ['on the first working day from the 12th', monthDays(12, 14).map(workday), 'monthly'],
    ['every 30 days', everyDays(30, 14), 'monthly'],
    ['every four weeks', everyDays(28, 14), 'monthly'],
    ['quarterly', monthDays(5, 5, 3), 'quarterly'],
    ['yearly', monthDays(5, 2, 12), 'yearly'],
  ])('for payments %s', (_what, dates, cadence) => {
    const streams = findStreams(rowsOf(dates), today)
    expect(streams).toHaveLength(1)
    expect(streams[0]).toMatchObject({ cadence, amount: 1299n, state: 'active' })
    expect(streams[0]!.transactions).toHaveLength(dates.length)
  })

  it('although a payment was missed, and another one was made twice', () => {
    const dates = monthDays(12, 14).filter((_, index) => index !== 5)
    const rows = rowsOf([...dates, dates[8]!])
    expect(findStreams(rows, today)).toMatchObject([
      { cadence: 'monthly', transactions: rows.map(() => ({})) },
    ])
  })

  it('once, at the latest price, for a subscription that got dearer twice', () => {
    const price = (index: number) => (index < 8 ? 1299 : index < 16 ? 1499 : 1999)
    const [stream, ...others] = findStreams(rowsOf(monthDays(4, 20), price), today)
    expect(others).toEqual([])
    expect(stream).toMatchObject({ amount: 1999n, low: 1999n, high: 1999n })
    expect(stream!.transactions).toHaveLength(20)
  })

  it('twice for two subscriptions at one payee, on the same day or on another', () => {
    for (const day of [4, 17]) {
      const rows = [...rowsOf(monthDays(4, 12), 999), ...rowsOf(monthDays(day, 12), 1499)]
      const streams = findStreams(rows, today)
      expect(streams.map(({ amount }) => amount).toSorted()).toEqual([1499n, 999n])
      expect(streams.every(({ cadence }) => cadence === 'monthly')).toBe(true)
      expect(new Set(streams.map(({ key }) => key)).size).toBe(2)
    }
  })

  it('with a wider range and less confidence where amounts vary', () => {
    const dates = monthDays(8, 18)
    const [fixed] = findStreams(rowsOf(dates, 9500), today)
    const [varied] = findStreams(
      rowsOf(dates, (index) => 7100 + 900 * ((index * 5) % 11)),
      today,
    )
    expect(varied!.confidence).toBeLessThan(fixed!.confidence)
    expect(varied!.high - varied!.low).toBeGreaterThan(5000n)
  })

  it('among other payments to the same payee', () => {
    const others = Array.from({ length: 40 }, (_, index) =>
      row(addDays('2024-12-01', (index * 5171) % 720), 1500 + ((index * 7919) % 9000)),
    )
    const rows = [...rowsOf(monthDays(9, 20), 899), ...others]
    const streams = findStreams(rows, today)
    expect(streams).toMatchObject([{ cadence: 'monthly', amount: 899n }])
    expect(streams[0]!.transactions.length).toBeGreaterThanOrEqual(20)
  })

  it.each([
    [
      'a payee in different case, with accents and numbers',
      ['Café Zoë 1', 'CAFE ZOE 22', 'café zoë'],
    ],
    ['a payee in full-width letters', ['ＮＥＴ film', 'NET film', 'Net Film']],
    ['a payee of emoji', ['🎬🍿', '🎬🍿', '🎬🍿']],
    ['a payee of digits only', ['4711', '4711', '4711']],
    ['a payee of combining marks and joiners', ['e\u0301\u200d', 'é\u200d', 'É\u200d']],
  ])('under one name: %s', (_what, payees) => {
    const rows = monthDays(12, 9).map((date, index) =>
      row(date, 999, { payee: payees[index % 3]! }),
    )
    expect(findStreams(rows, today)).toHaveLength(1)
  })

  it('by category and notes where there is no payee, whatever month the notes name', () => {
    const rows = monthDays(1, 8).map((date) =>
      row(date, 90_000, { payee: null, category: 'Rent', notes: `Rent ${date.slice(0, 7)}` }),
    )
    expect(findStreams(rows, today)).toMatchObject([{ category: 'Rent', payee: null }])
  })

  it('with amounts at the limit of digits, exactly', () => {
    const rows = rowsOf(monthDays(1, 8), 999_999_999_999_999)
    expect(findStreams(rows, today)).toMatchObject([{ amount: 999_999_999_999_999n }])
  })

  it('for each user, currency and type of its own', () => {
    const dates = monthDays(3, 6)
    const rows = [
      ...dates.map((date) => row(date, 500)),
      ...dates.map((date) => row(date, 500, { currency: 'USD' })),
      ...dates.map((date) => row(date, 500, { type: 'income' })),
      ...dates.map((date) => row(date, 500, { user_id: '0198c2a4-0000-7000-8000-000000000009' })),
    ]
    const streams = findStreams(rows, today)
    expect(streams).toHaveLength(4)
    expect(new Set(streams.map(({ key }) => key)).size).toBe(4)
  })
})

describe('No stream is found', () => {
  it.each([
    ['an empty account', []],
    ['one row', [row(today, 100)]],
    ['two rows a month apart', rowsOf(monthDays(4, 2))],
    ['many payments on one day', rowsOf(Array.from({ length: 50 }, () => today))],
    ['payments every day', rowsOf(everyDays(1, 200), (index) => 300 + ((index * 37) % 90))],
    ['dates at 1900 and 2200', rowsOf(['1900-01-01', '2200-12-31'])],
  ])('in %s', (_what, rows) => {
    expect(findStreams(rows, today)).toEqual([])
  })

  it('in a weekly shopping of varying amounts', () => {
    const rows = rowsOf(everyDays(7, 60), (index) => 4400 + ((index * 6007) % 6800))
    expect(findStreams(rows, today)).toEqual([])
  })
})

describe('The state of a stream', () => {
  const stateAfter = (days: number) => {
    const dates = monthDays(4, 8)
    return findStreams(rowsOf(dates), addDays(dates.at(-1)!, days))[0]!
  }

  it('is active until some days after the due day, then late, then ended', () => {
    expect(stateAfter(0)).toMatchObject({ state: 'active', nextDate: '2026-12-04' })
    expect(stateAfter(34)).toMatchObject({ state: 'active', nextDate: '2026-12-04' })
    expect(stateAfter(45)).toMatchObject({ state: 'late', nextDate: '2026-12-04' })
    expect(stateAfter(90)).toMatchObject({ state: 'ended', nextDate: null })
  })
})

describe('The expected payments of a stream', () => {
  it('fall on the days of its schedule, the ends of short months included', () => {
    const [stream] = findStreams(rowsOf(monthDays(31, 14, 1, '2026-10')), today)
    const expected = expectedPayments(stream!, '2026-12-01', '2027-03-31')
    expect(expected.map(({ date }) => date)).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
    ])
    expect(expected.every(({ amount }) => amount === 1299n)).toBe(true)
  })

  it('are none for one that ended, was dismissed, or in a period before', () => {
    const [stream] = findStreams(rowsOf(monthDays(4, 8)), today)
    const [ended] = findStreams(rowsOf(monthDays(4, 8, 1, '2026-05')), today)
    expect(expectedPayments(ended!, '2026-01-01', '2027-12-31')).toEqual([])
    const dismissed = { ...stream!, status: 'dismissed' as const }
    expect(expectedPayments(dismissed, '2026-01-01', '2027-12-31')).toEqual([])
    expect(expectedPayments(stream!, '2026-01-01', '2026-11-30')).toEqual([])
  })
})
