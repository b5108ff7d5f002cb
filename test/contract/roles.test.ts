import { describe, expect, it } from 'vitest'
import { createAccessTokens } from '../../src/access/access-tokens.ts'
import type { TestResponse } from '../support/app.ts'
import { document, operations } from '../support/operations.ts'
import { insertImport, insertTransaction, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { expectations, protectedCases, prepare, cases } from './expectations.ts'

const roles = ['viewer', 'analyst', 'admin'] as const

const { app, admin } = useApp()

function expectProblem(response: TestResponse, status: number, code: string): void {
  expect(response.body, response.text).toMatchObject({ status, code })
  expect(response.status).toBe(status)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  if (status === 401) expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer /)
}

const schemaOf = (reference: string) => document.components.schemas[reference.split('/').at(-1)!]!

describe('The OpenAPI document', () => {
  it('has exactly the operations that these tests expect', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(expectations).sort())
  })

  it.each(operations)('has no field of $id in two parts of the request', ({ parameters, body }) => {
    const schema = body?.['application/json']?.schema ?? {}
    const { properties = {} } = schema['$ref'] ? schemaOf(schema['$ref']) : schema
    const names = [...parameters.map(({ name }) => name), ...Object.keys(properties)]
    // Services name a field; the error handler looks up in which part the route has it.
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('says which roles may call each operation', () => {
    const documented = cases.map(({ id, roles: said, needsToken }) => [id, said, needsToken])
    const expected = cases.map(({ id, expected: { roles: may } }) => [id, may, may !== undefined])
    expect(documented).toEqual(expected)
  })
})

describe.each(cases.filter(({ needsToken }) => !needsToken))('$id', (operation) => {
  it('needs no token', async () => {
    const send = await prepare(app, operation, admin)
    expect((await send()).status).toBe(operation.expected.status)
  })
})

describe.each(protectedCases)('$id', (operation) => {
  const { roles: allowed = [], status } = operation.expected

  it('needs a token', async () => {
    const send = await prepare(app, operation, admin)
    expectProblem(await send({ token: undefined }), 401, 'unauthenticated')
  })

  it('refuses an invalid token and one with another signature', async () => {
    const send = await prepare(app, operation, admin)
    expectProblem(await send({ token: 'garbage' }), 401, 'unauthenticated')
    const forged = await createAccessTokens(
      ['another secret, 32 bytes or more'],
      () => new Date(),
    ).issue({ userId: admin.id, sessionId: admin.sessionId, tokenVersion: 1, role: 'admin' })
    expectProblem(await send({ token: forged }), 401, 'unauthenticated')
  })

  it.each(roles.filter((role) => allowed.includes(role)))(
    'is allowed for the role %s',
    async (role) => {
      const send = await prepare(app, operation, await createUser(app, role))
      const response = await send()
      expect(response.status, response.text).toBe(status)
    },
  )

  it.each(roles.filter((role) => !allowed.includes(role)))(
    'is forbidden for the role %s',
    async (role) => {
      const send = await prepare(app, operation, await createUser(app, role))
      expectProblem(await send(), 403, 'forbidden')
    },
  )

  it.each(allowed)('is refused for a deactivated %s', async (role) => {
    const caller = await createUser(app, role)
    const send = await prepare(app, operation, caller)
    await change(caller, { active: false })
    expectProblem(await send(), 401, 'account_inactive')
  })

  it('is refused when the role has changed or the session is revoked', async () => {
    const demoted = await createUser(app, 'admin')
    const sendAsDemoted = await prepare(app, operation, demoted)
    await change(demoted, { role: 'analyst' })
    expectProblem(await sendAsDemoted(), 401, 'session_revoked')

    const gone = await createUser(app, 'admin')
    const sendAsGone = await prepare(app, operation, gone)
    await app.call('POST', '/v1/auth/logout', { token: gone.token })
    expectProblem(await sendAsGone(), 401, 'session_revoked')
  })
})

async function change({ id }: User, json: object): Promise<void> {
  const { token } = admin
  const headers = { 'If-Match': '*' }
  expect((await app.call('PATCH', `/v1/users/${id}`, { token, json, headers })).status).toBe(200)
}

