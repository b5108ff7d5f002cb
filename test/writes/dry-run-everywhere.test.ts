import { describe, expect, it } from 'vitest'
import { prepare, cases } from '../contract/expectations.ts'
import { hasParameter } from '../support/operations.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, password, type User } from '../support/users.ts'
import { recoveryCode, startedTotp } from '../support/second-factors.ts'

const { app } = useApp()

const writes = cases.filter(({ method }) => method !== 'GET')
/** They give out tokens before anybody is known: what is tried there is a guess. */
const withoutDryRun = ['login', 'refresh']
const tried = writes.filter(({ id }) => !withoutDryRun.includes(id))

async function everything(): Promise<string> {
  const tables = await app.sql`select tablename from pg_tables where schemaname = 'book'
                                order by tablename`
  const rows = tables.map(({ tablename }) =>
    app.sql.query(`select to_jsonb(t) from book.${tablename} t order by to_jsonb(t)::text`),
  )
  return JSON.stringify(await Promise.all(rows))
}

const ask = (who: User, method: string, path: string, json?: unknown, via = app.call) =>
  via(method, path, { token: who.token, json })

describe('a dry run', () => {
  it('is there for every write but those that give out tokens', () => {
    const without = writes.filter((operation) => !hasParameter(operation, 'dry_run'))
    expect(without.map(({ id }) => id)).toEqual(withoutDryRun)
  })

  it.each(tried)('of $id changes nothing and uses up nothing', async (operation) => {
    const send = await prepare(app, operation, await createUser(app, 'admin'))
    const before = await everything()
    for (let i = 0; i < 2; i++) {
      const headers = { 'Idempotency-Key': `dry-${operation.id}` }
      const { status, body, text } = await send({ query: '?dry_run=true', headers })
      expect([status, body?.dry_run], text).toEqual([200, true])
      if (operation.id !== 'importTransactions') {
        expect(body.status).toBe(operation.expected.status)
      }
    }
    expect(await everything()).toBe(before)
    // The token, the code and the key are still good for the real thing.
    const real = await send({ headers: { 'Idempotency-Key': `dry-${operation.id}` } })
    expect(real.status, real.text).toBe(operation.expected.status)
    expect(real.headers.get('Idempotency-Replayed')).toBeNull()
    expect(await everything()).not.toBe(before)
  })

  it.each(withoutDryRun)('of %s is refused by name', async (id) => {
    const json = { login: { email: 'nobody@example.com', password }, refresh: {} }[id]
    const { status, body } = await app.call('POST', `/v1/auth/${id}?dry_run=true`, { json })
    expect([status, body.errors[0].location]).toEqual([422, 'query.dry_run'])
  })
})

describe('a dry run shows no secret', () => {
  it('of a new API key', async () => {
    const who = await createUser(app, 'analyst')
    const { body, text } = await ask(who, 'POST', '/v1/api-keys?dry_run=true', { name: 'Nightly' })
    expect(body.result).toMatchObject({ name: 'Nightly', role: 'analyst', access: 'read' })
    expect(body.result).not.toHaveProperty('key')
    expect(text.match(/ebk_[\w-]+/g)).toEqual([body.result.prefix])
  })

  it('of a second factor, nor of its recovery codes', async () => {
    const who = await createUser(app, 'viewer')
    const started = await ask(who, 'POST', '/v1/auth/totp?dry_run=true', { password })
    expect(started.body).toEqual({ dry_run: true, status: 200, result: {} })
    const code = await startedTotp(app, who)
    const confirmed = await ask(who, 'POST', '/v1/auth/totp/confirm?dry_run=true', { code })
    expect(confirmed.body).toEqual({ dry_run: true, status: 200, result: {} })
  })

  it('of another password: the token would be good once the password is changed', async () => {
    const who = await createUser(app, 'viewer')
    const json = { current_password: password, new_password: 'nine dry raincoats' }
    const { body } = await ask(who, 'POST', '/v1/auth/password?dry_run=true', json)
    const result = { token_type: 'Bearer', expires_in: 900 }
    expect(body).toEqual({ dry_run: true, status: 200, result })
  })
})

describe('a dry run is refused as the real thing is', () => {
  it('where the password, the code or the role is wrong', async () => {
    const who = await createUser(app, 'viewer')
    const refused = async (method: string, path: string, json: unknown) => {
      const answers = [
        await ask(who, method, path, json),
        await ask(who, method, `${path}?dry_run=true`, json),
      ]
      const [real, dry] = answers.map(({ status, body }) => [status, body.code, body.errors])
      expect(dry).toEqual(real)
      return real
    }
    const wrong = 'not the password'
    const change = { current_password: wrong, new_password: 'nine dry raincoats' }
    expect(await refused('POST', '/v1/auth/password', change)).toContain(422)
    expect(await refused('POST', '/v1/auth/totp', { password: wrong })).toContain(422)
    expect(await refused('POST', '/v1/auth/totp/confirm', { code: '000000' })).toContain(409)
    await startedTotp(app, who)
    expect(await refused('POST', '/v1/auth/totp/confirm', { code: '000000' })).toContain(422)
    await startedTotp(app, who, true)
    expect(await refused('POST', '/v1/auth/totp', { password })).toContain(409)
    const removal = { password: wrong, code: recoveryCode }
    expect(await refused('DELETE', '/v1/auth/totp', removal)).toContain(422)
    expect(await refused('POST', '/v1/api-keys', { name: 'K', role: 'admin' })).toContain(422)
  })

  it.each([
    ['POST', '/v1/auth/password', { current_password: 'a guess', new_password: 'nine raincoats' }],
    ['POST', '/v1/auth/totp', { password: 'a guess' }],
    ['POST', '/v1/auth/totp/confirm', { code: '000000' }],
    ['DELETE', '/v1/auth/totp', { password: 'a guess', code: '000000' }],
  ])('after too many guesses: %s %s', async (method, path, json) => {
    const who = await createUser(app, 'viewer')
    const strict = app.with({ RATE_LIMIT_LOGIN_ACCOUNT: '2/600' })
    const guess = (query: string) => ask(who, method, path + query, json, strict)
    await guess('?dry_run=true')
    await guess('')
    expect((await guess('?dry_run=true')).status).toBe(429)
    expect((await guess('')).status).toBe(429)
  })
})
