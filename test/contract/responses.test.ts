import { describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Role } from '../../src/db/enums.ts'
import { type Answer, type Call, startTestApp } from '../support/app.ts'
import { neonEndpoint } from '../support/database.ts'
import { document, type Operation } from '../support/operations.ts'
import { insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, loginAs } from '../support/users.ts'
import { readPaths } from '../support/reading.ts'
import { examples, faults } from '../support/schemas.ts'
import { protectedCases, prepare, cases } from './expectations.ts'

const { app, admin } = useApp()

/** Answers 404 to everything, as a proxy without a database behind it may. */
const nowhere = new URL('/nowhere', neonEndpoint).href

/** An answer has a status, a media type, a body and, where it is a problem, a code that is said. */
function expectDocumented({ id, responses }: Operation, answer: Answer): void {
  const said = responses[String(answer.status)]
  expect(said, `${id} answered ${answer.status}: ${answer.text}`).toBeDefined()
  expectDocumentedHeaders(said?.headers ?? {}, answer)
  const type = answer.headers.get('Content-Type')?.split(';')[0] ?? null
  if (!said?.content) {
    expect([type, answer.text]).toEqual([null, ''])
    return
  }
  expect(Object.keys(said.content)).toContain(type)
  const { schema, examples: codes } = said.content[type!]!
  const isJson = type!.endsWith('json') && type !== 'application/x-ndjson'
  expect(faults(schema, isJson ? answer.body : answer.text), answer.text).toEqual([])
  if (type === 'application/problem+json') {
    expect(Object.keys(codes ?? {})).toContain(answer.body.code)
    expect(answer.body.status).toBe(answer.status)
  }
}

/** Headers that the API sets where they make sense; the others stand on every answer. */
const occasional = new Set<string>(['Link', 'Retry-After'])
const watched = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', 'WWW-Authenticate', 'Location']

function expectDocumentedHeaders(documented: object, { status, headers }: Answer): void {
  const said = Object.keys(documented).filter((name) => !occasional.has(name))
  const sent = watched.filter((name) => headers.has(name))
  // A server error may happen before the headers are known.
  if (status < 500) expect(said.filter((name) => !headers.has(name))).toEqual([])
  expect(sent.filter((name) => !(name in documented))).toEqual([])
}

describe('the document', () => {
  it('has examples that fit their schemas', () => {
    const all = examples()
    expect(all.length).toBeGreaterThan(100)
    expect(
      all.flatMap(({ at, schema, value }) => faults(schema, value).map((fault) => [at, fault])),
    ).toEqual([])
  })

  it('is what the validator of these tests takes for strict', () => {
    const user = document.components.schemas['User']!
    const { example } = user
    expect(faults(user, example)).toEqual([])
    expect(faults(user, { ...example, password_hash: 'secret' })).not.toEqual([])
    expect(faults(user, { ...example, id: 'none' })).not.toEqual([])
    expect(faults(user, { ...example, created_at: 'yesterday' })).not.toEqual([])
    const { name: _, ...nameless } = example
    expect(faults(user, nameless)).not.toEqual([])
    const list = { $ref: '#/components/schemas/UserList' }
    const page = { data: [example], limit: 20, has_more: false, next_cursor: null }
    expect(faults(list, page)).toEqual([])
    expect(faults(list, { ...page, data: [{ ...example, more: 1 }] })).not.toEqual([])
  })
})

