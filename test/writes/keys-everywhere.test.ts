import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { createUser, loginAs, password, type User } from '../support/users.ts'
import { operations } from '../support/operations.ts'
import { insertApiKey, startedTotp } from '../support/second-factors.ts'

const { app, admin } = useApp()
let keys = 0

const newKey = () => `everywhere-${++keys}`
const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })
const stored = async (key: string) =>
  (await app.sql`select 1 from data.idempotency_keys where key = ${key}`).length

const sessionOf = async (who: User) => {
  const { body } = await who.get('/v1/auth/sessions')
  return body.data.find((each: { current: boolean }) => each.current).id as string
}

/** What each path needs, made for each test; `gone` names nothing. */
const things: Record<string, { arrange: (who: User) => Promise<string>; gone: string }> = {
  'an API key': {
    arrange: async (who) => `/v1/api-keys/${await insertApiKey(app, who)}`,
    gone: `/v1/api-keys/${uuidv7()}`,
  },
  'a session': {
    arrange: async (who) => `/v1/auth/sessions/${await sessionOf(await loginAs(app, who))}`,
    gone: `/v1/auth/sessions/${uuidv7()}`,
  },
  'the second factor of a user': {
    arrange: async () => {
      const user = await createUser(app, 'viewer')
      await startedTotp(app, user, true)
      return `/v1/users/${user.id}/totp`
    },
    gone: `/v1/users/${uuidv7()}/totp`,
  },
}

describe.each(Object.entries(things))('Revoking or removing %s', (name, { arrange, gone }) => {
  const roles = name.startsWith('the second')
    ? (['admin'] as const)
    : (['viewer', 'admin'] as const)

  it.each(roles)('is done once under a key, by the role %s', async (role) => {
    const who = await createUser(app, role)
    const [path, key] = [await arrange(who), newKey()]
    const first = await who.delete(path, keyed(key))
    expect([first.status, first.headers.get('Idempotency-Replayed')]).toEqual([204, null])
    const again = await who.delete(path, keyed(key))
    expect([again.status, again.text]).toEqual([204, ''])
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await who.delete(path)).status).toBe(404)
    const other = await who.delete(gone, keyed(key))
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it.each(roles)('stores no response when it does not exist, by the role %s', async (role) => {
    const [who, key] = [await createUser(app, role), newKey()]
    for (let i = 0; i < 2; i++) {
      const { status, body } = await who.delete(gone, keyed(key))
      expect([status, body.code]).toEqual([404, 'not_found'])
    }
    expect(await stored(key)).toBe(0)
    expect((await who.delete(await arrange(who), keyed(key))).status).toBe(204)
  })

  it('is done once when five requests send the same key at once', async () => {
    const [path, key] = [await arrange(admin), newKey()]
    const responses = await Promise.all(
      Array.from({ length: 5 }, () => admin.delete(path, keyed(key))),
    )
    expect(responses.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204])
    const replayed = responses.filter(({ headers }) => headers.has('Idempotency-Replayed'))
    expect(replayed).toHaveLength(4)
  })
})

describe('Revoking every other session under a key', () => {
  it('is done once: a session that began since is not revoked', async () => {
    const who = await createUser(app, 'viewer')
    const [before, key] = [await loginAs(app, who), newKey()]
    expect((await who.delete('/v1/auth/sessions', keyed(key))).status).toBe(200)
    expect((await before.get('/v1/auth/me')).status).toBe(401)
    const since = await loginAs(app, who)
    const again = await who.delete('/v1/auth/sessions', keyed(key))
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([200, 'true'])
    expect((await since.get('/v1/auth/me')).status).toBe(200)
  })

  it('is refused from another session, because the key was used for the first', async () => {
    const who = await createUser(app, 'viewer')
    const key = newKey()
    expect((await who.delete('/v1/auth/sessions', keyed(key))).status).toBe(200)
    const other = await loginAs(app, who)
    const elsewhere = await other.delete('/v1/auth/sessions', keyed(key))
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency_key_reused'])
    expect((await who.get('/v1/auth/me')).status).toBe(200)
    expect((await other.delete('/v1/auth/sessions', keyed(newKey()))).status).toBe(200)
    expect((await who.get('/v1/auth/me')).status).toBe(401)
  })
})

describe('A malformed idempotency key', () => {
  const valid: Record<string, object> = {
    login: { email: 'nobody@example.com', password },
    refresh: { refresh_token: 'ebr_none' },
    changePassword: { current_password: password, new_password: 'nine dry raincoats' },
    startTotp: { password },
    confirmTotp: { code: '123456' },
    removeTotp: { password, code: '123456' },
  }
  const bodiless = operations.filter(({ method, body }) => method !== 'GET' && !body)
  const writes = [...bodiless, ...operations.filter(({ id }) => id in valid)]

  it.each(writes)('is refused by $id, which documents the header', async (operation) => {
    const { id, method, parameters } = operation
    expect(parameters.map(({ name }) => name)).toContain('Idempotency-Key')
    const path = operation.path.replace('{id}', uuidv7())
    const { status, body } = await app.call(method, path, {
      token: admin.token,
      json: valid[id],
      ...keyed('two words'),
    })
    expect([status, body.errors?.[0].location]).toEqual([422, 'header.Idempotency-Key'])
  })

  it('is ignored only where a POST reads: it takes no key', () => {
    const without = operations.filter(
      ({ method, parameters }) =>
        method !== 'GET' && !parameters.some(({ name }) => name === 'Idempotency-Key'),
    )
    expect(without.map(({ id }) => id)).toEqual(['compareAuditHeads'])
  })
})
