import { beforeAll, describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst, viewer } = useApp()

const year = 'date_from=2026-01-01&date_to=2026-12-31'

beforeAll(async () => {
  const income = { type: 'income', category: 'Salary' } as const
  for (const [date, amount] of [
    ['2026-01-28', '3000'],
    ['2026-03-01', '3200.50'],
  ] as const) {
    await enter(analyst, { ...income, date, amount })
  }
  await enter(analyst, { date: '2026-01-31', amount: '700', category: 'Rent' })
  await enter(analyst, { date: '2026-03-01', amount: '99.99', category: 'Groceries' })
  await enter(analyst, { date: '2026-03-31', amount: '0.01', category: 'Groceries' })
  await enter(analyst, { date: '2025-12-31', amount: '500', category: 'Rent' })
  await enter(analyst, { date: '2026-03-10', amount: '1000', currency: 'JPY', category: 'Travel' })
  await enter(admin, { user_id: viewer.id, date: '2026-02-02', amount: '5' })
})

describe('The dashboard', () => {
  it('adds up each currency separately', async () => {
    const { body } = await analyst.get(`/v1/dashboard?${year}`)
    expect(body.totals).toEqual([
      { currency: 'EUR', income: '6200.50', expenses: '800.00', net: '5400.50', count: 5 },
      { currency: 'JPY', income: '0', expenses: '1000', net: '-1000', count: 1 },
    ])
    const one = await analyst.get(`/v1/dashboard?${year}&currency=CHF`)
    expect(one.body.totals).toEqual([
      { currency: 'CHF', income: '0.00', expenses: '0.00', net: '0.00', count: 0 },
    ])
  })

  it('gives a viewer totals and recent transactions, and names the withheld sections', async () => {
    const { body } = await viewer.get(`/v1/dashboard?${year}`)
    expect(body.totals[0]).toMatchObject({ expenses: '5.00', count: 1 })
    expect(body.recent).toHaveLength(1)
    expect(body.scope).toBe('own')
    const forAnalysts = ['categories', 'trends', 'comparison', 'insights']
    for (const section of [...forAnalysts, 'users']) {
      expect(body).not.toHaveProperty(section)
    }
    expect(body.withheld).toEqual([
      ...forAnalysts.map((section) => ({ section, required_role: 'analyst' })),
      { section: 'users', required_role: 'admin' },
    ])
  })

  it('gives an analyst every section except users', async () => {
    const { body } = await analyst.get(`/v1/dashboard?${year}`)
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['categories', 'trends', 'comparison', 'insights']),
    )
    expect(body.withheld).toEqual([{ section: 'users', required_role: 'admin' }])
  })

  it('has a forecast and anomalies on request, for analysts', async () => {
    const { body } = await analyst.get(`/v1/dashboard?${year}`)
    expect(Object.keys(body)).not.toContain('forecast')
    expect(Object.keys(body)).not.toContain('anomalies')
    const asked = `/v1/dashboard?${year}&include=forecast,anomalies`
    const { body: requested } = await analyst.get(asked)
    expect(Object.keys(requested)).toEqual(expect.arrayContaining(['forecast', 'anomalies']))
    expect((await viewer.get(asked)).body.withheld).toEqual([
      { section: 'forecast', required_role: 'analyst' },
      { section: 'anomalies', required_role: 'analyst' },
    ])
  })

  it('gives an admin a section for each user', async () => {
    const { body } = await admin.get(`/v1/dashboard?${year}&scope=all`)
    expect(body.withheld).toEqual([])
    expect(body.scope).toBe('all')
    expect(body.totals[0]).toMatchObject({ currency: 'EUR', expenses: '805.00', count: 6 })
    const rows = body.users.map((row: { user_id: string; currency: string; net: string }) => [
      row.user_id,
      row.currency,
      row.net,
    ])
    expect(rows).toEqual([
      [analyst.id, 'EUR', '5400.50'],
      [analyst.id, 'JPY', '-1000'],
      [viewer.id, 'EUR', '-5.00'],
    ])
  })

  it('of one user is what that user sees', async () => {
    const { body } = await admin.get(`/v1/dashboard?${year}&user_id=${analyst.id}`)
    expect(body).toMatchObject({ scope: 'user', user_id: analyst.id })
    const own = await analyst.get(`/v1/dashboard?${year}`)
    expect(body.totals).toEqual(own.body.totals)
    expect(body.trends).toEqual(own.body.trends)
  })

  it('has the requested sections, and withholds those that the role lacks', async () => {
    const { body } = await viewer.get('/v1/dashboard?include=recent,trends')
    expect(body).not.toHaveProperty('totals')
    expect(body).toHaveProperty('recent')
    expect(body.withheld).toEqual([{ section: 'trends', required_role: 'analyst' }])
  })

  it('has shares that add up to one hundred percent within a currency and a type', async () => {
    const { body } = await analyst.get(`/v1/dashboard/categories?${year}&currency=EUR`)
    expect(body.categories).toEqual([
      {
        currency: 'EUR',
        type: 'income',
        category: 'Salary',
        total: '6200.50',
        count: 2,
        share_percent: '100.00',
      },
      {
        currency: 'EUR',
        type: 'expense',
        category: 'Rent',
        total: '700.00',
        count: 1,
        share_percent: '87.50',
      },
      {
        currency: 'EUR',
        type: 'expense',
        category: 'Groceries',
        total: '100.00',
        count: 2,
        share_percent: '12.50',
      },
    ])
  })

  it('compares a period with the previous one', async () => {
    const query = 'date_from=2026-01-01&date_to=2026-01-31&currency=EUR'
    const { body } = await analyst.get(`/v1/dashboard?${query}&include=comparison,insights`)
    expect(body.previous_period).toEqual({ date_from: '2025-12-01', date_to: '2025-12-31' })
    expect(body.comparison).toEqual([
      {
        currency: 'EUR',
        current: { income: '3000.00', expenses: '700.00', net: '2300.00', count: 2 },
        previous: { income: '0.00', expenses: '500.00', net: '-500.00', count: 1 },
        change_percent: { income: null, expenses: '40.00', net: '560.00' },
      },
    ])
    expect(body.insights).toEqual([
      { kind: 'savings_rate', currency: 'EUR', percent: '76.67' },
      {
        kind: 'largest_expense_category',
        currency: 'EUR',
        percent: '100.00',
        category: 'Rent',
        amount: '700.00',
      },
      {
        kind: 'largest_increase',
        currency: 'EUR',
        percent: '40.00',
        category: 'Rent',
        amount: '700.00',
        previous_amount: '500.00',
      },
    ])
  })
})

