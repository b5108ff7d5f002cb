import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Role } from '../../src/db/enums.ts'
import { type Call, startTestApp, type TestResponse } from '../support/app.ts'
import { neonEndpoint } from '../support/database.ts'
import { checkDocumented } from '../support/documented.ts'
import { document } from '../support/operations.ts'
import { insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, loginAs } from '../support/users.ts'
import { readPaths } from '../support/reading.ts'
import { examples, issues } from '../support/schemas.ts'
import { protectedCases, prepare, cases } from './expectations.ts'

const { app, admin } = useApp()

/** Responds with 404 to everything, as a proxy without a database behind it may. */
const nowhere = new URL('/nowhere', neonEndpoint).href

describe('The OpenAPI document', () => {
  it('has examples that match their schemas', () => {
    const all = examples()
    expect(all.length).toBeGreaterThan(100)
    expect(
      all.flatMap(({ at, schema, value }) => issues(schema, value).map((issue) => [at, issue])),
    ).toEqual([])
  })

  it('has only keywords that the validator of these tests checks', () => {
    const user = document.components.schemas['User']!
    const { example } = user
    expect(issues(user, example)).toEqual([])
    expect(issues(user, { ...example, password_hash: 'secret' })).not.toEqual([])
    expect(issues(user, { ...example, id: 'none' })).not.toEqual([])
    expect(issues(user, { ...example, created_at: 'yesterday' })).not.toEqual([])
    const { name: _, ...nameless } = example
    expect(issues(user, nameless)).not.toEqual([])
    const list = { $ref: '#/components/schemas/UserList' }
    const page = { data: [example], limit: 20, has_more: false, next_cursor: null }
    expect(issues(list, page)).toEqual([])
    expect(issues(list, { ...page, data: [{ ...example, more: 1 }] })).not.toEqual([])
  })
})

describe('A response of these tests', () => {
  const path = `/v1/users/${uuidv7()}`
  const user = document.components.schemas['User']!['example']
  const headers = { 'X-Request-Id': 'none', 'Content-Type': 'application/json' }
  const response = (status: number, body: object, more: Record<string, string> = {}) => ({
    status,
    headers: new Headers({ ...headers, ...more }),
    body,
    text: JSON.stringify(body),
  })

  it('passes if the document describes it', () => {
    expect(() => checkDocumented('GET', path, response(200, user))).not.toThrow()
    expect(() => checkDocumented('HEAD', path, response(200, {}))).not.toThrow()
  })

  it.each([
    ['an undocumented path', 'GET', '/v1/nothing', response(200, user)],
    ['an undocumented status', 'GET', path, response(206, user)],
    ['an undocumented field', 'GET', path, response(200, { ...user, password_hash: 'x' })],
    ['an undocumented header', 'GET', path, response(200, user, { Location: path })],
    [
      'an undocumented media type',
      'GET',
      path,
      response(200, user, { 'Content-Type': 'text/csv' }),
    ],
    ['an undocumented code', 'GET', path, response(404, { code: 'email_taken' })],
    ['a missing header', 'POST', '/v1/users', response(201, user)],
  ])('fails its test because of %s', (_, method, url, received) => {
    expect(() => checkDocumented(method, url, received)).toThrow('not as openapi.json says')
  })
})

let deactivated: string
let revoked: string

beforeAll(async () => {
  const [first, second] = [await createUser(app, 'admin'), await createUser(app, 'admin')]
  await app.sql`update data.users set active = false where id = ${first.id}`
  await app.sql`update data.sessions set revoked_at = now() where id = ${second.sessionId}`
  deactivated = first.token
  revoked = second.token
})

