import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { insertRows, monthly, today } from '../support/recurring.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst, viewer } = useApp()

const list = async (user: User, query = '') => {
  const { status, body, text } = await user.get(`/v1/recurring${query}`)
  expect(status, text).toBe(200)
  return body
}
const decide = (user: User, key: string, json: unknown, query = '', headers = {}) =>
  app.call('PUT', `/v1/recurring/${key}${query}`, { token: user.token, json, headers })
const subscriber = async (payee = 'Streamoose', amount = 1299) => {
  const user = await createUser(app, 'analyst')
  const rows = monthly(6).map((date) => ({ date, payee, amount }))
  const ids = await insertRows(app, user.id, rows)
  return { user, ids }
}

describe('The list of recurring payments', () => {
  it('has cadence, dates, amounts, confidence, state and the transactions behind each', async () => {
    const { user, ids } = await subscriber()
    const dates = monthly(6)
    const { data, examined, scope } = await list(user)
    expect(data).toMatchObject([
      {
        user_id: user.id,
        name: 'Streamoose',
        payee: 'Streamoose',
        cadence: 'monthly',
        state: 'active',
        status: 'detected',
        amount: '12.99',
        amount_low: '12.99',
        amount_high: '12.99',
        first_date: dates[0],
        last_date: dates[5],
        decided_by: null,
        transaction_count: 6,
      },
    ])
    expect(data[0].transactions.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed())
    expect(data[0].confidence).toBeGreaterThan(0.5)
    expect(data[0].next_date > data[0].last_date).toBe(true)
    expect([examined.transactions, examined.truncated, scope]).toEqual([6, false, 'own'])
  })

  it('is empty for an account that is empty or has one row, or rows at 1900 and 2200', async () => {
    const user = await createUser(app, 'analyst')
    expect((await list(user)).data).toEqual([])
    await insertRows(app, user.id, [
      { date: today() },
      { date: '1900-01-01' },
      { date: '2200-12-31' },
    ])
    expect(await list(user)).toMatchObject({ data: [], examined: { transactions: 1 } })
  })

  it('is filtered by state, status, cadence, type and currency', async () => {
    const { user } = await subscriber()
    await insertRows(
      app,
      user.id,
      monthly(6, 120).map((date) => ({ date, payee: 'Ended', type: 'income', currency: 'USD' })),
    )
    const names = async (query: string) =>
      (await list(user, query)).data.map(({ name }: { name: string }) => name)
    expect(await names('')).toEqual(['Streamoose', 'Ended'])
    expect(await names('?state=ended')).toEqual(['Ended'])
    expect(await names('?state=active,late')).toEqual(['Streamoose'])
    expect(await names('?type=income')).toEqual(['Ended'])
    expect(await names('?currency=EUR')).toEqual(['Streamoose'])
    expect(await names('?currency=JPY')).toEqual([])
    expect(await names('?cadence=weekly,yearly')).toEqual([])
    expect(await names('?status=dismissed')).toEqual([])
  })

  it('has pages by cursor and by number with the same rows', async () => {
    const user = await createUser(app, 'analyst')
    for (const payee of ['Ant', 'Bee', 'Cow', 'Dog', 'Elk']) {
      await insertRows(
        app,
        user.id,
        monthly(5).map((date) => ({ date, payee })),
      )
    }
    const all = (await list(user)).data
    const byCursor = []
    let next: string | null = ''
    while (next !== null) {
      const page: { data: unknown[]; next_cursor: string | null } = await list(
        user,
        `?limit=2${next && `&cursor=${next}`}`,
      )
      byCursor.push(...page.data)
      next = page.next_cursor
    }
    expect(byCursor).toEqual(all)
    const last = await list(user, '?limit=2&page=3')
    expect([last.data, last.total, last.has_more]).toEqual([all.slice(4), 5, false])
  })

  it('shows deleted transactions in no stream', async () => {
    const { user, ids } = await subscriber()
    await app.sql`update data.transactions set deleted_at = now() where id = any (${ids.slice(1)})`
    expect((await list(user)).data).toEqual([])
  })

  it('examines the latest 5,000 transactions of a large account, and says so', async () => {
    const user = await createUser(app, 'analyst')
    await app.sql`insert into data.transactions
                    (id, user_id, created_by, type, amount_minor, currency, category, date)
                  select gen_random_uuid(), ${user.id}, ${user.id}, 'expense', 100 + i % 5000, 'EUR',
                         'Groceries', ${today()}::date - i / 10
                    from generate_series(0, 5999) i`
    const { examined } = await list(user)
    expect(examined).toEqual({
      date_from: addDays(today(), -498),
      date_to: today(),
      transactions: 5000,
      truncated: true,
    })
  })

  it('contains those of others for admins only', async () => {
    const { user } = await subscriber()
    expect((await list(admin, `?user_id=${user.id}`)).data).toHaveLength(1)
    expect((await list(admin, '?scope=all&limit=100')).data.length).toBeGreaterThan(0)
    expect((await analyst.get(`/v1/recurring?user_id=${user.id}`)).status).toBe(404)
    expect((await analyst.get('/v1/recurring?scope=all')).status).toBe(404)
    expect((await viewer.get('/v1/recurring')).status).toBe(403)
  })
})

