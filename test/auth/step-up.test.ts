import { describe, expect, it } from 'vitest'
import { startTestApp, type TestResponse } from '../support/app.ts'
import { recoveryCode, startedTotp } from '../support/second-factors.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, insertUser, loginAs, password, type User } from '../support/users.ts'

const { app } = useApp()

/** Makes the last login or step-up of a session so old. */
const age = (user: User, seconds: number) =>
  app.sql`update data.sessions set verified_at = now() - make_interval(secs => ${seconds})
           where id = ${user.sessionId}`

async function agedUser(role: 'viewer' | 'analyst' | 'admin', seconds = 301) {
  const user = await createUser(app, role)
  await age(user, seconds)
  return user
}

const stepUp = (user: User, body: object = { password }) => user.post('/v1/auth/step-up', body)

const newUser = () => ({
  email: `step-up-${Math.random()}@example.com`,
  name: 'New',
  role: 'viewer',
  password,
})

/** What lasts longer than an access token, as the owner of a session or as an admin. */
const operations: Record<string, (caller: User) => Promise<TestResponse>> = {
  'creating an API key': (caller) => caller.post('/v1/api-keys', { name: 'A machine' }),
  'changing the own password': (caller) =>
    caller.post('/v1/auth/password', {
      current_password: password,
      new_password: 'nine dry raincoats',
    }),
  'removing the own two-factor authentication': async (caller) => {
    await startedTotp(app, caller, true)
    return caller.delete('/v1/auth/totp', { json: { password, code: recoveryCode } })
  },
  'removing the own two-factor authentication as an admin': async (caller) => {
    await startedTotp(app, caller, true)
    return caller.delete(`/v1/users/${caller.id}/totp`)
  },
  'resetting the own password as an admin': (caller) =>
    caller.post(`/v1/users/${caller.id}/password`, { password: 'nine dry raincoats' }),
  'resetting the password of another user': async (caller) =>
    caller.post(`/v1/users/${(await insertUser(app, 'viewer')).id}/password`, {
      password: 'nine dry raincoats',
    }),
  'creating a user': (caller) => caller.post('/v1/users', newUser()),
  'creating a user in a dry run': (caller) => caller.post('/v1/users?dry_run=true', newUser()),
  'promoting a user': async (caller) =>
    caller.patch(`/v1/users/${(await insertUser(app, 'viewer')).id}`, { role: 'analyst' }),
  'reactivating a user': async (caller) =>
    caller.patch(`/v1/users/${(await insertUser(app, 'viewer', false)).id}`, { active: true }),
}

describe('A session that was verified more than five minutes ago', () => {
  it.each(Object.keys(operations))('is refused %s', async (name) => {
    const { status, body, headers } = await operations[name]!(await agedUser('admin'))
    expect([status, body.code]).toEqual([401, 'step_up_required'])
    expect(body.detail).toMatch(/POST \/v1\/auth\/step-up/)
    expect(headers.get('WWW-Authenticate')).toBe(
      'Bearer realm="edgebook", error="insufficient_user_authentication", max_age=300',
    )
  })

  it.each(Object.keys(operations))('is allowed %s after a step-up', async (name) => {
    const caller = await agedUser('admin')
    expect((await stepUp(caller)).status).toBe(200)
    const { status, text } = await operations[name]!(caller)
    expect(status, text).toBeLessThan(300)
  })

  it('still reads, writes transactions, renames and demotes users, and revokes sessions', async () => {
    const caller = await agedUser('admin')
    const user = `/v1/users/${(await insertUser(app, 'analyst')).id}`
    for (const request of [
      caller.get('/v1/auth/me'),
      caller.post('/v1/transactions', someTransaction),
      caller.patch(user, { name: 'Renamed' }),
      caller.patch(user, { role: 'viewer' }),
      caller.patch(user, { active: false }),
      caller.delete('/v1/auth/sessions'),
    ]) {
      expect((await request).status).toBeLessThan(300)
    }
  })

  it('does not learn from the error whether the current password was right', async () => {
    const caller = await agedUser('viewer')
    const change = { current_password: 'not the password', new_password: 'nine dry raincoats' }
    const { status, body } = await caller.post('/v1/auth/password', change)
    expect([status, body.code]).toEqual([401, 'step_up_required'])
  })
})

