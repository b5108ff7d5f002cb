import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { bookState, expectProblem, faultOfRefusal } from './harness.ts'
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

describe('a bad value in a query', () => {
  beforeEach(async () => void (state = await bookState(app)))
  afterEach(async () => expect(await bookState(app)).toEqual(state))

  it.each(parameters)('of $name: $parameter is refused by name', async ({ name, parameter }) => {
    const faults = []
    for (const value of queries[name]!.parameters[parameter]!) {
      const answer = await ask(name, `${parameter}=${encodeURIComponent(value)}`)
      faults.push(faultOfRefusal(answer, `query.${parameter}`, value))
    }
    expect(faults.filter(Boolean)).toEqual([])
  })

  it.each(parameters)('of $name: $parameter that is no UTF-8 is refused', async (given) => {
    for (const raw of ['%ED%A0%80', '%FF', '%', '%E0%A4', 'a%zz']) {
      const answer = await ask(given.name, `${given.parameter}=${raw}`)
      expect(faultOfRefusal(answer, `query.${given.parameter}`, raw)).toBeUndefined()
    }
  })

  const isList = ({ name, parameter }: { name: string; parameter: string }) =>
    parameter === 'include' || (parameter === 'category' && name !== 'importTransactions')

  it.each(parameters.filter((each) => !isList(each)))(
    'of $name: $parameter may not stand twice',
    async ({ name, parameter }) => {
      for (const value of ['1', 'true', 'false']) {
        const answer = await ask(name, `${parameter}=${value}&${parameter}=${value}`)
        expect(faultOfRefusal(answer, `query.${parameter}`, 'twice')).toBeUndefined()
      }
    },
  )

  it.each(operations)('of %s: a parameter that there is not is named', async (name) => {
    for (const unknown of ['Limit', 'offset', 'constructor', '__proto__', 'limit[]', '🦄']) {
      const answer = await ask(name, `${encodeURIComponent(unknown)}=1`)
      expect(faultOfRefusal(answer, `query.${unknown}`, `${name} ${unknown}`)).toBeUndefined()
    }
  })
})

describe('a parameter that may stand several times', () => {
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

describe('what is wrong with a parameter', () => {
  it.each([
    ['/v1/transactions?include=foo', 'One of totals.'],
    ['/v1/transactions?include=', 'One of totals.'],
    ['/v1/transactions?limit=5&limit=6', 'Give this once.'],
    ['/v1/transactions?cursor=', 'This may not be empty.'],
    [`/v1/transactions?${'category=a&'.repeat(51)}`, 'At most 50 categories.'],
  ])('is said in words for people: %s', async (path, message) => {
    const { status, body } = await admin.get(path)
    expect([status, body.errors.map((e: { message: string }) => e.message)]).toEqual([
      422,
      [message],
    ])
  })
})

describe('values that exclude each other', () => {
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
  ])('%s names %s', async (path, location) => {
    expect(faultOfRefusal(await admin.get(path), location, path)).toBeUndefined()
  })
})

describe('an id in a path', () => {
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

  it.each(paths)('of %s %s that is no UUID is refused', async (method, path, name) => {
    const before = await bookState(app)
    for (const id of badPathId.map(encodeURIComponent)) {
      const options = { token: admin.token, json: bodyOf(name) }
      const answer = await app.call(method, path.replace('*', id), options)
      expect(faultOfRefusal(answer, 'path.id', id)).toBeUndefined()
    }
    expect(await bookState(app)).toEqual(before)
  })

  it.each(paths)('of %s %s that nobody has is not found', async (method, path, name) => {
    const before = await bookState(app)
    const options = { token: admin.token, json: bodyOf(name) }
    for (const id of [
      '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
      '0'.repeat(8) + '-0000-0000-0000-000000000000',
    ]) {
      expectProblem(await app.call(method, path.replace('*', id), options), 404, 'not_found')
    }
    expect(await bookState(app)).toEqual(before)
  })

  it('may be in capitals', async () => {
    const answer = await admin.get(`/v1/transactions/${world.transactionId.toUpperCase()}`)
    expect(answer.body.id).toBe(world.transactionId)
  })
})

describe('the tables of this folder', () => {
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
