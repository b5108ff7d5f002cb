import { beforeAll, describe, expect, it } from 'vitest'
import { monthEnd, monthStart } from '../../src/lib/calendar.ts'
import type {
  forecastResponse,
  forecastSectionResponse,
} from '../../src/dashboard/forecast.response.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst, viewer } = useApp()

/** The time of the Worker: the middle of a month. */
const NOW = new Date('2026-11-16T12:00:00Z')
const TODAY = '2026-11-16'
const THIS_MONTH = '2026-11-01'
const path = '/v1/dashboard/forecast'

interface Row {
  date: string
  /** In minor units. */
  amount: number
  type?: string
  currency?: string
  category?: string
  payee?: string | null
  deleted?: boolean
}

async function insert(user: User, rows: readonly Row[]): Promise<void> {
  const json = JSON.stringify(
    rows.map((row, index) => ({
      type: 'expense',
      currency: 'EUR',
      category: 'Other',
      payee: null,
      index,
      ...row,
    })),
  )
  await app.sql`
    insert into data.transactions
      (id, user_id, type, amount_minor, currency, category, date, payee, created_by, deleted_at)
    select gen_random_uuid(), ${user.id}::uuid, r.type::data.transaction_type, r.amount, r.currency, r.category,
           r.date, r.payee, ${user.id}::uuid, case when r.deleted then now() end
      from jsonb_to_recordset(${json}::jsonb) r
        (type text, amount bigint, currency text, category text, date date, payee text, deleted boolean)`
}

const months = (count: number) =>
  Array.from({ length: count }, (_, back) => monthStart(THIS_MONTH, back - count))

const at = (now = NOW) => app.with({}, () => now)

type Body = ReturnType<typeof forecastResponse>
type Section = ReturnType<typeof forecastSectionResponse>[number]
type Series = Body['forecasts'][number]['series'][number]

async function forecast(user: User, query = '', now = NOW): Promise<Body> {
  const response = await at(now)('GET', `${path}${query}`, { token: user.token })
  expect(response.status, response.text).toBe(200)
  return response.body
}

const minor = (amount: string) => BigInt(amount.replace('.', ''))
const seriesOf = (body: Body, kind: Series['kind']) =>
  body.forecasts[0]!.series.filter((each) => each.kind === kind)
/** The one series of a kind that has one. */
const theSeries = (body: Body, kind: Series['kind']) => seriesOf(body, kind)[0]!
const balanceOf = (body: Body) => body.forecasts[0]!.balance!
const ofCategory = (body: Body, category: string) =>
  body.forecasts[0]!.series.find((each) => each.category === category)!

/** Two years: salary and rent on fixed days, groceries that vary, heating in winter. */
const household: Row[] = months(30).flatMap((month, index) => [
  { date: month, amount: 95_000, category: 'Rent', payee: 'Landlord' },
  { date: monthEnd(month), amount: 310_000, type: 'income', category: 'Salary', payee: 'Employer' },
  {
    date: `${month.slice(0, 8)}07`,
    amount: 21_000 + ((index * 7919) % 5000),
    category: 'Groceries',
  },
  {
    date: `${month.slice(0, 8)}19`,
    amount: 18_000 + ((index * 104_729) % 4000),
    category: 'Groceries',
  },
  ...(['11', '12', '01', '02'].includes(month.slice(5, 7))
    ? [{ date: `${month.slice(0, 8)}12`, amount: 12_000 + (index % 5) * 1500, category: 'Heating' }]
    : []),
])

let household_: User

beforeAll(async () => {
  household_ = await createUser(app, 'analyst')
  await insert(household_, household)
  await insert(household_, [
    { date: '2026-11-01', amount: 95_000, category: 'Rent', payee: 'Landlord' },
    { date: '2026-11-07', amount: 22_222, category: 'Groceries' },
    { date: '2026-11-08', amount: 777_777, category: 'Groceries', deleted: true },
    { date: '2199-12-31', amount: 999_999, category: 'Groceries' },
    { date: '1900-01-01', amount: 100, type: 'income', category: 'Gift' },
  ])
})

