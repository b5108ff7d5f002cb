import { describe, expect, it } from 'vitest'
import { newApiKey } from '../../src/access/api-key-format.ts'
import { type Call, testSecret } from '../support/app.ts'
import { databaseCalls } from '../support/database.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, password, type User } from '../support/users.ts'

const { app, admin, analyst } = useApp()

async function makeKey(owner: User, input: object = {}) {
  const { status, body, text } = await owner.post('/v1/api-keys', { name: 'A machine', ...input })
  expect(status, text).toBe(201)
  return body as { id: string; key: string; prefix: string }
}

const by =
  (token: string, call: Call = app.call) =>
  (method: string, path: string, json?: unknown) =>
    call(method, path, { token, json, headers: { 'If-Match': '*' } })

describe('A new API key', () => {
  it('is shown once, and works', async () => {
    const { status, body } = await analyst.post('/v1/api-keys', {
      name: 'Nightly import',
      access: 'read_write',
      expires_at: '2100-01-01T00:00:00Z',
    })
    expect(status).toBe(201)
    expect(body.key).toMatch(/^ebk_[\w-]{130}$/)
    expect(body).toMatchObject({
      ...{ name: 'Nightly import', role: 'analyst', access: 'read_write', user_id: analyst.id },
      ...{ expires_at: '2100-01-01T00:00:00.000Z', last_used_at: null, revoked_at: null },
    })
    expect(body.key.startsWith(body.prefix)).toBe(true)
    const me = await by(body.key)('GET', '/v1/auth/me')
    expect(me.body.id).toBe(analyst.id)
    const list = await analyst.get('/v1/api-keys')
    expect(list.body.data[0]).toMatchObject({ id: body.id, prefix: body.prefix })
    expect(list.text).not.toContain(body.key.slice(12))
  })

  it('is read-only unless write access is requested', async () => {
    const { key } = await makeKey(analyst)
    const call = by(key)
    expect((await call('GET', '/v1/transactions')).status).toBe(200)
    const head = await call('HEAD', '/v1/transactions')
    expect([head.status, head.text]).toEqual([200, ''])
    const { status, body } = await call('POST', '/v1/transactions', someTransaction)
    expect([status, body.code]).toEqual([403, 'forbidden'])
    const { key: writing } = await makeKey(analyst, { access: 'read_write' })
    const written = await by(writing)('POST', '/v1/transactions', someTransaction)
    expect(written.status).toBe(201)
    expect(written.body.user_id).toBe(analyst.id)
  })

  it('has at most the role of its owner', async () => {
    const { status, body } = await analyst.post('/v1/api-keys', { name: 'K', role: 'admin' })
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('body.role')
    const { key } = await makeKey(admin, { role: 'viewer', access: 'read_write' })
    expect((await by(key)('GET', '/v1/users')).status).toBe(403)
    expect((await by(key)('GET', '/v1/transactions?scope=all')).status).toBe(404)
    expect((await by(key)('POST', '/v1/transactions', someTransaction)).status).toBe(403)
  })

  it('cannot have expired already', async () => {
    const { status } = await analyst.post('/v1/api-keys', {
      name: 'K',
      expires_at: '2020-01-01T00:00:00Z',
    })
    expect(status).toBe(422)
  })

  it('is stored nowhere: neither in a table nor in the audit log', async () => {
    const { key } = await makeKey(analyst)
    const rows = JSON.stringify([
      await app.sql`select * from data.api_keys`,
      await app.sql`select * from data.audit_log`,
    ])
    expect(rows).not.toContain(key.slice(12, 60))
    expect(rows).not.toContain(key.slice(60))
  })

  it('is created once and shown once under an idempotency key', async () => {
    const options = { headers: { 'Idempotency-Key': 'one-key' } }
    const input = { name: 'Once' }
    const first = await analyst.post('/v1/api-keys', input, options)
    const again = await analyst.post('/v1/api-keys', input, options)
    expect([first.status, again.status]).toEqual([201, 201])
    const { key, ...rest } = first.body
    expect(again.body).toEqual(rest)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await by(key)('GET', '/v1/auth/me')).status).toBe(200)
  })
})

