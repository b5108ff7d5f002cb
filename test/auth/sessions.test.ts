import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { loginAs, password, type LoggedInUser } from '../support/users.ts'

const { app, admin } = useApp()

const refresh = (token: string) =>
  app.call('POST', '/v1/auth/refresh', { json: { refresh_token: token } })
const me = (token: string) => app.call('GET', '/v1/auth/me', { token })

describe('Logging out', () => {
  it('revokes the current session at once and leaves others alone', async () => {
    const here = await loginAs(app, 'viewer')
    const there = await loginAs(app, here)
    expect((await here.post('/v1/auth/logout')).status).toBe(204)
    expect((await here.get('/v1/auth/me')).body.code).toBe('session_revoked')
    expect((await refresh(here.refreshToken)).status).toBe(401)
    expect((await there.get('/v1/auth/me')).status).toBe(200)
  })
})

describe('A deactivated user', () => {
  it('is logged out with the next request, whatever token is used, and cannot log in', async () => {
    const analyst = await loginAs(app, 'analyst')
    await admin.patch(`/v1/users/${analyst.id}`, { active: false })
    const refused = await analyst.get('/v1/transactions')
    expect(refused.status).toBe(401)
    expect(refused.body.code).toBe('account_inactive')
    expect((await refresh(analyst.refreshToken)).status).toBe(401)
    await admin.patch(`/v1/users/${analyst.id}`, { active: true })
    expect((await analyst.get('/v1/transactions')).status).toBe(401)
    expect((await refresh(analyst.refreshToken)).status).toBe(401)
    expect((await loginAs(app, analyst)).token).toBeTruthy()
  })
})

describe('A change of role', () => {
  it('invalidates access tokens, and a refresh gives one with the new role', async () => {
    const viewer = await loginAs(app, 'viewer')
    await admin.patch(`/v1/users/${viewer.id}`, { role: 'analyst' })
    expect((await viewer.get('/v1/auth/me')).status).toBe(401)
    const { body } = await refresh(viewer.refreshToken)
    const { body: now } = await me(body.access_token)
    expect(now.role).toBe('analyst')
    const trends = await app.call('GET', '/v1/dashboard/trends', { token: body.access_token })
    expect(trends.status).toBe(200)
  })
})