describe('A decision on a recurring payment', () => {
  it('confirms and names it, says who and when, and can be taken back', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    const { status, body } = await decide(user, key, { status: 'confirmed', name: 'Films 🎬' })
    expect([status, body.name, body.status, body.decided_by]).toEqual([
      200,
      'Films 🎬',
      'confirmed',
      user.id,
    ])
    expect((await list(user)).data).toEqual([body])
    const back = await decide(user, key, { status: 'detected' })
    expect(back.body).toMatchObject({ key, name: 'Streamoose', status: 'detected' })
  })

  it('hides a dismissed one from lists, but not where it is asked for', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    await decide(user, key, { status: 'dismissed' })
    expect((await list(user)).data).toEqual([])
    expect((await list(user, '?status=dismissed')).data).toMatchObject([
      { key, status: 'dismissed' },
    ])
  })

  it('survives new payments, a higher price, another payee and deleted transactions', async () => {
    const { user, ids } = await subscriber()
    const [{ key }] = (await list(user)).data
    await decide(user, key, { status: 'confirmed', name: 'Films' })
    const found = async () =>
      (await list(user)).data.map((each: { key: string; name: string }) => [each.key, each.name])
    await insertRows(app, user.id, [{ date: today(), payee: 'Streamoose', amount: 1799 }])
    expect(await found()).toEqual([[key, 'Films']])
    await app.sql`update data.transactions set payee = 'Moosestream' where user_id = ${user.id}`
    expect(await found()).toEqual([[key, 'Films']])
    await app.sql`update data.transactions set deleted_at = now() where id = any (${ids.slice(0, 2)})`
    expect(await found()).toEqual([[key, 'Films']])
  })

  it('belongs to one of two streams of a payee, also when another one comes between them', async () => {
    const { user } = await subscriber('Streamoose', 999)
    await insertRows(
      app,
      user.id,
      monthly(6, 12).map((date) => ({ date, payee: 'Streamoose', amount: 1999 })),
    )
    const streams = (await list(user)).data
    const large = streams.find(({ amount }: { amount: string }) => amount === '19.99')
    await decide(user, large.key, { status: 'confirmed', name: 'Large' })
    await insertRows(
      app,
      user.id,
      monthly(6, 20).map((date) => ({ date, payee: 'Streamoose', amount: 499 })),
    )
    const after = (await list(user)).data as { amount: string; name: string; key: string }[]
    expect(after).toHaveLength(3)
    expect(new Set(after.map(({ key }) => key)).size).toBe(3)
    expect(after.find(({ name }) => name === 'Large')).toMatchObject({
      amount: '19.99',
      key: large.key,
    })
  })

  it('is found by no other user, and made by admins for others', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    const json = { status: 'confirmed' }
    for (const other of [analyst, admin]) expect((await decide(other, key, json)).status).toBe(404)
    expect((await decide(analyst, key, json, `?user_id=${user.id}`)).status).toBe(404)
    expect((await decide(viewer, key, json)).status).toBe(403)
    for (const unknown of ['rec_0000000000000000', 'none', '%F0%9F%A6%84', "';--"]) {
      expect((await decide(user, unknown, json)).status).toBe(404)
    }
    const made = await decide(admin, key, json, `?user_id=${user.id}`)
    expect([made.status, made.body.decided_by]).toEqual([200, admin.id])
  })

  it('is made once for one idempotency key, and the repeat returns the same', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    const headers = { 'Idempotency-Key': 'decide-1' }
    const json = { status: 'confirmed', name: 'Films' }
    const first = await decide(user, key, json, '', headers)
    await decide(user, key, { status: 'dismissed' })
    const second = await decide(user, key, json, '', headers)
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')
    expect(second.body).toEqual(first.body)
    expect((await list(user, '?status=dismissed')).data).toHaveLength(1)
  })

  it('is made by both of two requests at the same time, and audited', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    const both = await Promise.all(
      ['confirmed', 'dismissed'].map((status) => decide(user, key, { status })),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const entries = (await admin.get(`/v1/audit?owner_id=${user.id}&entity=recurring`)).body.data
    expect(entries.map(({ action }: { action: string }) => action).toSorted()).toEqual([
      'recurring.confirmed',
      'recurring.dismissed',
    ])
    expect((await admin.get(`/v1/audit/verify?owner_id=${user.id}`)).body.valid).not.toBe(false)
    const check = await admin.get(`/v1/admin/consistency?user_id=${user.id}`)
    expect(check.body.consistent ?? check.body.differences).not.toBe(false)
  })

  it('is refused to an API key that can only read', async () => {
    const { user } = await subscriber()
    const [{ key }] = (await list(user)).data
    const created = await user.post('/v1/api-keys', { name: 'Reader', access: 'read' })
    const token: string = created.body.key
    const refused = await app.call('PUT', `/v1/recurring/${key}`, {
      token,
      json: { status: 'confirmed' },
    })
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden'])
    expect((await app.call('GET', '/v1/recurring', { token })).body.data).toHaveLength(1)
  })
})