describe('An API key is refused', () => {
  const expectEnded = async (key: string, code: string) => {
    const { status, body, headers } = await by(key)('GET', '/v1/transactions')
    expect([status, body.code]).toEqual([401, code])
    expect(headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
  }

  it('from the moment it is revoked', async () => {
    const { id, key } = await makeKey(analyst)
    expect((await analyst.delete(`/v1/api-keys/${id}`)).status).toBe(204)
    await expectEnded(key, 'api_key_revoked')
    expect((await analyst.delete(`/v1/api-keys/${id}`)).status).toBe(404)
  })

  it('when it has expired', async () => {
    const { id, key } = await makeKey(analyst, { expires_at: '2100-01-01T00:00:00Z' })
    await app.sql`update data.api_keys set expires_at = now() where id = ${id}`
    await expectEnded(key, 'api_key_revoked')
  })

  it('while its owner is not active', async () => {
    const owner = await createUser(app, 'viewer')
    const { key } = await makeKey(owner)
    await admin.patch(`/v1/users/${owner.id}`, { active: false })
    await expectEnded(key, 'account_inactive')
  })

  it('when its owner has a lower role by now', async () => {
    const owner = await createUser(app, 'analyst')
    const { key } = await makeKey(owner, { access: 'read_write' })
    const { key: low } = await makeKey(owner, { role: 'viewer' })
    await admin.patch(`/v1/users/${owner.id}`, { role: 'viewer' })
    await expectEnded(key, 'api_key_revoked')
    expect((await by(low)('GET', '/v1/transactions')).status).toBe(200)
  })

  it('when it was changed, cut, or signed with another secret, without a database call', async () => {
    const { key, id } = await makeKey(analyst)
    const subject = { id, userId: analyst.id, role: 'admin', access: 'read_write' } as const
    const forged = await newApiKey(['another secret, 32 bytes or more'], subject)
    const flipped = key.slice(0, 60) + (key[60] === 'A' ? 'B' : 'A') + key.slice(61)
    const before = await databaseCalls()
    for (const bad of [forged, flipped, key.slice(0, -1), `${key}A`, 'ebk_', 'ebk_%']) {
      expect((await by(bad)('GET', '/v1/auth/me')).body.code).toBe('unauthenticated')
    }
    expect((await databaseCalls()) - before).toBe(0)
  })

  it('when it claims more than its row allows, although its signature is valid', async () => {
    const { id } = await makeKey(analyst)
    const subject = { id, userId: analyst.id, role: 'admin', access: 'read_write' } as const
    await expectEnded(await newApiKey([testSecret], subject), 'api_key_revoked')
  })

  it('when the secret that signed it has been removed', async () => {
    const { key } = await makeKey(analyst)
    const next = 'another secret, which is also long enough'
    const rotating = app.with({ JWT_SECRET: next, JWT_SECRET_PREVIOUS: testSecret })
    expect((await by(key, rotating)('GET', '/v1/auth/me')).status).toBe(200)
    const rotated = app.with({ JWT_SECRET: next })
    expect((await by(key, rotated)('GET', '/v1/auth/me')).status).toBe(401)
  })
})

describe('API keys of other users', () => {
  it('are seen and revoked by admins, and do not exist for other users', async () => {
    const { id, key } = await makeKey(analyst)
    const viewer = await createUser(app, 'viewer')
    expect((await viewer.get(`/v1/api-keys?user_id=${analyst.id}`)).status).toBe(404)
    expect((await viewer.delete(`/v1/api-keys/${id}`)).status).toBe(404)
    const { body } = await admin.get(`/v1/api-keys?user_id=${analyst.id}&limit=1`)
    expect(body.data[0].id).toBe(id)
    expect((await admin.delete(`/v1/api-keys/${id}`)).status).toBe(204)
    expect((await by(key)('GET', '/v1/auth/me')).status).toBe(401)
  })
})

describe('A request with an API key', () => {
  it('cannot manage keys, sessions, passwords, users or two-factor authentication', async () => {
    const { key, id } = await makeKey(admin, { access: 'read_write' })
    const call = by(key)
    const refused = [
      call('GET', '/v1/api-keys'),
      call('POST', '/v1/api-keys', { name: 'Another' }),
      call('DELETE', `/v1/api-keys/${id}`),
      call('GET', '/v1/auth/sessions'),
      call('DELETE', '/v1/auth/sessions'),
      call('DELETE', `/v1/auth/sessions/${id}`),
      call('POST', '/v1/auth/logout'),
      call('POST', '/v1/auth/password', { current_password: password, new_password: 'x' }),
      call('PATCH', `/v1/users/${analyst.id}`, { role: 'admin' }),
      call('POST', `/v1/users/${analyst.id}/password`, { password: 'nine new umbrellas' }),
      call('POST', '/v1/users', { email: 'a@b.example', name: 'A', role: 'admin', password }),
    ]
    for (const { status, body } of await Promise.all(refused)) {
      expect([status, body.code]).toEqual([403, 'forbidden'])
    }
    expect((await call('GET', '/v1/users')).status).toBe(200)
  })

  it('makes one database call, for reads and for writes', async () => {
    const { key } = await makeKey(admin, { access: 'read_write' })
    const before = await databaseCalls()
    expect((await by(key)('GET', '/v1/transactions')).status).toBe(200)
    expect((await by(key)('POST', '/v1/transactions', someTransaction)).status).toBe(201)
    expect((await databaseCalls()) - before).toBe(2)
  })

  it('counts towards the rate limit of the owner', async () => {
    const owner = await createUser(app, 'viewer')
    const { key } = await makeKey(owner)
    const strict = app.with({ RATE_LIMIT_READ: '1/600' })
    expect((await by(key, strict)('GET', '/v1/auth/me')).status).toBe(200)
    const { token } = owner
    expect((await strict('GET', '/v1/auth/me', { token })).status).toBe(429)
  })

  it('is in the audit log under the id of the key', async () => {
    const { key, id } = await makeKey(analyst, { access: 'read_write' })
    const { body } = await by(key)('POST', '/v1/transactions', someTransaction)
    await analyst.delete(`/v1/api-keys/${id}`)
    const rows = await app.sql`select action, actor_id, session_id, api_key_id from data.audit_log
                                where entity_id in (${body.id}, ${id}) order by id`
    expect(rows).toMatchObject([
      { action: 'api_key.created', actor_id: analyst.id, api_key_id: null },
      { action: 'transaction.created', actor_id: analyst.id, api_key_id: id, session_id: null },
      { action: 'api_key.revoked', actor_id: analyst.id, api_key_id: null },
    ])
  })
})

describe('The last use of an API key', () => {
  const lastUse = async (id: string) =>
    (
      await app.sql`select extract(epoch from last_used_at)::float8 at
                      from data.api_keys where id = ${id}`
    )[0]!['at'] as number | null

  it('is recorded by reads, at most once a minute', async () => {
    const { key, id } = await makeKey(analyst)
    await by(key)('GET', '/v1/auth/me')
    const first = await lastUse(id)
    expect(first).not.toBeNull()
    await by(key)('GET', '/v1/auth/me')
    expect(await lastUse(id)).toEqual(first)
    await app.sql`update data.api_keys set last_used_at = now() - interval '2 minutes'
                   where id = ${id}`
    await by(key)('GET', '/v1/auth/me')
    expect(await lastUse(id)).toBeGreaterThan(first!)
  })

  it('is recorded without an error or a second call when twenty requests use the key first and at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { key } = await makeKey(analyst)
      const before = await databaseCalls()
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => by(key)('GET', '/v1/transactions')),
      )
      expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
      expect((await databaseCalls()) - before).toBe(20)
    }
  })
})