describe('The insights of a dashboard', () => {
  const kinds = async (owner: User, query: string) => {
    const { body } = await owner.get(`/v1/dashboard?include=insights&${query}`)
    return body.insights.map(
      ({ kind, currency, category }: { kind: string; currency: string; category?: string }) =>
        [kind, currency, category ?? ''].join(' ').trim(),
    )
  }
  const march = 'date_from=2026-03-01&date_to=2026-03-31'

  it('have no increase when the previous period has no expenses in the currency', async () => {
    const owner = await createUser(app, 'analyst')
    await enter(owner, { date: '2026-03-10', amount: '40', category: 'Rent' })
    expect(await kinds(owner, march)).toEqual(['largest_expense_category EUR Rent'])
    // Neither an income nor another currency is an expense to compare with.
    await enter(owner, { date: '2026-02-10', amount: '90', type: 'income', category: 'Rent' })
    await enter(owner, { date: '2026-02-10', amount: '10', currency: 'USD', category: 'Rent' })
    expect(await kinds(owner, march)).toEqual(['largest_expense_category EUR Rent'])
  })

  it('have the largest increase and decrease by amount, and neither where nothing changed', async () => {
    const owner = await createUser(app, 'analyst')
    const amounts = {
      Rent: ['100', '130'],
      Food: ['10', '30'],
      Fuel: ['60', '50'],
      Fun: ['5', '5'],
    }
    for (const [category, [before = '', now = '']] of Object.entries(amounts)) {
      await enter(owner, { date: '2026-02-10', amount: before, category })
      await enter(owner, { date: '2026-03-10', amount: now, category })
    }
    expect(await kinds(owner, march)).toEqual([
      'largest_expense_category EUR Rent',
      'largest_increase EUR Rent',
      'largest_decrease EUR Fuel',
    ])
    const unchanged = await createUser(app, 'analyst')
    for (const date of ['2026-02-10', '2026-03-10']) await enter(unchanged, { date })
    expect(await kinds(unchanged, march)).toEqual(['largest_expense_category EUR Groceries'])
  })
})

