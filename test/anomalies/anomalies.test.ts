import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { insertRows, monthly, someAnomaly, today, type SomeRow } from '../support/recurring.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst, viewer } = useApp()

const ago = (days: number) => addDays(today(), -days)

/** Ordinary spending: some shopping at one payee every few days. */
const ordinary = (count = 60): SomeRow[] =>
  Array.from({ length: count }, (_, index) => ({
    date: ago(3 + index * 6 + ((index * 7) % 3)),
    amount: 4500 + ((index * 6007) % 4500),
    category: 'Groceries',
    payee: 'Corner Market',
  }))

const spender = async (...more: SomeRow[]) => {
  const user = await createUser(app, 'analyst')
  await insertRows(app, user.id, ordinary())
  const ids = await insertRows(app, user.id, more)
  return { user, ids }
}
const list = async (user: User, query = '') => {
  const { status, body, text } = await user.get(`/v1/anomalies${query}`)
  expect(status, text).toBe(200)
  return body.data
}
const write = (user: User, key: string, what: 'dismiss' | 'restore', query = '', headers = {}) =>
  app.call('POST', `/v1/anomalies/${key}/${what}${query}`, { token: user.token, headers })

describe('The list of anomalies', () => {
  it('is empty for ordinary spending, an empty account and one row', async () => {
    const { user } = await spender()
    expect(await list(user)).toEqual([])
    const empty = await createUser(app, 'analyst')
    expect(await list(empty)).toEqual([])
    await insertRows(app, empty.id, [{ date: today(), amount: 999_999_999_999_999 }])
    expect(await list(empty)).toEqual([])
  })

  it('has an unusual amount with its reason in words and numbers', async () => {
    const { user, ids } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'CORNER  MARKET',
    })
    const [anomaly, ...others] = await list(user)
    expect(others).toEqual([])
    expect(anomaly).toMatchObject({
      kind: 'unusual_amount',
      transaction_id: ids[0],
      amount: '412.00',
      currency: 'EUR',
      dismissed_by: null,
    })
    expect(anomaly.reason).toMatch(
      /^412\.00 is 6\.\d times the usual 6\d\.\d\d for Groceries at this payee \(median of 61\)\.$/,
    )
    expect(anomaly.score).toBeGreaterThan(0.5)
  })

  it('has a likely duplicate, but not a habit of equal payments', async () => {
    const shoes = { amount: 8990, category: 'Clothing', payee: 'Nadel & Faden' }
    const ticket = { amount: 320, category: 'Transport', payee: 'Tram' }
    const { user, ids } = await spender(
      { ...shoes, date: ago(20) },
      { ...shoes, date: ago(19), payee: 'NADEL & FADEN 4711' },
      ...Array.from({ length: 20 }, (_, index) => ({ ...ticket, date: ago(5 + index) })),
    )
    expect(await list(user)).toMatchObject([
      { kind: 'likely_duplicate', transaction_id: ids[1], related_transaction_id: ids[0] },
    ])
  })

  it('does not compare currencies, types and users with each other', async () => {
    const twice = { date: ago(9), amount: 8990, category: 'Clothing', payee: 'Nadel' }
    const { user } = await spender(
      twice,
      { ...twice, currency: 'USD' },
      { ...twice, type: 'income' },
    )
    await insertRows(app, (await createUser(app, 'analyst')).id, [twice])
    expect(await list(user)).toEqual([])
    expect(await list(user, '?currency=JPY')).toEqual([])
  })

  it('has a large first payment to a new payee', async () => {
    const { user, ids } = await spender({
      date: ago(1),
      amount: 240_000,
      category: 'Electronics',
      payee: 'Pixelhaus',
    })
    expect(await list(user)).toMatchObject([
      { kind: 'large_first_payment', transaction_id: ids[0], payee: 'Pixelhaus' },
    ])
  })

  it('has a recurring payment that is late, until it is dismissed as recurring', async () => {
    const { user } = await spender(...monthly(9, 41).map((date) => ({ date, payee: 'Streamoose' })))
    const [anomaly] = await list(user)
    expect(anomaly).toMatchObject({ kind: 'recurring_late', amount: '12.99', transaction_id: null })
    expect(anomaly.reason).toMatch(
      /^The monthly payment Streamoose of 12\.99 was due on .* days late\.$/,
    )
    const json = { status: 'dismissed' }
    await app.call('PUT', `/v1/recurring/${anomaly.recurring_key}`, { token: user.token, json })
    expect(await list(user)).toEqual([])
  })

  it('has a recurring payment that is missing, and one that is dearer', async () => {
    const dates = monthly(12)
    const { user } = await spender(
      ...dates.filter((_, index) => index !== 6).map((date) => ({ date, payee: 'Streamoose' })),
      ...dates.map((date, index) => ({ date, payee: 'Tunewren', amount: index < 10 ? 999 : 1299 })),
    )
    const found = await list(user)
    expect(found.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
      'recurring_dearer',
      'recurring_missing',
    ])
    const dearer = found.find(({ kind }: { kind: string }) => kind === 'recurring_dearer')
    expect(dearer).toMatchObject({ date: dates[10], amount: '12.99', usual_amount: '9.99' })
    expect(dearer.reason).toContain('rose from 9.99 to 12.99, by 30.03 %')
  })

  it('has a month of a category that is out of line', async () => {
    const months = monthly(14, 40).toReversed()
    const rows = months.flatMap((date, index) =>
      Array.from({ length: index === 3 ? 60 : 12 }, (_, each) => ({
        date: `${date.slice(0, 7)}-${String(1 + (each % 28)).padStart(2, '0')}`,
        amount: 900 + ((each * 613) % 700),
        category: 'Restaurants',
        payee: `Trattoria ${'abcdefghijklmnopqrstuvwxyz'[each % 26]}${'xyz'[each % 3]}`,
      })),
    )
    const { user } = await spender(...rows)
    expect(await list(user, '?kind=unusual_month')).toMatchObject([
      { date: `${months[3]!.slice(0, 7)}-01`, category: 'Restaurants', transaction_id: null },
    ])
  })

  it('is filtered by period, month, kind, type and currency', async () => {
    const { user } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'Corner Market',
    })
    const count = async (query: string) => (await list(user, query)).length
    expect(await count(`?month=${ago(1).slice(0, 7)}`)).toBe(1)
    expect(await count(`?date_from=${ago(1)}&date_to=${ago(1)}`)).toBe(1)
    expect(await count(`?date_to=${ago(2)}`)).toBe(0)
    expect(await count('?month=1900-01')).toBe(0)
    expect(await count('?date_from=2200-12-31')).toBe(0)
    expect(await count('?kind=likely_duplicate')).toBe(0)
    expect(await count('?kind=likely_duplicate,unusual_amount')).toBe(1)
    expect(await count('?type=income')).toBe(0)
    expect(await count('?currency=EUR')).toBe(1)
    const swapped = await user.get(`/v1/anomalies?date_from=${ago(1)}&date_to=${ago(2)}`)
    expect([swapped.status, swapped.body.errors[0].location]).toEqual([422, 'query.date_to'])
  })

  it('is for analysts and admins, and of others for admins', async () => {
    const { user } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'Corner Market',
    })
    expect((await viewer.get('/v1/anomalies')).status).toBe(403)
    expect((await analyst.get(`/v1/anomalies?user_id=${user.id}`)).status).toBe(404)
    expect(await list(admin, `?user_id=${user.id}`)).toHaveLength(1)
    const all = await list(admin, '?scope=all&limit=100')
    expect(all.some((each: { user_id: string }) => each.user_id === user.id)).toBe(true)
  })
})