describe('A forecast', () => {
  it('has a point with an interval for each period after the current one', async () => {
    const body = await forecast(household_)
    expect(body).toMatchObject({
      scope: 'own',
      as_of: TODAY,
      interval: 'month',
      by: 'total',
      horizon: 6,
      level: 80,
    })
    expect(body.current_period).toEqual({ date_from: '2026-11-01', date_to: '2026-11-30' })
    const net = theSeries(body, 'net')
    expect(net.points.map((point) => point.date_from)).toEqual([
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
      '2027-03-01',
      '2027-04-01',
      '2027-05-01',
    ])
    expect(net.level_reached).toBe(80)
    expect(net.backtest.origins).toBeGreaterThan(5)
    expect(body.forecasts).toHaveLength(1)
  })

  it('lays out recurring payments on their dates', async () => {
    const body = await forecast(household_, '?by=category')
    const find = (category: string) => ofCategory(body, category)
    for (const { amount, recurring } of find('Rent').points)
      expect([amount, recurring]).toEqual(['950.00', '950.00'])
    for (const { amount } of find('Salary').points) expect(amount).toBe('3100.00')
    expect(find('Rent').recurring_streams).toBe(1)
    // Paid on the first, so nothing more is expected of this month.
    expect(find('Rent').current).toMatchObject({ actual: '950.00', amount: '950.00' })
    expect(find('Salary').current).toMatchObject({ actual: '0.00', amount: '3100.00' })
    expect(find('Groceries').recurring_streams).toBe(0)
  })

  it('expects more of heating in winter than in spring', async () => {
    const body = await forecast(household_, '?by=category&horizon=12')
    const heating = ofCategory(body, 'Heating')
    const of = (month: string) =>
      Number(heating.points.find((point) => point.date_from.slice(5, 7) === month)!.amount)
    expect(of('01')).toBeGreaterThan(80)
    expect(of('06')).toBeLessThan(of('01') / 4)
  })

  it('adds up: categories to types, types to the net, and the net to the balance', async () => {
    const body = await forecast(household_, '?by=category&horizon=12')
    const balance = balanceOf(body)
    const { series } = body.forecasts[0]!
    const net = theSeries(body, 'net')
    const pick = (each: Pick<Series, 'points' | 'current'> | typeof balance, step: number) =>
      minor((step === 0 ? each.current : each.points[step - 1]!).amount)
    let expected = minor(balance.opening)
    for (let step = 0; step <= 12; step++) {
      const sumOf = (type: string) =>
        series
          .filter((each) => each.type === type && each.kind !== type)
          .reduce((sum, each) => sum + pick(each, step), 0n)
      const [income, expense] = [
        pick(theSeries(body, 'income'), step),
        pick(theSeries(body, 'expense'), step),
      ]
      expect([sumOf('income'), sumOf('expense')]).toEqual([income, expense])
      expect(pick(net, step)).toBe(income - expense)
      expected += income - expense
      expect(pick(balance, step)).toBe(expected)
    }
  })

  it('tells the current period apart: recorded so far, and expected as a whole', async () => {
    const expense = theSeries(await forecast(household_, '?by=type'), 'expense')
    expect(expense.current.actual).toBe('1172.22')
    expect(minor(expense.current.amount)).toBeGreaterThan(minor(expense.current.actual))
    const last = theSeries(
      await forecast(household_, '?by=type', new Date('2026-11-30T20:00:00Z')),
      'expense',
    )
    expect(last.current).toMatchObject({
      actual: '1172.22',
      amount: '1172.22',
      low: '1172.22',
      high: '1172.22',
    })
  })

  it('begins the balance with all that is recorded until the current period', async () => {
    const balance = balanceOf(await forecast(household_))
    const rows = household.reduce(
      (sum, { type, amount }) => sum + (type === 'income' ? amount : -amount),
      0,
    )
    expect(minor(balance.opening)).toBe(BigInt(rows + 100))
    expect(minor(balance.recorded)).toBe(BigInt(rows + 100 - 95_000 - 22_222))
  })

  it('does not depend on how many periods are requested', async () => {
    const short = theSeries(await forecast(household_, '?horizon=1'), 'net')
    const long = theSeries(await forecast(household_, '?horizon=12'), 'net')
    expect(short).toEqual({ ...long, points: long.points.slice(0, 1) })
  })

  it('is the same as a section of the dashboard, for three months', async () => {
    const { body } = await at()('GET', '/v1/dashboard?include=forecast', {
      token: household_.token,
    })
    const full = await forecast(household_, '?by=type&horizon=3')
    const [section] = body.forecast as Section[]
    const net = theSeries(full, 'net')
    expect(
      section!.points.map((point) => [point.date_from, point.net, point.net_low, point.net_high]),
    ).toEqual(net.points.map((point) => [point.date_from, point.amount, point.low, point.high]))
    expect(section!.points.map((point) => point.balance)).toEqual(
      full.forecasts[0]!.balance!.points.map((point) => point.amount),
    )
    expect(section!.backtest).toEqual(net.backtest)
  })

  it('is withheld from a viewer', async () => {
    expect((await viewer.get(path)).status).toBe(403)
    const { body } = await viewer.get('/v1/dashboard?include=forecast')
    expect(body).not.toHaveProperty('forecast')
    expect(body.withheld).toEqual([{ section: 'forecast', required_role: 'analyst' }])
  })

  it('is of other users for admins only', async () => {
    expect((await analyst.get(`${path}?user_id=${household_.id}`)).status).toBe(404)
    expect((await analyst.get(`${path}?scope=all`)).status).toBe(404)
    const own = await forecast(household_, '?by=category')
    const theirs = await forecast(admin, `?by=category&user_id=${household_.id}`)
    expect(theirs.forecasts).toEqual(own.forecasts)
    expect(theirs).toMatchObject({ scope: 'user', user_id: household_.id })
    const everyone = await forecast(admin, '?scope=all&currency=EUR')
    expect(everyone.scope).toBe('all')
    expect(everyone.forecasts[0]!.periods).toBeGreaterThanOrEqual(30)
  })

  it('lays out no recurring payment that was dismissed', async () => {
    const user = await createUser(app, 'analyst')
    await insert(user, household)
    const rent = async () => ofCategory(await forecast(user, '?by=category'), 'Rent')
    expect((await rent()).recurring_streams).toBe(1)
    const listed = await at()('GET', '/v1/recurring', { token: user.token })
    const stream = listed.body.data.find((each: { payee: string }) => each.payee === 'Landlord')
    const response = await at()('PUT', `/v1/recurring/${stream.key}`, {
      token: user.token,
      json: { status: 'dismissed' },
    })
    expect(response.status, response.text).toBe(200)
    expect((await rent()).recurring_streams).toBe(0)
    // Adjusted to the total of all expenses, like any other category.
    expect(Number((await rent()).points[0]!.amount)).toBeCloseTo(950, -2)
  })

  it('counts weeks from Monday', async () => {
    const body = await forecast(household_, '?interval=week&by=type&horizon=2')
    expect(body.current_period).toEqual({ date_from: '2026-11-16', date_to: '2026-11-22' })
    const net = theSeries(body, 'net')
    expect(net.points.map((point) => point.date_from)).toEqual(['2026-11-23', '2026-11-30'])
    const balance = balanceOf(body)
    const rows = household.reduce(
      (sum, { type, amount }) => sum + (type === 'income' ? amount : -amount),
      0,
    )
    expect(minor(balance.opening)).toBe(BigInt(rows + 100 - 95_000 - 22_222))
  })
})