describe.each(cases)('$id answers what is documented', (operation) => {
  const { roles, status } = operation.expected

  it.each<Role>(roles ?? ['admin'])('to the role %s', async (role) => {
    const caller = await createUser(app, role)
    await insertTransaction(app, caller.id)
    await insertTransaction(app, caller.id, { date: new Date().toISOString().slice(0, 10) })
    const send = await prepare(app, operation, caller)
    const answer = await send()
    expect(answer.status, answer.text).toBe(status)
    expectDocumented(operation, answer)
  })

  it('to every fault that it can have', async () => {
    const send = await prepare(app, operation, admin)
    const answers = [await send({ query: '?unknown=1' })]
    if (operation.needsToken) {
      const viewer = await createUser(app, 'viewer')
      answers.push(await send({ token: undefined }), await send({ token: 'garbage' }))
      answers.push(await send({ token: viewer.token, path: { id: uuidv7() } }))
      answers.push(await send({ token: await deactivated() }), await send({ token: await ended() }))
    }
    if (operation.path.includes('{')) {
      answers.push(await send({ path: { id: 'none', code: 'none' } }))
      answers.push(await send({ path: { id: uuidv7(), code: 'no_such_code' } }))
    }
    if (operation.body) {
      answers.push(await send({ raw: '{' }), await send({ json: {} }), await send({ json: [] }))
      answers.push(await send({ json: { unknown: 1 } }), await send({ raw: '' }))
      answers.push(await send({ raw: 'x=1', headers: { 'Content-Type': 'text/plain' } }))
      answers.push(await send({ raw: `"${'x'.repeat(65_536)}"` }))
    }
    for (const answer of answers) expectDocumented(operation, answer)
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
    const answer = await send({ via, headers, query: '?unknown=1' })
    const isLimited = '429' in operation.responses && operation.id !== 'getHealth'
    if (isLimited) expect(answer.status).toBe(429)
    expectDocumented(operation, answer)
  })

  it('when the database is away, and when the settings are not usable', async () => {
    const send = await prepare(app, operation, admin)
    const away = await send({ via: app.with({ NEON_FETCH_ENDPOINT: nowhere }) })
    // The driver keeps the endpoint for all; any other request sets it right again.
    await app.call('GET', '/health')
    expect(away.status).toBe(operation.expected.calls > 0 ? 503 : operation.expected.status)
    expectDocumented(operation, away)
    const unusable = await send({ via: app.with({ JWT_SECRET: 'too short' }) })
    expect(unusable.status).toBe(500)
    expectDocumented(operation, unusable)
  })
})

let network = 0

async function deactivated(): Promise<string> {
  const { id, token } = await createUser(app, 'admin')
  await app.sql`update book.users set active = false where id = ${id}`
  return token
}

async function ended(): Promise<string> {
  const { sessionId, token } = await createUser(app, 'admin')
  await app.sql`update book.sessions set revoked_at = now() where id = ${sessionId}`
  return token
}

describe('every way to ask for records answers what is documented', () => {
  const reads = protectedCases.filter(({ parameters }) =>
    parameters.some((p) => p.name === 'scope'),
  )

  it.each(reads)('$id', async (operation) => {
    await Promise.all(Array.from({ length: 3 }, () => insertTransaction(app, admin.id)))
    await insertTransaction(app, admin.id, { deleted: true })
    const paths = ['', 'scope=all', `user_id=${admin.id}`, `user_id=${uuidv7()}`, 'limit=1']
    const asked = paths.flatMap((whose) => readPaths(operation, whose))
    for (const path of asked) {
      expectDocumented(operation, await app.call('GET', path, { token: admin.token }))
    }
  })
})

describe('answers that need a story of their own are documented', () => {
  const named = (id: string) => cases.find((operation) => operation.id === id)!
  const stories: [string, string, (call: Call) => Promise<Answer>][] = [
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
      'changeMyPassword',
      'validation_failed',
      (call) =>
        call('POST', '/v1/auth/password', {
          json: { current_password: 'wrong', new_password: 'nine dry raincoats' },
        }),
    ],
  ]

  it.each(stories)('%s: %s', async (id, code, ask) => {
    const answer = await ask((method, path, options) =>
      app.call(method, path, { token: admin.token, ...options }),
    )
    expect(answer.body.code, answer.text).toBe(code)
    expectDocumented(named(id), answer)
  })

  it('updateUser: last_admin', async () => {
    const alone = await startTestApp()
    const last = await createUser(alone, 'admin')
    const answer = await alone.call('PATCH', `/v1/users/${last.id}`, {
      token: last.token,
      json: { role: 'viewer' },
    })
    await alone.database.drop()
    expect(answer.body.code, answer.text).toBe('last_admin')
    expectDocumented(named('updateUser'), answer)
  })

  it('refresh: a token that is used again', async () => {
    const { refreshToken } = await loginAs(app, 'viewer')
    const json = { refresh_token: refreshToken }
    const next = await app.call('POST', '/v1/auth/refresh', { json })
    expectDocumented(named('refresh'), next)
    const { refresh_token } = next.body
    await app.call('POST', '/v1/auth/refresh', { json: { refresh_token } })
    const again = await app.call('POST', '/v1/auth/refresh', { json })
    expect(again.body.code).toBe('invalid_refresh_token')
    expectDocumented(named('refresh'), again)
  })
})
