import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { loginAs, password, type User } from '../support/users.ts'

const { app, admin } = useApp()

const sessions = async (who: User, query = '') =>
  (await who.get(`/v1/auth/sessions${query}`)).body.data as { id: string; current: boolean }[]
const currentOf = async (who: User) => (await sessions(who)).find(({ current }) => current)!.id

const endings = async (who: User) =>
  (
    await app.sql`select actor_id, entity_id, after->>'revoked_reason' reason from data.audit_log
                   where owner_id = ${who.id} and action = 'session.revoked' order by sequence`
  ).map((row) => [row['actor_id'], row['entity_id'], row['reason']])

describe('The list of sessions', () => {
  it('says where, when and with which client a user logged in, and which session is the current one', async () => {
    const viewer = await loginAs(app, 'viewer')
    const headers = { 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'Firefox/150  on\tLinux' }
    await app.call('POST', '/v1/auth/login', { headers, json: { email: viewer.email, password } })
    const { status, body } = await viewer.get('/v1/auth/sessions')
    expect(status).toBe(200)
    expect(body.data).toMatchObject([
      {
        user_id: viewer.id,
        address: '203.0.113.7',
        user_agent: 'Firefox/150 on Linux',
        current: false,
      },
      { user_id: viewer.id, address: null, current: true },
    ])
    expect(body.has_more).toBe(false)
    const days = (Date.parse(body.data[0].expires_at) - Date.now()) / 86_400_000
    expect(days).toBeCloseTo(30, 1)
  })

  it('limits the length of the name of a client', async () => {
    const viewer = await loginAs(app, 'viewer')
    const headers = { 'User-Agent': `Long ${'x'.repeat(5000)}` }
    await app.call('POST', '/v1/auth/login', { headers, json: { email: viewer.email, password } })
    const { body } = await viewer.get('/v1/auth/sessions?limit=1')
    expect(body.data[0].user_agent).toHaveLength(255)
    expect(body.has_more).toBe(true)
    const next = await viewer.get(`/v1/auth/sessions?limit=1&cursor=${body.next_cursor}`)
    expect(next.body.data).toMatchObject([{ current: true }])
    expect(next.body.has_more).toBe(false)
    expect((await viewer.get('/v1/auth/sessions?page=2&limit=1')).body.total).toBe(2)
  })

  it('has no revoked sessions, and none of other users', async () => {
    const here = await loginAs(app, 'viewer')
    const there = await loginAs(app, here)
    await loginAs(app, 'viewer')
    expect(await sessions(here)).toHaveLength(2)
    await there.post('/v1/auth/logout')
    expect(await sessions(here)).toHaveLength(1)
    await app.sql`update data.sessions set expires_at = now() where user_id = ${here.id}`
    expect(await sessions(admin, `?user_id=${here.id}`)).toHaveLength(0)
  })

  it('of another user is for admins only', async () => {
    const viewer = await loginAs(app, 'viewer')
    const analyst = await loginAs(app, 'analyst')
    expect(await sessions(admin, `?user_id=${viewer.id}`)).toMatchObject([
      { user_id: viewer.id, current: false },
    ])
    const { status } = await analyst.get(`/v1/auth/sessions?user_id=${viewer.id}`)
    expect(status).toBe(404)
    expect(await sessions(viewer, `?user_id=${viewer.id}`)).toHaveLength(1)
  })
})

describe('Revoking a session', () => {
  it('takes effect on the next request, for its access token and its refresh token', async () => {
    const here = await loginAs(app, 'viewer')
    const there = await loginAs(app, here)
    const id = await currentOf(there)
    expect((await here.delete(`/v1/auth/sessions/${id}`)).status).toBe(204)
    expect((await there.get('/v1/auth/me')).body.code).toBe('session_revoked')
    const json = { refresh_token: there.refreshToken }
    expect((await app.call('POST', '/v1/auth/refresh', { json })).status).toBe(401)
    expect((await here.get('/v1/auth/me')).status).toBe(200)
    expect((await here.delete(`/v1/auth/sessions/${id}`)).status).toBe(404)
    expect(await endings(here)).toEqual([[here.id, id, 'revoked']])
  })

  it('works for the current session', async () => {
    const viewer = await loginAs(app, 'viewer')
    const id = await currentOf(viewer)
    expect((await viewer.delete(`/v1/auth/sessions/${id}`)).status).toBe(204)
    expect((await viewer.get('/v1/auth/me')).status).toBe(401)
  })

  it('of another user is for admins only, and responds to others as if the session did not exist', async () => {
    const viewer = await loginAs(app, 'viewer')
    const analyst = await loginAs(app, 'analyst')
    const id = await currentOf(viewer)
    expect((await analyst.delete(`/v1/auth/sessions/${id}`)).status).toBe(404)
    expect((await viewer.get('/v1/auth/me')).status).toBe(200)
    expect((await admin.delete(`/v1/auth/sessions/${id}`)).status).toBe(204)
    expect((await viewer.get('/v1/auth/me')).status).toBe(401)
    expect(await endings(viewer)).toEqual([[admin.id, id, 'revoked']])
  })
})

describe('Revoking all other sessions', () => {
  it('keeps the current session', async () => {
    const here = await loginAs(app, 'viewer')
    const others = [await loginAs(app, here), await loginAs(app, here)]
    const stranger = await loginAs(app, 'viewer')
    expect((await here.delete('/v1/auth/sessions')).status).toBe(200)
    for (const other of others) expect((await other.get('/v1/auth/me')).status).toBe(401)
    for (const who of [here, stranger]) expect((await who.get('/v1/auth/me')).status).toBe(200)
    expect((await here.delete('/v1/auth/sessions')).status).toBe(200)
  })

  it('revokes all sessions of a user for an admin, and is refused for others', async () => {
    const viewer = await loginAs(app, 'viewer')
    const analyst = await loginAs(app, 'analyst')
    const path = `/v1/auth/sessions?user_id=${viewer.id}`
    expect((await analyst.delete(path)).status).toBe(404)
    expect((await viewer.get('/v1/auth/me')).status).toBe(200)
    expect((await admin.delete(path)).status).toBe(200)
    expect((await viewer.get('/v1/auth/me')).status).toBe(401)
    expect((await admin.get('/v1/auth/me')).status).toBe(200)
  })
})

describe('The audit log', () => {
  it('says why each session was revoked', async () => {
    const viewer = await loginAs(app, 'viewer')
    const reasons = async () => (await endings(viewer)).map(([, , reason]) => reason)
    await viewer.post('/v1/auth/logout')
    await loginAs(app, viewer)
    await admin.post(`/v1/users/${viewer.id}/password`, { password: 'nine new umbrellas' })
    await loginAs(app, viewer, 'nine new umbrellas')
    await admin.patch(`/v1/users/${viewer.id}`, { active: false })
    expect(await reasons()).toEqual(['logout', 'password', 'deactivated'])
  })
})

describe('The database', () => {
  it('revokes sessions of other users for admins only', async () => {
    const grants = await app.sql`
      select r.rolname, has_function_privilege(r.oid, 'api.revoke_any_session(uuid)', 'execute') may_end,
             has_table_privilege(r.oid, 'api.all_sessions', 'select') may_see
        from pg_roles r where r.rolname in ('app', 'app_viewer', 'app_analyst', 'app_admin') order by 1`
    expect(grants.filter((row) => row['may_end']).map((row) => row['rolname'])).toEqual([
      'app_admin',
    ])
    expect(grants.filter((row) => row['may_see']).map((row) => row['rolname'])).toEqual([
      'app_admin',
    ])
  })
})
