import { beforeEach, describe, expect, it } from 'vitest'
import type { TestResponse } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'
import { loginAs, password, type LoggedInUser } from '../support/users.ts'
import { recoveryCode, startedTotp } from '../support/second-factors.ts'

const { app } = useApp()
let who: LoggedInUser
let key: string
let keys = 0

beforeEach(async () => {
  who = await loginAs(app, 'viewer')
  key = `own-${++keys}`
})

const under = (name: string) => ({ headers: { 'Idempotency-Key': name } })
const said = ({ status, text, headers }: TestResponse) => ({
  ...{ status, text, replayed: headers.get('Idempotency-Replayed') },
})
const again = ({ status, text }: TestResponse) => ({ status, text, replayed: 'true' })
const storedKeys = async () =>
  (await app.sql`select 1 from data.idempotency_keys where key = ${key}`).length
const stored = async () =>
  JSON.stringify([
    await app.sql`select * from data.idempotency_keys`,
    await app.sql`select * from data.audit_log`,
  ])
const reused = [422, 'idempotency_key_reused']

describe('A change of the own password under a key', () => {
  const change = { current_password: password, new_password: 'nine dry raincoats' }
  const ask = (token: string, json: object = change) =>
    app.call('POST', '/v1/auth/password', { token, json, ...under(key) })
  const renewed = async () => {
    const json = { refresh_token: who.refreshToken }
    return (await app.call('POST', '/v1/auth/refresh', { json })).body.access_token as string
  }

  it('is repeated for the token that the session gets next', async () => {
    const first = await ask(who.token)
    expect(said(first)).toMatchObject({ status: 200, replayed: null })
    const lost = await ask(who.token)
    expect([lost.status, lost.body.code]).toEqual([401, 'session_revoked'])
    expect(said(await ask(await renewed()))).toEqual(again(first))
    expect(said(await ask(first.body.access_token))).toEqual(again(first))
    const me = await app.call('GET', '/v1/auth/me', { token: first.body.access_token })
    expect(me.status).toBe(200)
    const changes = await app.sql`select 1 from data.audit_log
                                   where owner_id = ${who.id} and action = 'user.password_changed'`
    expect(changes).toHaveLength(1)
  })

  it('returns its token to no other session', async () => {
    const first = await ask(who.token)
    const other = await loginAs(app, who, change.new_password)
    const elsewhere = await ask(other.token)
    expect([elsewhere.status, elsewhere.body.code]).toEqual(reused)
    expect(elsewhere.text).not.toContain(first.body.access_token)
  })

  it('is refused with other passwords', async () => {
    const { body } = await ask(who.token)
    const other = await ask(body.access_token, { ...change, new_password: 'ten dry raincoats' })
    expect([other.status, other.body.code]).toEqual(reused)
  })

  it('stores no response when it is refused, and no password or token in the database', async () => {
    const wrong = { ...change, current_password: 'not the password' }
    for (let i = 0; i < 2; i++) {
      const { status, body } = await ask(who.token, wrong)
      expect([status, body.errors[0].location]).toEqual([422, 'body.current_password'])
    }
    expect(await storedKeys()).toBe(0)
    const { body } = await ask(who.token)
    expect(await storedKeys()).toBe(1)
    const rows = await stored()
    for (const hidden of [password, change.new_password, body.access_token]) {
      expect(rows).not.toContain(hidden)
    }
  })

  it('is done once when five requests send it at once', async () => {
    const responses = await Promise.all(Array.from({ length: 5 }, () => ask(who.token)))
    const done = responses.filter(({ status }) => status === 200)
    expect(new Set(done.map(({ text }) => text)).size).toBe(1)
    expect(done.filter(({ headers }) => !headers.has('Idempotency-Replayed'))).toHaveLength(1)
    // The first may have ended the token of those that came a moment later.
    const rest = responses.filter(({ status }) => status !== 200)
    expect(rest.map(({ body }) => body.code)).toEqual(rest.map(() => 'session_revoked'))
  })
})