describe('The period of a dashboard', () => {
  it('ends with the last valid date', async () => {
    const first = await viewer.get('/v1/dashboard/summary?date_to=1900-01-05')
    expect(first.body.period).toEqual({ date_from: '1900-01-01', date_to: '1900-01-05' })
    const last = await viewer.get('/v1/dashboard/summary?date_from=2200-06-01')
    expect(last.body.period).toEqual({ date_from: '2200-06-01', date_to: '2200-12-31' })
  })
})

describe('The trends of a dashboard', () => {
  it('show months without transactions as zeros', async () => {
    const query = 'date_from=2026-01-15&date_to=2026-03-20&currency=EUR'
    const { body } = await analyst.get(`/v1/dashboard/trends?${query}`)
    expect(body.interval).toBe('month')
    expect(body.trends).toEqual([
      {
        currency: 'EUR',
        points: [
          {
            date_from: '2026-01-15',
            date_to: '2026-01-31',
            income: '3000.00',
            expenses: '700.00',
            net: '2300.00',
            count: 2,
          },
          {
            date_from: '2026-02-01',
            date_to: '2026-02-28',
            income: '0.00',
            expenses: '0.00',
            net: '0.00',
            count: 0,
          },
          {
            date_from: '2026-03-01',
            date_to: '2026-03-20',
            income: '3200.50',
            expenses: '99.99',
            net: '3100.51',
            count: 2,
          },
        ],
      },
    ])
  })

  it('are refused when they would have too many points', async () => {
    const query = 'date_from=1900-01-01&date_to=2200-12-31'
    const { status, body } = await analyst.get(`/v1/dashboard/trends?${query}&interval=day`)
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('query.interval')
    const months = await analyst.get(`/v1/dashboard/trends?${query}&currency=EUR`)
    expect(months.body.trends[0].points).toHaveLength(301 * 12)
  })
})

describe('Trends of many currencies', () => {
  it('are refused when they would have too many points in all', async () => {
    const other = await createUser(app, 'analyst')
    for (const currency of ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF']) {
      await enter(other, { currency })
    }
    const days = 'date_from=2020-01-01&date_to=2026-12-31&interval=day'
    const { status, body } = await other.get(`/v1/dashboard/trends?${days}`)
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('query.currency')
    const one = await other.get(`/v1/dashboard/trends?${days}&currency=HUF`)
    expect(one.body.trends[0].points).toHaveLength(2557)
  })
})

describe('Recent transactions of a dashboard', () => {
  it('are the latest of all times, or of a period', async () => {
    const { body } = await analyst.get('/v1/dashboard/recent?limit=2')
    expect(body.recent.map(({ date }: { date: string }) => date)).toEqual([
      '2026-03-31',
      '2026-03-10',
    ])
    const old = await analyst.get('/v1/dashboard/recent?date_from=2025-12-01&date_to=2025-12-31')
    expect(old.body.recent).toHaveLength(1)
  })
})
