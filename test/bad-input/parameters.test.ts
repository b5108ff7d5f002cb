import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { databaseState, expectProblem, findRefusalIssue } from './harness.ts'
import { createWorld, queries, writes, type World } from './operations.ts'
import { badPathId } from './values.ts'

const { app, admin } = useApp()
let world: World
let state: unknown

beforeAll(async () => {
  world = await createWorld(app, admin)
})

const operations = Object.entries(queries)
const parameters = operations.flatMap(([name, { parameters: all }]) =>
  Object.keys(all).map((parameter) => ({ name, parameter })),
)

/** The request of an operation that would be done but for its query. */
function ask(name: string, query: string) {
  const { method, path, file } = queries[name]!
  return app.call(method, `${path(world)}?${query}`, {
    token: admin.token,
    ...(file !== undefined && { raw: file, headers: { 'Content-Type': 'text/csv' } }),
    ...(writes[name] && { json: writes[name].body(world) }),
  })
}

describe('An invalid value in a query', () => {
  beforeEach(async () => void (state = await databaseState(app)))
  afterEach(async () => expect(await databaseState(app)).toEqual(state))

  it.each(parameters)('is refused by name: $parameter of $name', async ({ name, parameter }) => {
    const issues = []
    for (const value of queries[name]!.parameters[parameter]!) {
      const response = await ask(name, `${parameter}=${encodeURIComponent(value)}`)
      issues.push(findRefusalIssue(response, `query.${parameter}`, value))
    }
    expect(issues.filter(Boolean)).toEqual([])
  })

  it.each(parameters)('is refused when it is not UTF-8: $parameter of $name', async (given) => {
    for (const raw of ['%ED%A0%80', '%FF', '%', '%E0%A4', 'a%zz']) {
      const response = await ask(given.name, `${given.parameter}=${raw}`)
      expect(findRefusalIssue(response, `query.${given.parameter}`, raw)).toBeUndefined()
    }
  })

  const isList = ({ name, parameter }: { name: string; parameter: string }) =>
    ['include', 'state', 'status', 'cadence', 'kind'].includes(parameter) ||
    (parameter === 'category' && name !== 'importTransactions')

  it.each(parameters.filter((each) => !isList(each)))(
    'is refused when it is repeated: $parameter of $name',
    async ({ name, parameter }) => {
      for (const value of ['1', 'true', 'false']) {
        const response = await ask(name, `${parameter}=${value}&${parameter}=${value}`)
        expect(findRefusalIssue(response, `query.${parameter}`, 'twice')).toBeUndefined()
      }
    },
  )

  it.each(operations)('is named when its parameter is unknown: %s', async (name) => {
    for (const unknown of ['Limit', 'offset', 'constructor', '__proto__', 'limit[]', '🦄']) {
      const response = await ask(name, `${encodeURIComponent(unknown)}=1`)
      expect(findRefusalIssue(response, `query.${unknown}`, `${name} ${unknown}`)).toBeUndefined()
    }
  })
})

describe('A parameter that may be repeated', () => {
  it.each([
    ['/v1/transactions?category=Rent&category=%20', 'query.category'],
    ['/v1/transactions?include=totals&include=all', 'query.include'],
    ['/v1/dashboard?include=totals,all', 'query.include'],
  ])('is named as it is written: %s', async (path, location) => {
    const { status, body } = await admin.get(path)
    expect([status, body.errors.map((e: { location: string }) => e.location)]).toEqual([
      422,
      [location],
    ])
  })
})

describe('The message about a parameter', () => {
  it.each([
    ['/v1/transactions?include=foo', 'Must be `totals`.'],
    ['/v1/transactions?include=', 'Must be `totals`.'],
    ['/v1/transactions?type=gift', 'Must be one of `income`, `expense`.'],
    ['/v1/transactions?limit=5&limit=6', 'Must not be repeated.'],
    ['/v1/transactions?limit=101', 'Must be an integer from 1 to 100.'],
    ['/v1/transactions?cursor=', 'Must not be empty.'],
    [`/v1/transactions?source=${'x'.repeat(65)}`, 'Must be at most 64 characters.'],
    [`/v1/transactions?${'category=a&'.repeat(51)}`, 'Must have at most 50 items.'],
    ['/v1/transactions?date_from=2026-02-30', 'Must be a valid date (YYYY-MM-DD).'],
    ['/v1/transactions?user_id=me', 'Must be a valid UUID.'],
    ['/v1/transactions?q=%FF', 'Must be valid percent-encoded UTF-8.'],
    ['/v1/audit?from=now', 'Must be an RFC 3339 date-time, such as 2026-03-14T09:26:53Z.'],
    ['/v1/imports?user_idd=x', 'Unknown parameter `user_idd`. Did you mean `user_id`?'],
    ['/v1/transactions?dateFrom=x', 'Unknown parameter `dateFrom`. Did you mean `date_from`?'],
    ['/v1/transactions?offset=1', 'Unknown parameter `offset`.'],
  ])('is plain: %s', async (path, message) => {
    const { status, body } = await admin.get(path)
    expect([status, body.errors.map((e: { message: string }) => e.message)]).toEqual([
      422,
      [message],
    ])
  })

  it('lists the valid parameters when one is unknown', async () => {
    const { body } = await admin.get('/v1/imports?import_idd=1')
    expect(body.detail).toBe(
      'Known query parameters: `scope`, `user_id`, `limit`, `cursor`, `page`.',
    )
    const { body: none } = await admin.get('/v1/auth/me?x=1')
    expect(none.detail).toBe('This operation has no query parameters.')
  })
})