describe('No forecast', () => {
  const reason = async (user: User, query = '') => (await forecast(user, query)).forecasts[0]

  it('is made of fewer than three whole periods, and the response says so', async () => {
    const user = await createUser(app, 'analyst')
    expect((await forecast(user)).forecasts).toEqual([])
    await insert(user, [{ date: '2026-11-03', amount: 500 }])
    expect(await reason(user)).toMatchObject({
      periods: 0,
      reason: { code: 'too_few_periods' },
      series: [],
      balance: null,
    })
    await insert(user, [{ date: '2026-09-30', amount: 500 }])
    expect(await reason(user)).toMatchObject({
      periods: 2,
      reason: { code: 'too_few_periods', message: expect.stringContaining('2 whole months') },
    })
    await insert(user, [{ date: '2026-08-01', amount: 500 }])
    const three = await reason(user)
    expect(three).toMatchObject({ periods: 3, reason: null })
    expect(three?.series[0]).toMatchObject({ seasonal: false, level_reached: 50 })
  })

  it('is made of a currency that was never used', async () => {
    expect(await reason(household_, '?currency=CHF&by=category')).toEqual({
      currency: 'CHF',
      periods: 0,
      series: [],
      balance: null,
      reason: {
        code: 'no_transactions',
        message: 'No transactions in CHF on or before 2026-11-30.',
      },
    })
  })

  it('is made of records that are all older than what is read, or later', async () => {
    const user = await createUser(app, 'analyst')
    await insert(user, [
      { date: '1900-01-01', amount: 500 },
      { date: '2200-12-31', amount: 500, currency: 'USD' },
    ])
    const { forecasts } = await forecast(user)
    expect(forecasts).toHaveLength(1)
    expect(forecasts[0]).toMatchObject({
      currency: 'EUR',
      reason: { code: 'no_recent_transactions' },
    })
  })
})