describe('The own two-factor authentication under a key', () => {
  const start = (json: object = { password }) => who.post('/v1/auth/totp', json, under(key))
  const confirm = (code: string, name = key) =>
    who.post('/v1/auth/totp/confirm', { code }, under(name))
  const remove = (name = key) =>
    who.delete('/v1/auth/totp', { json: { password, code: recoveryCode }, ...under(name) })

  it('has one secret, however often it is requested', async () => {
    const first = await start()
    expect(said(first)).toMatchObject({ status: 200, replayed: null })
    expect(said(await start())).toEqual(again(first))
    const other = await loginAs(app, who)
    expect(said(await other.post('/v1/auth/totp', { password }, under(key)))).toEqual(again(first))
    const guess = await start({ password: 'not the password' })
    expect([guess.status, guess.body.code]).toEqual(reused)
    expect(await stored()).not.toContain(first.body.secret)
  })

  it('shows the recovery codes again when the response was lost', async () => {
    const code = await startedTotp(app, who)
    const first = await confirm(code)
    expect(first.body.recovery_codes).toHaveLength(10)
    expect(said(await confirm(code))).toEqual(again(first))
    expect((await confirm(code, `${key}-other`)).status).toBe(409)
    expect((await who.get('/v1/auth/totp')).body.recovery_codes_left).toBeGreaterThanOrEqual(10)
    const rows = await stored()
    for (const each of first.body.recovery_codes) expect(rows).not.toContain(each)
  })

  it('is confirmed once when five requests send it at once', async () => {
    const code = await startedTotp(app, who)
    const responses = await Promise.all(Array.from({ length: 5 }, () => confirm(code)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1)
    const replayed = responses.filter(({ headers }) => headers.has('Idempotency-Replayed'))
    expect(replayed).toHaveLength(4)
  })

  it('is removed once', async () => {
    await startedTotp(app, who, true)
    const first = await remove()
    expect(said(first)).toEqual({ status: 204, text: '', replayed: null })
    expect(said(await remove())).toEqual(again(first))
    expect((await remove(`${key}-other`)).status).toBe(404)
  })

  it('stores no response when it is refused', async () => {
    for (let i = 0; i < 2; i++) {
      expect((await start({ password: 'not the password' })).status).toBe(422)
      expect((await confirm('000000')).status).toBe(409)
      expect((await remove()).status).toBe(404)
    }
    expect(await storedKeys()).toBe(0)
    expect((await start()).status).toBe(200)
  })

  it('cannot be read by another user: a response that is moved to another user cannot be decrypted', async () => {
    const mine = await start()
    const other = await loginAs(app, 'viewer')
    await other.post('/v1/auth/totp', { password }, under(key))
    await app.sql`update data.idempotency_keys set response =
                    (select response from data.idempotency_keys where user_id = ${who.id})
                   where user_id = ${other.id}`
    const response = await other.post('/v1/auth/totp', { password }, under(key))
    expect(response.status).toBe(422)
    expect(response.text).not.toContain(mine.body.secret)
  })
})

describe('A logout under a key', () => {
  it('gets a 401 when it is sent again, because it has revoked the session', async () => {
    expect((await who.post('/v1/auth/logout', undefined, under(key))).status).toBe(204)
    const { status, body } = await who.post('/v1/auth/logout', undefined, under(key))
    expect([status, body.code]).toEqual([401, 'session_revoked'])
  })

  it('revokes no other session in its place, and says so', async () => {
    const other = await loginAs(app, who)
    expect((await who.post('/v1/auth/logout', undefined, under(key))).status).toBe(204)
    const elsewhere = await other.post('/v1/auth/logout', undefined, under(key))
    expect([elsewhere.status, elsewhere.body.code]).toEqual(reused)
    expect((await other.get('/v1/auth/me')).status).toBe(200)
    expect((await other.post('/v1/auth/logout', undefined, under(`${key}-2`))).status).toBe(204)
    expect((await other.get('/v1/auth/me')).status).toBe(401)
  })

  it('revokes nothing with the key of another write', async () => {
    expect((await who.delete('/v1/auth/sessions', under(key))).status).toBe(200)
    const { status, body } = await who.post('/v1/auth/logout', undefined, under(key))
    expect([status, body.code]).toEqual(reused)
    expect((await who.get('/v1/auth/me')).status).toBe(200)
  })
})