describe.each(cases)('$id responds as documented', (operation) => {
  const { roles, status } = operation.expected

  it.each<Role>(roles ?? ['admin'])('to the role %s', async (role) => {
    const caller = await createUser(app, role)
    await insertTransaction(app, caller.id)
    await insertTransaction(app, caller.id, { date: new Date().toISOString().slice(0, 10) })
    const send = await prepare(app, operation, caller)
    const response = await send()
    expect(response.status, response.text).toBe(status)
  })

  // Every response of these tests is checked where it is received: see support/documented.ts.
  it('with every error that it can have', async () => {
    const send = await prepare(app, operation, admin)
    await send({ query: '?unknown=1' })
    if (operation.needsToken) {
      const viewer = await createUser(app, 'viewer')
      await send({ token: undefined })
      await send({ token: 'garbage' })
      await send({ token: viewer.token, path: { id: uuidv7() } })
      await send({ token: deactivated })
      await send({ token: revoked })
    }
    if (operation.path.includes('{')) {
      await send({ path: { id: 'none', code: 'none' } })
      await send({ path: { id: uuidv7(), code: 'no_such_code' } })
      await send({ path: { id: uuidv7(), code: 'x'.repeat(101) } })
    }
    if (operation.body) {
      await send({ raw: '{' })
      await send({ json: {} })
      await send({ json: [] })
      await send({ json: { unknown: 1 } })
      await send({ raw: '' })
      await send({ raw: 'x=1', headers: { 'Content-Type': 'text/plain' } })
      await send({ raw: `"${'x'.repeat(65_536)}"` })
    }
  })

  it('when there are too many requests', async () => {
    const strict = Object.fromEntries(
      ['LOGIN_ADDRESS', 'LOGIN_ACCOUNT', 'ANONYMOUS', 'READ', 'WRITE', 'EXPENSIVE'].map((name) => [
        `RATE_LIMIT_${name}`,
        '1/600',
      ]),
    )
    const headers = { 'CF-Connecting-IP': `2001:db8:${(++network).toString(16)}::1` }
    const send = await prepare(app, operation, await createUser(app, 'admin'))
    const via = app.with(strict)
    await send({ via, headers, query: '?unknown=1' })
    const response = await send({ via, headers, query: '?unknown=1' })
    const isLimited = '429' in operation.responses && operation.id !== 'getHealth'
    if (isLimited) expect(response.status).toBe(429)
  })

  it('when the database is unreachable, and when the settings are invalid', async () => {
    const send = await prepare(app, operation, admin)
    const away = await send({ via: app.with({ NEON_FETCH_ENDPOINT: nowhere }) })
    // The driver keeps the endpoint for all; any other request sets it right again.
    await app.call('GET', '/health')
    expect(away.status).toBe(operation.expected.calls > 0 ? 503 : operation.expected.status)
    const unusable = await send({ via: app.with({ JWT_SECRET: 'too short' }) })
    expect(unusable.status).toBe(operation.id === 'getHealth' ? 200 : 500)
  })
})

let network = 0

describe('A read of records', () => {
  const reads = protectedCases.filter(({ parameters }) =>
    parameters.some((p) => p.name === 'scope'),
  )

  it.each(reads)('responds as documented for every parameter: $id', async (operation) => {
    await Promise.all(Array.from({ length: 3 }, () => insertTransaction(app, admin.id)))
    await insertTransaction(app, admin.id, { deleted: true })
    const paths = ['', 'scope=all', `user_id=${admin.id}`, `user_id=${uuidv7()}`, 'limit=1']
    const asked = paths.flatMap((whose) => readPaths(operation, whose))
    for (const path of asked) {
      const { status } = await app.call('GET', path, { token: admin.token })
      expect([200, 404, 422]).toContain(status)
    }
  })
})

describe('A response to a special condition', () => {
  const named = (id: string) => cases.find((operation) => operation.id === id)!
  const stories: [string, string, (call: Call) => Promise<TestResponse>][] = [
    [
      'login',
      'invalid_credentials',
      (call) =>
        call('POST', '/v1/auth/login', {
          json: { email: admin.email, password: 'wrong' },
        }),
    ],
    [
      'refresh',
      'invalid_refresh_token',
      (call) =>
        call('POST', '/v1/auth/refresh', {
          json: { refresh_token: 'ebr_none' },
        }),
    ],
    [
      'createUser',
      'email_taken',
      (call) =>
        call('POST', '/v1/users', {
          json: {
            email: admin.email,
            name: 'Twin',
            role: 'viewer',
            password: 'seven wet umbrellas',
          },
        }),
    ],
    ['listUsers', 'invalid_cursor', (call) => call('GET', '/v1/users?cursor=none')],
    ['listTransactions', 'invalid_cursor', (call) => call('GET', '/v1/transactions?cursor=none')],
    [
      'changePassword',
      'validation_failed',
      (call) =>
        call('POST', '/v1/auth/password', {
          json: { current_password: 'wrong', new_password: 'nine dry raincoats' },
        }),
    ],
  ]

  it.each(stories)('is documented: %s, %s', async (_, code, ask) => {
    const response = await ask((method, path, options) =>
      app.call(method, path, { token: admin.token, ...options }),
    )
    expect(response.body.code, response.text).toBe(code)
  })

  it('is documented: updateUser, last_admin', async () => {
    const alone = await startTestApp()
    const last = await createUser(alone, 'admin')
    const response = await alone.call('PATCH', `/v1/users/${last.id}`, {
      token: last.token,
      json: { role: 'viewer' },
    })
    await alone.database.drop()
    expect(response.body.code, response.text).toBe('last_admin')
  })

  it.each(['updateTransaction', 'deleteTransaction', 'restoreTransaction'])(
    'is documented: %s, precondition_failed',
    async (id) => {
      const send = await prepare(app, named(id), admin)
      const response = await send({ headers: { 'If-Match': '"77"' } })
      expect(response.body.code, response.text).toBe('precondition_failed')
    },
  )

  it('is documented: refresh, a token that is used again', async () => {
    const { refreshToken } = await loginAs(app, 'viewer')
    const json = { refresh_token: refreshToken }
    const next = await app.call('POST', '/v1/auth/refresh', { json })
    const { refresh_token } = next.body
    await app.call('POST', '/v1/auth/refresh', { json: { refresh_token } })
    const again = await app.call('POST', '/v1/auth/refresh', { json })
    expect(again.body.code).toBe('invalid_refresh_token')
  })
})
