import { describe, expect, it } from 'vitest'
import { type TestResponse, testSecret } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'
import { loginAs, type User } from '../support/users.ts'

const { app } = useApp()

const refresh = (token: string, call = app.call) =>
  call('POST', '/v1/auth/refresh', { json: { refresh_token: token } })
const me = (token: string) => app.call('GET', '/v1/auth/me', { token })

/** The tokens of somebody's sessions, and how often one was exchanged. */
const tokensOf = ({ id }: User) =>
  app.sql`select t.used_at from data.refresh_tokens t join data.sessions s on s.id = t.session_id
           where s.user_id = ${id}`

/** Moves what was exchanged into the past. */
const wait = ({ id }: User, seconds: number) =>
  app.sql`update data.refresh_tokens set used_at = used_at - make_interval(secs => ${seconds})
           where session_id in (select id from data.sessions where user_id = ${id})`

/** Why sessions of somebody ended, as the audit log says. */
const endings = async ({ id }: User) =>
  (
    await app.sql`select after->>'revoked_reason' reason from data.audit_log
                   where owner_id = ${id} and action = 'session.revoked' order by sequence`
  ).map(({ reason }) => reason as string)

const statuses = (responses: TestResponse[]) => responses.map(({ status }) => status)

describe('a refresh token', () => {
  it('is exchanged for new tokens that work', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { status, body } = await refresh(viewer.refreshToken)
    expect(status).toBe(200)
    expect(body.refresh_token).toMatch(/^ebr_[\w-]{43}$/)
    expect(body.refresh_token).not.toBe(viewer.refreshToken)
    expect((await me(body.access_token)).body.id).toBe(viewer.id)
    expect((await refresh(body.refresh_token)).status).toBe(200)
  })

  it('that ten use at once is exchanged once, and all ten get the one successor', async () => {
    for (let round = 0; round < 10; round++) {
      const viewer = await loginAs(app, 'viewer')
      const responses = await Promise.all(
        Array.from({ length: 10 }, () => refresh(viewer.refreshToken)),
      )
      expect(statuses(responses)).toEqual(Array.from({ length: 10 }, () => 200))
      expect(new Set(responses.map(({ body }) => body.refresh_token)).size).toBe(1)
      const tokens = await tokensOf(viewer)
      expect(tokens).toHaveLength(2)
      expect(tokens.filter(({ used_at: used }) => used !== null)).toHaveLength(1)
      expect((await refresh(responses[0]!.body.refresh_token)).status).toBe(200)
      expect(await endings(viewer)).toEqual([])
    }
  })

  it('whose response was lost gives the same successor, which lasts no longer for it', async () => {
    const viewer = await loginAs(app, 'viewer')
    const first = await refresh(viewer.refreshToken)
    await wait(viewer, 8)
    const again = await refresh(viewer.refreshToken)
    expect(again.status).toBe(200)
    expect(again.body.refresh_token).toBe(first.body.refresh_token)
    expect(again.body.refresh_expires_at).toBe(first.body.refresh_expires_at)
    expect((await me(again.body.access_token)).status).toBe(200)
  })

  it('whose response was lost is forgiven while secrets are rotated', async () => {
    const viewer = await loginAs(app, 'viewer')
    const first = await refresh(viewer.refreshToken)
    const secrets = { JWT_SECRET: 'another secret, which is also long enough' }
    const rotating = app.with({ ...secrets, JWT_SECRET_PREVIOUS: testSecret })
    const again = await refresh(viewer.refreshToken, rotating)
    expect(again.body.refresh_token).toBe(first.body.refresh_token)
    expect((await refresh(first.body.refresh_token, rotating)).status).toBe(200)
  })

  it('that is used again after ten seconds ends the session, for the thief and the owner', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { body } = await refresh(viewer.refreshToken)
    await wait(viewer, 11)
    const again = await refresh(viewer.refreshToken)
    expect(again.status).toBe(401)
    expect(again.body.code).toBe('invalid_refresh_token')
    expect((await refresh(body.refresh_token)).status).toBe(401)
    expect((await me(body.access_token)).body.code).toBe('session_revoked')
    expect(await endings(viewer)).toEqual(['reuse'])
  })

  it('whose successor was used ends the session at once', async () => {
    const viewer = await loginAs(app, 'viewer')
    const second = await refresh(viewer.refreshToken)
    const third = await refresh(second.body.refresh_token)
    expect((await refresh(viewer.refreshToken)).status).toBe(401)
    expect((await refresh(third.body.refresh_token)).status).toBe(401)
    expect((await me(third.body.access_token)).status).toBe(401)
    expect(await endings(viewer)).toEqual(['reuse'])
  })

  it('is not forgiven once the session has ended', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { body } = await refresh(viewer.refreshToken)
    const token = body.access_token
    expect((await app.call('POST', '/v1/auth/logout', { token })).status).toBe(204)
    expect((await refresh(viewer.refreshToken)).status).toBe(401)
    expect(await endings(viewer)).toEqual(['logout'])
  })

  it('that nobody gave out is refused', async () => {
    expect((await refresh('ebr_made-up')).status).toBe(401)
  })

  it('is over after thirty days without use', async () => {
    const viewer = await loginAs(app, 'viewer')
    await app.sql`update data.refresh_tokens set expires_at = now() - interval '1 second'
                   where session_id in (select id from data.sessions where user_id = ${viewer.id})`
    expect((await refresh(viewer.refreshToken)).status).toBe(401)
  })

  it('is stored nowhere, nor is its successor', async () => {
    const viewer = await loginAs(app, 'viewer')
    const { body } = await refresh(viewer.refreshToken)
    const rows = JSON.stringify([
      await app.sql`select * from data.refresh_tokens`,
      await app.sql`select * from data.audit_log`,
    ])
    expect(rows).not.toContain(viewer.refreshToken.slice(4))
    expect(rows).not.toContain(body.refresh_token.slice(4))
  })
})