describe('Large and unusual amounts', () => {
  it('add up exactly beyond 2^53', async () => {
    const user = await createUser(app, 'analyst')
    const most = 999_999_999_999_999
    await insert(
      user,
      months(14).flatMap((date) =>
        Array.from({ length: 20 }, (_, index) => ({
          date,
          amount: most - index,
          type: 'income',
          category: `C${index % 3}`,
        })),
      ),
    )
    const body = await forecast(user, '?by=category')
    const total = 14n * (20n * BigInt(most) - 190n)
    expect(minor(balanceOf(body).opening)).toBe(total)
    const income = theSeries(body, 'income')
    const parts = seriesOf(body, 'category')
    expect(parts.reduce((sum, each) => sum + minor(each.points[0]!.amount), 0n)).toBe(
      minor(income.points[0]!.amount),
    )
  })

  it('have the digits of their currency', async () => {
    const user = await createUser(app, 'analyst')
    await insert(
      user,
      months(6).flatMap((date, index) => [
        { date, amount: 1000 + index, currency: 'JPY' },
        { date, amount: 1234, currency: 'KWD' },
        { date, amount: 1234, currency: 'KWD', category: 'B' },
      ]),
    )
    const body = await forecast(user, '?by=category')
    expect(body.forecasts.map(({ currency }) => currency)).toEqual(['KWD', 'JPY'])
    expect(body.forecasts[0]!.series[0]!.points[0]!.amount).toBe('-2.468')
    expect(body.forecasts[1]!.series[0]!.points[0]!.amount).toMatch(/^-\d{4}$/)
  })

  it('are shown for thirty categories, and for the others together', async () => {
    const user = await createUser(app, 'analyst')
    await insert(
      user,
      months(4).flatMap((date) =>
        Array.from({ length: 40 }, (_, index) => ({
          date,
          amount: 1000 + index,
          category: `C${index}`,
        })),
      ),
    )
    const body = await forecast(user, '?by=category')
    expect(seriesOf(body, 'category')).toHaveLength(30)
    const others = theSeries(body, 'other_categories')
    expect(others.type).toBe('expense')
    expect(others).not.toHaveProperty('category')
    expect(Number(others.points[0]!.amount)).toBeCloseTo(100.45, 0)
  })
})

describe('A parameter of a forecast', () => {
  it.each([
    'horizon=0',
    'horizon=13',
    'horizon=1e3',
    'horizon=1.5',
    'horizon=',
    'level=49',
    'level=100',
    'level=80.5',
    'currency=XXQ',
    'currency=eur',
    'interval=day',
    'by=payee',
    'interval=week&by=category',
    'unknown=1',
    'user_id=1',
    'scope=everyone',
  ])('is refused where it is invalid: %s', async (query) => {
    const response = await analyst.get(`${path}?${query}`)
    expect(response.status).toBe(422)
    expect(response.body.code).toBe('validation_failed')
  })

  it('makes intervals wider the higher the level is, as far as the history goes', async () => {
    const widths = []
    for (const level of [50, 80, 99]) {
      const net = theSeries(await forecast(household_, `?level=${level}`), 'net')
      expect(net.level_reached).toBeLessThanOrEqual(level)
      widths.push(minor(net.points[0]!.high) - minor(net.points[0]!.low))
      if (level === 99) expect(net.level_reached).toBeLessThan(99)
    }
    expect(widths[0]).toBeLessThanOrEqual(widths[1]!)
    expect(widths[1]).toBeLessThanOrEqual(widths[2]!)
  })
})