describe('Parameters that exclude each other', () => {
  it.each([
    ['/v1/transactions?date_from=2026-03-02&date_to=2026-03-01', 'query.date_to'],
    ['/v1/transactions?min_amount=2&max_amount=1.9999', 'query.max_amount'],
    ['/v1/transactions?scope=own&user_id=0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11', 'query.user_id'],
    ['/v1/transactions?page=1&cursor=x', 'query.page'],
    ['/v1/users?page=1&cursor=x', 'query.page'],
    ['/v1/transactions/export?date_from=2026-03-02&date_to=2026-03-01', 'query.date_to'],
    ['/v1/transactions/export?min_amount=2&max_amount=1.9999', 'query.max_amount'],
    [
      '/v1/transactions/export?scope=own&user_id=0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      'query.user_id',
    ],
    ['/v1/imports?scope=own&user_id=0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11', 'query.user_id'],
    ['/v1/auth/sessions?page=1&cursor=x', 'query.page'],
    ['/v1/api-keys?page=1&cursor=x', 'query.page'],
    ['/v1/audit?page=1&cursor=x', 'query.page'],
    ['/v1/dashboard?date_from=2026-03-02&date_to=2026-03-01', 'query.date_to'],
    ['/v1/dashboard?date_from=1900-01-01&date_to=2200-12-31&interval=day', 'query.interval'],
    [
      '/v1/dashboard/trends?date_from=1900-01-01&date_to=2200-12-31&interval=week',
      'query.interval',
    ],
    ['/v1/dashboard/recent?date_from=2026-03-02&date_to=2026-03-01', 'query.date_to'],
  ])('are refused together: %s names %s', async (path, location) => {
    expect(findRefusalIssue(await admin.get(path), location, path)).toBeUndefined()
  })
})

describe('An id in a path', () => {
  const paths = [
    ['GET', '/v1/transactions/*', ''],
    ['PATCH', '/v1/transactions/*', 'updateTransaction'],
    ['DELETE', '/v1/transactions/*', ''],
    ['POST', '/v1/transactions/*/restore', ''],
    ['GET', '/v1/users/*', ''],
    ['PATCH', '/v1/users/*', 'updateUser'],
    ['POST', '/v1/users/*/password', 'resetUserPassword'],
    ['DELETE', '/v1/users/*/totp', ''],
    ['GET', '/v1/transactions/*/history', ''],
    ['GET', '/v1/imports/*', ''],
    ['POST', '/v1/imports/*/revert', ''],
    ['DELETE', '/v1/auth/sessions/*', ''],
    ['DELETE', '/v1/api-keys/*', ''],
  ] as const
  const bodyOf = (name: string) => (name === '' ? undefined : writes[name]!.body(world))

  it.each(paths)('is refused when it is not a UUID: %s %s', async (method, path, name) => {
    const before = await databaseState(app)
    for (const id of badPathId.map(encodeURIComponent)) {
      const options = { token: admin.token, json: bodyOf(name) }
      const response = await app.call(method, path.replace('*', id), options)
      expect(findRefusalIssue(response, 'path.id', id)).toBeUndefined()
    }
    expect(await databaseState(app)).toEqual(before)
  })

  it.each(paths)('gets a 404 when it does not exist: %s %s', async (method, path, name) => {
    const before = await databaseState(app)
    const options = { token: admin.token, json: bodyOf(name) }
    for (const id of [
      '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      '0'.repeat(8) + '-0000-0000-0000-000000000000',
    ]) {
      expectProblem(await app.call(method, path.replace('*', id), options), 404, 'not_found')
    }
    expect(await databaseState(app)).toEqual(before)
  })

  it('may be in capitals', async () => {
    const response = await admin.get(`/v1/transactions/${world.transactionId.toUpperCase()}`)
    expect(response.body.id).toBe(world.transactionId)
  })
})

describe('The tables of invalid parameters', () => {
  it('name every parameter of every query in the OpenAPI document', async () => {
    const { body: document } = await app.call('GET', '/openapi.json')
    const found: Record<string, string[]> = {}
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      if (!path.startsWith('/v1/')) continue
      for (const { operationId, parameters: all = [] } of Object.values<any>(methods)) {
        found[operationId] = all
          .filter((parameter: { in: string }) => parameter.in === 'query')
          .map((parameter: { name: string }) => parameter.name)
          .sort()
      }
    }
    expect(found).toEqual(
      Object.fromEntries(
        operations.map(([name, { parameters: all }]) => [name, Object.keys(all).sort()]),
      ),
    )
  })
})
