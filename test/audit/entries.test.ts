import { describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { insertUser, loginAs, password } from '../support/users.ts'

const { app, admin } = useApp()

interface Entry extends Record<string, any> {
  action: string
}

const entries = async (query = ''): Promise<Entry[]> =>
  (await admin.get(`/v1/audit?limit=100${query}`)).body.data

/** What a request leaves in the log, oldest first. */
async function left(request: () => Promise<unknown>): Promise<Entry[]> {
  const [last] = await entries()
  await request()
  return (await entries()).filter(({ id }) => id > (last?.['id'] ?? 0)).toReversed()
}

const actions = (list: Entry[]) => list.map(({ action }) => action)
const from = { headers: { 'CF-Connecting-IP': '192.0.2.7', 'X-Request-Id': 'order-17' } }
const ifMatch = (tag: string) => ({ headers: { 'If-Match': tag } })

describe('The audit log', () => {
  it('says who created, changed, deleted and restored a transaction, when and from where', async () => {
    const owner = await loginAs(app, 'viewer')
    const before = Date.now()
    const [created] = await left(() =>
      admin.post('/v1/transactions', { ...someTransaction, user_id: owner.id }, from),
    )
    expect(created).toMatchObject({
      owner_id: owner.id,
      actor_id: admin.id,
      request_id: 'order-17',
      address: '192.0.2.7',
      action: 'transaction.created',
      entity: 'transaction',
      before: null,
      after: { ...someTransaction, user_id: owner.id, version: 1, deleted_at: null },
    })
    const [session] = await app.sql`select id from data.sessions where user_id = ${admin.id}`
    expect(created!['session_id']).toBe(session!['id'])
    expect(Date.parse(created!['occurred_at'])).toBeGreaterThanOrEqual(before - 1)
    expect(Date.parse(created!['occurred_at'])).toBeLessThanOrEqual(Date.now() + 1)

    const path = `/v1/transactions/${created!['entity_id']}`
    const done = await left(async () => {
      await admin.patch(path, { amount: '1.5', currency: 'KWD' })
      await admin.delete(path)
      await admin.post(`${path}/restore`)
    })
    expect(
      done.map(({ action, before: was, after: is }) => [action, was.version, is.version]),
    ).toEqual([
      ['transaction.updated', 1, 2],
      ['transaction.deleted', 2, 3],
      ['transaction.restored', 3, 4],
    ])
    expect(done[0]!['after']).toEqual({ ...done[1]!['before'] })
    expect(done[0]!['before']).toMatchObject({ amount: '84.30', currency: 'EUR' })
    expect(done[0]!['after']).toMatchObject({ amount: '1.500', currency: 'KWD' })
    expect(done[1]!['after'].deleted_at).not.toBeNull()
    expect(done[2]!['after']).toEqual((await admin.get(path)).body)
  })

  it('shows transactions in the form of the API, whatever the amount', async () => {
    const [entry] = await left(() => enter(admin, { amount: '9999999999999.99' }))
    expect(entry!['after']).toMatchObject({ amount: '9999999999999.99' })
    expect(entry!['after']).not.toHaveProperty('amount_minor')
    expect(entry!['after']).not.toHaveProperty('amount_scaled')
  })

  it('has entries for logging in, refreshing and logging out', async () => {
    const user = { ...(await insertUser(app, 'viewer')), role: 'viewer' as const }
    const json = { email: user.email, password }
    const started = await left(() => app.call('POST', '/v1/auth/login', { json, ...from }))
    expect(started).toEqual([
      expect.objectContaining({
        action: 'session.started',
        owner_id: user.id,
        actor_id: user.id,
        address: '192.0.2.7',
        request_id: 'order-17',
      }),
    ])
    const again = await loginAs(app, user)
    const refresh = { json: { refresh_token: again.refreshToken } }
    expect(await left(() => app.call('POST', '/v1/auth/refresh', refresh))).toEqual([])
    const ended = await left(() => again.post('/v1/auth/logout'))
    expect(ended).toMatchObject([
      { action: 'session.revoked', actor_id: user.id, before: { revoked_at: null } },
    ])
    expect(ended[0]!['session_id']).toBe(ended[0]!['entity_id'])
    const reused = await left(() => app.call('POST', '/v1/auth/refresh', refresh))
    expect(reused).toEqual([])
  })

  it('has an entry for a refresh token that was copied', async () => {
    const { refreshToken, id } = await loginAs(app, 'viewer')
    const refresh = { json: { refresh_token: refreshToken } }
    const { body } = await app.call('POST', '/v1/auth/refresh', refresh)
    // Its successor was used, so it is not a lost response.
    await app.call('POST', '/v1/auth/refresh', { json: { refresh_token: body.refresh_token } })
    const [ended, ...more] = await left(() => app.call('POST', '/v1/auth/refresh', refresh))
    expect(ended).toMatchObject({ action: 'session.revoked', owner_id: id })
    expect(more).toEqual([])
  })

  it('has entries for a new user, a role, a deactivation and a password reset', async () => {
    const json = { email: 'l@example.com', name: 'L', role: 'viewer', password: 'nine umbrellas' }
    const [created, ...none] = await left(() => admin.post('/v1/users', json))
    expect(created).toMatchObject({
      action: 'user.created',
      actor_id: admin.id,
      after: { email: json.email, role: 'viewer', active: true },
    })
    expect(none).toEqual([])
    const path = `/v1/users/${created!['entity_id']}`
    const user = { id: created!['entity_id'], email: json.email, role: 'viewer' as const }
    const role = await left(() => admin.patch(path, { role: 'analyst' }))
    expect(role).toMatchObject([
      { action: 'user.updated', before: { role: 'viewer' }, after: { role: 'analyst' } },
    ])
    await loginAs(app, user, json.password)
    expect(actions(await left(() => admin.post(`${path}/password`, { password })))).toEqual([
      'session.revoked',
      'user.password_changed',
    ])
    await loginAs(app, user)
    const off = await left(() => admin.patch(path, { active: false }))
    expect(actions(off)).toEqual(['session.revoked', 'user.updated'])
    for (const entry of off) expect(entry).toMatchObject({ actor_id: admin.id, owner_id: user.id })
  })

  it('has an entry for a user who changes the own password', async () => {
    const user = await loginAs(app, 'viewer')
    await loginAs(app, user)
    const json = { current_password: password, new_password: 'nine dry raincoats' }
    const changed = await left(() => user.post('/v1/auth/password', json))
    expect(actions(changed).toSorted()).toEqual(['session.revoked', 'user.password_changed'])
    for (const entry of changed) expect(entry['actor_id']).toBe(user.id)
  })
})

describe('The audit log has no entry', () => {
  it('for a request that failed', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const nobody = uuidv7()
    const failed = await left(async () => {
      const responses = [
        await admin.post('/v1/transactions', { ...someTransaction, user_id: nobody }),
        await admin.post('/v1/transactions', { ...someTransaction, amount: '-1' }),
        await admin.patch(path, { amount: '0.001' }),
        await admin.patch(path, { amount: '2' }, ifMatch('"9"')),
        await admin.delete(`/v1/transactions/${nobody}`),
        await admin.post(`/v1/transactions/${nobody}/restore`),
        await admin.patch(`/v1/users/${admin.id}`, { active: false }),
        await app.call('POST', '/v1/auth/login', { json: { email: admin.email, password: 'x' } }),
      ]
      expect(responses.map(({ status }) => status)).toEqual([
        422, 422, 422, 412, 404, 404, 409, 401,
      ])
    })
    expect(failed).toEqual([])
  })

  it('for a dry run, or for a request that changed nothing', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const tried = await left(async () => {
      await admin.post('/v1/transactions?dry_run=true', someTransaction)
      await admin.patch(`${path}?dry_run=true`, { amount: '2' })
      await admin.delete(`${path}?dry_run=true`)
      await admin.patch(path, { category: someTransaction.category })
      await admin.post(`${path}/restore`)
      await admin.get(path)
    })
    expect(tried).toEqual([])
  })

  it('with a secret in it', async () => {
    await loginAs(app, 'viewer')
    const { text } = await admin.get('/v1/audit?limit=100')
    expect(text).not.toMatch(/\$2[aby]\$|password_hash|token_hash|"secret"/)
    const raw = await app.sql`select count(*)::int n from data.audit_log
      where (coalesce(before, '{}') || coalesce(after, '{}'))::text ~ '[$]2[aby][$]|password_hash'`
    expect(raw[0]!['n']).toBe(0)
  })
})