describe('A dismissed anomaly', () => {
  it('is hidden, listed by a filter with who and when, and can be restored', async () => {
    const { user } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'Corner Market',
    })
    const [{ key }] = await list(user)
    const { status, body } = await write(user, key, 'dismiss')
    expect([status, body.key, body.dismissed_by]).toEqual([200, key, user.id])
    expect(await list(user)).toEqual([])
    expect(await list(user, '?dismissed=only')).toEqual([body])
    expect(await list(user, '?dismissed=include')).toEqual([body])
    const restored = await write(user, key, 'restore')
    expect(restored.body).toMatchObject({ key, dismissed_by: null, dismissed_at: null })
    expect(await list(user)).toEqual([restored.body])
  })

  it('stays dismissed when other rows arrive, and comes back when its amount is changed', async () => {
    const { user, ids } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'Corner Market',
    })
    const [{ key }] = await list(user)
    await write(user, key, 'dismiss')
    await insertRows(app, user.id, [
      { date: today(), amount: 5100, category: 'Groceries', payee: 'Corner Market' },
    ])
    expect(await list(user)).toEqual([])
    await admin.patch(`/v1/transactions/${ids[0]}`, { amount: '499.00' })
    expect(await list(user)).toMatchObject([{ transaction_id: ids[0], amount: '499.00' }])
  })

  it('keeps who dismissed it first when it is dismissed again, also at the same time', async () => {
    const user = await createUser(app, 'analyst')
    const key = await someAnomaly(app, user.id)
    const both = await Promise.all([1, 2].map(() => write(user, key, 'dismiss')))
    const third = await write(admin, key, 'dismiss', `?user_id=${user.id}`)
    expect([...both, third].map(({ status }) => status)).toEqual([200, 200, 200])
    const said = [...both, third].map(({ body }) => [body.dismissed_by, body.dismissed_at])
    expect(new Set(said.map(String)).size).toBe(1)
    expect(third.body.dismissed_by).toBe(user.id)
    for (const _ of [1, 2]) expect((await write(user, key, 'restore')).status).toBe(200)
    const entries = (await admin.get(`/v1/audit?owner_id=${user.id}&entity=anomaly`)).body.data
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'anomaly.restored',
      'anomaly.dismissed',
    ])
  })

  it('is not found under a key that is unknown or belongs to another user', async () => {
    const user = await createUser(app, 'analyst')
    const key = await someAnomaly(app, user.id)
    for (const what of ['dismiss', 'restore'] as const) {
      for (const other of [analyst, admin]) expect((await write(other, key, what)).status).toBe(404)
      expect((await write(analyst, key, what, `?user_id=${user.id}`)).status).toBe(404)
      expect((await write(viewer, key, what)).status).toBe(403)
      for (const unknown of ['ano_0000000000000000', 'none', '%F0%9F%A6%84']) {
        expect((await write(user, unknown, what)).status).toBe(404)
      }
    }
    expect(await app.sql`select from data.dismissed_anomalies where user_id = ${user.id}`).toEqual(
      [],
    )
  })

  it('is dismissed once for one idempotency key, and the repeat returns the same', async () => {
    const user = await createUser(app, 'analyst')
    const key = await someAnomaly(app, user.id)
    const headers = { 'Idempotency-Key': 'dismiss-1' }
    const first = await write(user, key, 'dismiss', '', headers)
    await write(user, key, 'restore')
    const second = await write(user, key, 'dismiss', '', headers)
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(await list(user)).toHaveLength(1)
  })
})

describe('The dashboard', () => {
  it('has the latest anomalies of its period that were not dismissed', async () => {
    const { user } = await spender({
      date: ago(1),
      amount: 41_200,
      category: 'Groceries',
      payee: 'Corner Market',
    })
    const shown = async (query: string) => (await user.get(`/v1/dashboard${query}`)).body.anomalies
    const anomalies = await list(user)
    expect(await shown('?include=anomalies')).toEqual(anomalies)
    expect(await shown('?include=anomalies&month=1999-01')).toEqual([])
    expect(await shown('?include=anomalies&currency=JPY')).toEqual([])
    await write(user, anomalies[0].key, 'dismiss')
    expect(await shown('?include=anomalies')).toEqual([])
    const { body } = await viewer.get('/v1/dashboard?include=anomalies')
    expect([body.anomalies, body.withheld]).toEqual([
      undefined,
      [{ section: 'anomalies', required_role: 'analyst' }],
    ])
  })
})