describe('A change of the own password', () => {
  const next = 'eight dry umbrellas'

  it('revokes every other session and keeps the current one', async () => {
    const here = await loginAs(app, 'viewer')
    const there = await loginAs(app, here)
    const { status, body } = await here.post('/v1/auth/password', {
      current_password: password,
      new_password: next,
    })
    expect(status).toBe(200)
    expect((await me(body.access_token)).status).toBe(200)
    expect((await here.get('/v1/auth/me')).status).toBe(401)
    expect((await there.get('/v1/auth/me')).status).toBe(401)
    expect((await refresh(there.refreshToken)).status).toBe(401)
    expect((await refresh(here.refreshToken)).status).toBe(200)
    expect((await loginAs(app, here, next)).token).toBeTruthy()
    await expect(loginAs(app, here)).rejects.toThrow('401')
  })

  it('requires the current password', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { status, body } = await viewer.post('/v1/auth/password', {
      current_password: 'wrong, and long',
      new_password: next,
    })
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('body.current_password')
    expect((await viewer.get('/v1/auth/me')).status).toBe(200)
  })

  it('is made once when it is requested twice at once', async () => {
    const viewer = await loginAs(app, 'viewer')
    const change = (new_password: string) =>
      viewer.post('/v1/auth/password', { current_password: password, new_password })
    const responses = await Promise.all([
      change('first of two tries'),
      change('second of two tries'),
    ])
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('A password reset by an admin', () => {
  it('revokes all sessions and sets the password to log in with', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { status } = await admin.post(`/v1/users/${viewer.id}/password`, {
      password: 'nine new umbrellas',
    })
    expect(status).toBe(200)
    expect((await viewer.get('/v1/auth/me')).status).toBe(401)
    expect((await refresh(viewer.refreshToken)).status).toBe(401)
    expect((await loginAs(app, viewer, 'nine new umbrellas')).token).toBeTruthy()
  })
})

describe('A session', () => {
  const age = (id: string, days: number) =>
    app.sql`update data.sessions set created_at = now() - make_interval(days => ${days})
             where id = ${id}`

  it('cannot be refreshed after 90 days, however recently it was used', async () => {
    const user = await loginAs(app, 'viewer')
    await age(user.sessionId, 91)
    expect((await refresh(user.refreshToken)).status).toBe(401)
  })

  it('ends 90 days after its login, even when it is refreshed the day before', async () => {
    const user = await loginAs(app, 'viewer')
    await age(user.sessionId, 89)
    const { status, body } = await refresh(user.refreshToken)
    expect(status).toBe(200)
    const hours = (Date.parse(body.refresh_expires_at) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(20)
    expect(hours).toBeLessThanOrEqual(24)
    const [session] = await app.sql`select expires_at = created_at + interval '90 days' as ends
                                      from data.sessions where id = ${user.sessionId}`
    expect(session).toEqual({ ends: true })
  })

  it('lives as long as SESSION_MAX_DAYS says', async () => {
    const user = await loginAs(app, 'viewer')
    await age(user.sessionId, 8)
    const week = app.with({ SESSION_MAX_DAYS: '7' })
    const json = { refresh_token: user.refreshToken }
    expect((await week('POST', '/v1/auth/refresh', { json })).status).toBe(401)
    expect((await refresh(user.refreshToken)).status).toBe(200)
  })
})

it('The fifty-first session of a user revokes the one that was used least recently', async () => {
  const first = await loginAs(app, 'viewer')
  await app.sql`insert into data.sessions (id, user_id, expires_at, last_used_at)
                select gen_random_uuid(), ${first.id}, now() + interval '1 day',
                       now() + interval '1 hour'
                  from generate_series(1, 49)`
  expect((await first.get('/v1/auth/me')).status).toBe(200)
  const last = await loginAs(app, first)
  expect((await last.get('/v1/auth/me')).status).toBe(200)
  expect((await first.get('/v1/auth/me')).body.code).toBe('session_revoked')
  const [row] = await app.sql`select count(*)::int as active from data.sessions
                               where user_id = ${first.id} and revoked_at is null`
  expect(row).toEqual({ active: 50 })
})

const keyed = (caller: LoggedInUser) => caller.post('/v1/api-keys', { name: 'A machine' })

describe('Signing out everywhere', () => {
  const works = async (key: string) =>
    (await app.call('GET', '/v1/auth/me', { token: key })).status === 200

  it('says how many API keys still work, and revokes them on request', async () => {
    const viewer = await loginAs(app, 'viewer')
    await loginAs(app, viewer)
    const { key } = (await keyed(viewer)).body
    await keyed(viewer)
    const first = await viewer.delete('/v1/auth/sessions')
    expect([first.status, first.body]).toEqual([
      200,
      { revoked_sessions: 1, revoked_api_keys: 0, active_api_keys: 2 },
    ])
    expect(await works(key)).toBe(true)
    const second = await viewer.delete('/v1/auth/sessions?revoke_api_keys=true')
    expect(second.body).toEqual({ revoked_sessions: 0, revoked_api_keys: 2, active_api_keys: 0 })
    expect(await works(key)).toBe(false)
  })

  it('of another user is for admins, with the same response', async () => {
    const viewer = await loginAs(app, 'viewer')
    await keyed(viewer)
    const path = `/v1/auth/sessions?user_id=${viewer.id}&revoke_api_keys=true`
    expect((await (await loginAs(app, 'analyst')).delete(path)).status).toBe(404)
    expect((await admin.delete(path)).body).toEqual({
      revoked_sessions: 1,
      revoked_api_keys: 1,
      active_api_keys: 0,
    })
  })

  it('comes with a password reset, under one idempotency key once', async () => {
    const viewer = await loginAs(app, 'viewer')
    await loginAs(app, viewer)
    const { key } = (await keyed(viewer)).body
    const reset = (revoke_api_keys: boolean, id: string) =>
      admin.post(
        `/v1/users/${viewer.id}/password`,
        { password: 'nine new umbrellas', revoke_api_keys },
        { headers: { 'Idempotency-Key': `reset-${id}-${viewer.id}` } },
      )
    const unrevoked = { revoked_sessions: 2, revoked_api_keys: 0, active_api_keys: 1 }
    expect((await reset(false, 'a')).body).toEqual(unrevoked)
    expect((await reset(false, 'a')).body).toEqual(unrevoked)
    expect(await works(key)).toBe(true)
    const revoked = { revoked_sessions: 0, revoked_api_keys: 1, active_api_keys: 0 }
    expect((await reset(true, 'b')).body).toEqual(revoked)
    expect(await works(key)).toBe(false)
  })

  it('of API keys comes with a change of the own password on request', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { key } = (await keyed(viewer)).body
    const change = { current_password: password, new_password: 'nine new umbrellas' }
    const { status } = await viewer.post('/v1/auth/password', { ...change, revoke_api_keys: true })
    expect(status).toBe(200)
    expect(await works(key)).toBe(false)
  })
})

describe('The account events of the current user', () => {
  const events = async (who: LoggedInUser, token = who.token) =>
    (await app.call('GET', '/v1/auth/me', { token })).body.account_events.map(
      ({ action, done_by: doneBy }: Record<string, string>) => `${action} by ${doneBy}`,
    )

  it('name what was done by the user, by admins and by the system, and stay after reading', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { key } = (await keyed(viewer)).body
    await admin.patch(`/v1/users/${viewer.id}`, { name: 'Renamed' })
    const expected = ['user.updated by admin', 'api_key.created by self', 'user.created by system']
    expect(await events(viewer)).toEqual(expected)
    expect(await events(viewer)).toEqual(expected)
    expect(await events(viewer, key)).toEqual([])
  })

  it('go back 30 days', async () => {
    const viewer = await loginAs(app, 'viewer')
    await app.sql.transaction([
      app.sql`alter table data.audit_log disable trigger append_only`,
      app.sql`update data.audit_log set occurred_at = now() - interval '31 days'
               where owner_id = ${viewer.id}`,
      app.sql`alter table data.audit_log enable trigger append_only`,
    ])
    expect(await events(viewer)).toEqual([])
    await viewer.post('/v1/api-keys', { name: 'A machine' })
    expect(await events(viewer)).toEqual(['api_key.created by self'])
  })
})