describe('A repeat under the same idempotency key', () => {
  it.each<[string, () => Promise<[string, object]>]>([
    ['creating a user', () => Promise.resolve(['/v1/users', newUser()])],
    [
      'resetting a password',
      async () => [
        `/v1/users/${(await insertUser(app, 'viewer')).id}/password`,
        { password: 'nine dry raincoats' },
      ],
    ],
  ])('gets its response without another step-up: %s', async (_, arrange) => {
    const caller = await createUser(app, 'admin')
    const [path, json] = await arrange()
    const send = () =>
      caller.post(path, json, { headers: { 'Idempotency-Key': `step-up-${caller.id}` } })
    const first = await send()
    await age(caller, 301)
    const again = await send()
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  })
})

describe('A step-up', () => {
  it('counts for five minutes, for this session only', async () => {
    const caller = await agedUser('viewer')
    const { status, body } = await stepUp(caller)
    expect(status).toBe(200)
    expect(Date.parse(body.valid_until) - Date.parse(body.verified_at)).toBe(300_000)
    expect((await operations['creating an API key']!(caller)).status).toBe(201)
    await age(caller, 290)
    expect((await operations['creating an API key']!(caller)).status).toBe(201)
    const other = await loginAs(app, caller)
    await age(other, 301)
    expect((await operations['creating an API key']!(other)).status).toBe(401)
  })

  it('is what a login is too, and a refresh is not', async () => {
    const caller = await loginAs(app, 'viewer')
    expect((await operations['creating an API key']!(caller)).status).toBe(201)
    await age(caller, 301)
    const { body } = await app.call('POST', '/v1/auth/refresh', {
      json: { refresh_token: caller.refreshToken },
    })
    const token = body.access_token
    const refused = await app.call('POST', '/v1/api-keys', { token, json: { name: 'A machine' } })
    expect([refused.status, refused.body.code]).toEqual([401, 'step_up_required'])
  })

  it('needs the password', async () => {
    const caller = await agedUser('viewer')
    const { status, body } = await stepUp(caller, { password: 'not the password' })
    expect([status, body.code]).toEqual([401, 'invalid_credentials'])
    expect((await operations['creating an API key']!(caller)).status).toBe(401)
  })

  it('needs a code where two-factor authentication is on, which works once', async () => {
    const caller = await agedUser('viewer')
    const code = await startedTotp(app, caller, true)
    expect((await stepUp(caller)).body.code).toBe('totp_required')
    expect((await stepUp(caller, { password, code: '000000' })).body.code).toBe(
      'invalid_credentials',
    )
    expect((await stepUp(caller, { password, code })).status).toBe(200)
    expect((await stepUp(caller, { password, code })).body.code).toBe('invalid_credentials')
    expect((await stepUp(caller, { password, code: recoveryCode })).status).toBe(200)
    expect((await stepUp(caller, { password, code: recoveryCode })).status).toBe(401)
  })

  it('cannot be made with an API key', async () => {
    const caller = await createUser(app, 'admin')
    const { body } = await operations['creating an API key']!(caller)
    const { status } = await app.call('POST', '/v1/auth/step-up', {
      token: body.key,
      json: { password },
    })
    expect(status).toBe(403)
  })

  it('is in the audit log', async () => {
    const caller = await agedUser('viewer')
    await stepUp(caller)
    const entries = await app.sql`select action, actor_id, session_id from data.audit_log
                                   where owner_id = ${caller.id} order by sequence desc limit 1`
    expect(entries).toEqual([
      { action: 'session.verified', actor_id: caller.id, session_id: caller.sessionId },
    ])
  })

  it('is limited like a login', async () => {
    const app2 = await startTestApp()
    try {
      const caller = await createUser(app2, 'viewer')
      const call = app2.with({ RATE_LIMIT_LOGIN_ACCOUNT: '3/900' })
      const statuses: number[] = []
      for (let i = 0; i < 5; i++) {
        const json = { password: 'not the password' }
        statuses.push(
          (await call('POST', '/v1/auth/step-up', { token: caller.token, json })).status,
        )
      }
      expect(statuses).toEqual([401, 401, 401, 429, 429])
    } finally {
      await app2.database.drop()
    }
  })
})