describe('Row isolation in the database', () => {
  /** Statements behind the API, as the Worker would send them for a key. */
  const asKey = async (id: string, readOnly: boolean, statement: string) => {
    const [row] = await app.sql`select user_id, key_hash, role from data.api_keys where id = ${id}`
    const { user_id: userId, key_hash: hash, role } = row!
    return app.sql.transaction([
      app.sql`set local role app`,
      app.sql`select api.authenticate_api_key(${id}, ${userId}, ${hash}, ${role}::text, ${readOnly})`,
      app.sql.query(statement),
    ])
  }
  const insert = `insert into api.own_transaction_input (id, user_id, type, amount_minor, currency, category, date)
                  values (gen_random_uuid(), (select id from api.own_profile), 'expense', 1, 'EUR', 'X', '2026-01-01')`

  it('prevents a read-only key from writing', async () => {
    const { id } = await makeKey(analyst)
    await expect(asKey(id, false, insert)).rejects.toMatchObject({ code: '25006' })
    const { id: writing } = await makeKey(analyst, { access: 'read_write' })
    await expect(asKey(writing, true, insert)).rejects.toMatchObject({ code: '25006' })
    await asKey(writing, false, insert)
  })

  it('cannot be lifted again within the transaction', async () => {
    const { id } = await makeKey(analyst)
    const open = `select set_config('transaction_read_only', 'off', true)`
    await expect(asKey(id, false, open)).rejects.toMatchObject({ code: '25001' })
  })

  it('prevents every API key from changing users, sessions, keys and two-factor authentication', async () => {
    const { id } = await makeKey(admin, { access: 'read_write' })
    const statements = [
      `update api.all_users set role = 'admin' where id = '${analyst.id}'`,
      `select api.sign_out_elsewhere(true)`,
      `select api.sign_out_user('${analyst.id}', true)`,
      `select api.change_own_password('x', 'y', true)`,
      `select api.create_api_key(gen_random_uuid(), 'n', 'p', 'admin', 'read', 'h', null)`,
      `select api.revoke_own_api_key('${id}')`,
      `select api.remove_any_totp('${analyst.id}')`,
    ]
    for (const statement of statements) {
      await expect(asKey(id, false, statement)).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('prevents a user from creating a key above the own role', async () => {
    const { id: userId } = analyst
    await expect(
      app.sql.transaction([
        app.sql`select set_config('app.user_id', ${userId}, true)`,
        app.sql`set local role app_analyst`,
        app.sql`select api.create_api_key(gen_random_uuid(), 'n', 'p', 'admin', 'read', 'h', null)`,
      ]),
    ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('The number of API keys of a user', () => {
  it('is at most 20 active ones, also when several are created at once', async () => {
    const owner = await createUser(app, 'analyst')
    const create = () => owner.post('/v1/api-keys', { name: 'One of many' })
    for (let count = 0; count < 18; count++) expect((await create()).status).toBe(201)
    const responses = await Promise.all([create(), create(), create(), create()])
    expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409])
    const refused = await create()
    expect(refused.body).toMatchObject({
      code: 'quota_exceeded',
      detail: 'A user can have at most 20 active API keys. Revoke one first.',
    })
    const { data } = (await owner.get('/v1/api-keys?limit=100')).body
    expect((await owner.delete(`/v1/api-keys/${data[0].id}`)).status).toBe(204)
    expect((await create()).status).toBe(201)
  })
})

describe('An API key without a given expiry', () => {
  it('expires after a year', async () => {
    const { body } = await analyst.post('/v1/api-keys', { name: 'A year' })
    const days = (Date.parse(body.expires_at) - Date.parse(body.created_at)) / 86_400_000
    expect(days).toBeCloseTo(365, 1)
  })
})