describe('The list of audit entries', () => {
  it('can be filtered by owner, actor, entity, action, request and time', async () => {
    const owner = await loginAs(app, 'analyst')
    const own = await enter(owner)
    const given = await admin.post(
      '/v1/transactions',
      { ...someTransaction, user_id: owner.id },
      from,
    )
    const ofOwner = `&owner_id=${owner.id}`
    expect(await entries(ofOwner)).toHaveLength(4)
    expect(await entries(`${ofOwner}&actor_id=${admin.id}`)).toMatchObject([
      { entity_id: given.body.id },
    ])
    expect(await entries(`${ofOwner}&entity=transaction`)).toHaveLength(2)
    expect(await entries(`${ofOwner}&entity_id=${own.id}`)).toHaveLength(1)
    expect(actions(await entries(`${ofOwner}&action=session.started`))).toEqual(['session.started'])
    expect(await entries(`${ofOwner}&request_id=order-17`)).toMatchObject([
      { entity_id: given.body.id },
    ])
    expect(await entries(`${ofOwner}&to=2020-01-01T00:00:00Z`)).toEqual([])
    expect(await entries(`${ofOwner}&from=2020-01-01T00:00:00Z`)).toHaveLength(4)
    const wrong = await admin.get('/v1/audit?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z')
    expect([wrong.status, wrong.body.errors[0].location]).toEqual([422, 'query.to'])
  })

  it('includes the entries of both ends of a period', async () => {
    const owner = await loginAs(app, 'analyst')
    const { id } = await enter(owner)
    const ofRow = `&entity_id=${id}`
    for (const category of ['A', 'B', 'C'])
      await admin.patch(`/v1/transactions/${id}`, { category })
    const all = await entries(ofRow)
    // The log has microseconds: none may fall out because a response shows milliseconds.
    for (const { occurred_at: at } of all) {
      const end = encodeURIComponent(at)
      const times = all.map((entry) => entry['occurred_at'])
      const [until, since] = [
        await entries(`${ofRow}&to=${end}`),
        await entries(`${ofRow}&from=${end}`),
      ]
      expect(until).toEqual(all.filter((_, index) => times[index] <= at))
      expect(since).toEqual(all.filter((_, index) => times[index] >= at))
      expect(await entries(`${ofRow}&from=${end}&to=${end}`)).toEqual(
        all.filter((_, index) => times[index] === at),
      )
    }
  })

  it('has pages, newest first, in which no entry is repeated or lost', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    for (const category of ['A', 'B', 'C', 'D']) await admin.patch(path, { category })
    const seen: number[] = []
    let cursor = ''
    do {
      const { body } = await admin.get(`${path}/history?limit=2${cursor}`)
      seen.push(...body.data.map(({ after }: Entry) => after.version))
      cursor = body.next_cursor === null ? '' : `&cursor=${encodeURIComponent(body.next_cursor)}`
      await enter(admin)
    } while (cursor !== '')
    expect(seen).toEqual([5, 4, 3, 2, 1])
    const numbered = await admin.get(`${path}/history?limit=2&page=3`)
    expect(numbered.body).toMatchObject({ page: 3, total: 5, has_more: false })
    const { body } = await admin.get('/v1/audit?limit=1')
    const other = await admin.get(`/v1/audit?limit=1&entity=user&cursor=${body.next_cursor}`)
    expect(other.body.code).toBe('invalid_cursor')
  })

  it('shows the history of a deleted transaction, and responds 404 for an unknown one', async () => {
    const { id } = await enter(admin)
    await admin.delete(`/v1/transactions/${id}`)
    const { body } = await admin.get(`/v1/transactions/${id}/history`)
    expect(actions(body.data)).toEqual(['transaction.deleted', 'transaction.created'])
    expect((await admin.get(`/v1/transactions/${uuidv7()}/history`)).status).toBe(404)
    const user = await insertUser(app, 'viewer')
    expect((await admin.get(`/v1/transactions/${user.id}/history`)).status).toBe(404)
  })

  it.each(['viewer', 'analyst'] as const)(
    'is for admins only, not for the role %s',
    async (role) => {
      const other = await loginAs(app, role)
      const { id } = await enter(admin, { user_id: other.id })
      for (const path of ['/v1/audit', '/v1/audit/verify', `/v1/transactions/${id}/history`]) {
        expect((await other.get(path)).status).toBe(403)
      }
    },
  )
})