describe('A role', () => {
  const ofAnalysts = [
    ...[
      'totals',
      'recent',
      'categories',
      'trends',
      'comparison',
      'insights',
      'forecast',
      'anomalies',
    ],
  ]
  it.each([
    ['viewer', ['totals', 'recent']],
    ['analyst', [...ofAnalysts]],
    ['admin', [...ofAnalysts, 'users']],
  ] as const)('sees its own sections of the dashboard: %s %j', async (role, sections) => {
    const { token } = await createUser(app, role)
    const every = [...ofAnalysts, 'users']
    const path = `/v1/dashboard?include=${every.join(',')}`
    const { body } = await app.call('GET', path, { token })
    expect(every.filter((section) => section in body).sort()).toEqual([...sections].sort())
    const withheld = body.withheld.map(({ section }: { section: string }) => section)
    expect([...withheld, ...sections].sort()).toEqual(every.sort())
  })

  it('creates transactions for other users only as admin, one by one, in bulk and from files', async () => {
    const owner = await createUser(app, 'viewer')
    const data = { ...someTransaction, user_id: owner.id }
    const csv = 'date,amount,currency,category\n2026-03-14,-7.77,EUR,Groceries\n'
    const file = { raw: csv, headers: { 'Content-Type': 'text/csv' } }
    const into = (id: string) => `/v1/transactions/import?dry_run=false&user_id=${id}`
    const ways: [string, object][] = [
      ['/v1/transactions', { json: data }],
      ['/v1/transactions/bulk', { json: { operations: [{ op: 'create', data }] } }],
      [into(owner.id), file],
      [into('0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'), file],
    ]
    const { token } = await createUser(app, 'analyst')
    for (const [path, request] of ways) {
      expectProblem(await app.call('POST', path, { token, ...request }), 403, 'forbidden')
    }
    const count = async () =>
      (await app.sql`select 1 from data.transactions where user_id = ${owner.id}`).length
    expect(await count()).toBe(0)
    for (const [path, request] of ways.slice(0, 3)) {
      const response = await app.call('POST', path, { token: admin.token, ...request })
      expect(response.status, response.text).toBeLessThan(300)
    }
    expect(await count()).toBe(3)
  })

  it('changes and deletes in bulk, and reverts modified imports, only as admin', async () => {
    const caller = await createUser(app, 'analyst')
    const { token } = caller
    const id = await insertTransaction(app, caller.id)
    for (const operation of [
      { op: 'update', id, data: { category: 'Household' } },
      { op: 'delete', id },
    ]) {
      const json = { operations: [operation] }
      const response = await app.call('POST', '/v1/transactions/bulk', { token, json })
      expectProblem(response, 403, 'forbidden')
    }
    const revert = `/v1/imports/${await insertImport(app, caller.id)}/revert`
    const refused = await app.call('POST', `${revert}?include_changed=true`, { token })
    expectProblem(refused, 403, 'forbidden')
    expect((await app.call('POST', revert, { token })).status).toBe(200)
  })

  it.each(roles)('sees deleted transactions only as admin: %s', async (role) => {
    const caller = await createUser(app, role)
    const id = await insertTransaction(app, caller.id, { deleted: true })
    const paths = [
      '/v1/transactions?deleted=include',
      '/v1/transactions?deleted=only',
      '/v1/transactions/export?deleted=include',
      '/v1/transactions/export?deleted=only&format=ndjson',
      `/v1/transactions/${id}?deleted=include`,
    ]
    for (const path of paths) {
      const response = await app.call('GET', path, { token: caller.token })
      if (role === 'admin') expect(response.text).toContain(id)
      else expectProblem(response, 403, 'forbidden')
    }
  })

  it.each(roles)('sees other users only as admin: %s', async (role) => {
    const { token } = await createUser(app, role)
    const paths = ['/v1/transactions', '/v1/categories', '/v1/dashboard', '/v1/imports']
    for (const path of paths) {
      const response = await app.call('GET', `${path}?scope=all`, { token })
      if (role === 'admin') expect(response.body.scope).toBe('all')
      else expectProblem(response, 404, 'not_found')
      expect((await app.call('GET', path, { token })).body.scope).toBe('own')
    }
  })
})
