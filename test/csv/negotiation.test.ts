import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { databaseCalls } from '../support/database.ts'
import { insertTransaction, person, type Person } from '../support/people.ts'
import { exported } from './support.ts'

let app: TestApp
let reader: Person

beforeAll(async () => {
  app = await startTestApp()
  reader = await person(app, 'viewer')
  for (let day = 1; day <= 25; day++) {
    const date = `2026-03-${String(day).padStart(2, '0')}`
    await insertTransaction(app, reader.id, { date, notes: day % 2 ? 'odd' : 'even' })
  }
})
afterAll(() => app.database.drop())

const ask = (accept: string, query = '', via = app.call) =>
  via('GET', `/v1/transactions${query}`, { token: reader.token, headers: { Accept: accept } })

const typeOf = (answer: { headers: Headers }) => answer.headers.get('Content-Type')?.split(';')[0]
const json = 'application/json'
const csv = 'text/csv'
const ndjson = 'application/x-ndjson'

describe('a list of transactions that is accepted as', () => {
  it.each([
    [csv, 'csv'],
    [ndjson, 'ndjson'],
  ])('%s is the export of the same selection', async (accept, format) => {
    for (const query of ['', '?sort=date', '?q=even&date_from=2026-03-05', '?currency=USD']) {
      const list = await ask(accept, query)
      expect([list.status, typeOf(list)]).toEqual([200, accept])
      const file = `?format=${format}${query.replace('?', '&')}`
      expect(list.text).toBe(await exported(app, reader, file))
      expect(list.headers.get('Content-Disposition')).toContain(`transactions.${format}`)
      expect([list.headers.has('ETag'), list.headers.has('Link')]).toEqual([false, false])
    }
  })

  it.each([
    ['', json],
    ['*/*', json],
    ['application/*', json],
    ['text/html, application/xhtml+xml, */*;q=0.8', json],
    ['application/json, text/plain, */*', json],
    ['text/csv, application/json', json],
    ['text/csv;q=0.5, application/json', json],
    ['text/csv;q=0.5, */*;q=0.8', json],
    ['text/csv;q=0', json],
    ['text/csv;q=0, text/*', json],
    ['image/png', json],
    ['a/b/c;;q=x, "', json],
    ['text/csv, */*;q=0.1', csv],
    ['text/csv, */*', csv],
    ['text/*', csv],
    ['TEXT/CSV; charset=utf-8', csv],
    ['application/json;q=0.2, text/csv;q=0.9, application/x-ndjson;q=0.8', csv],
    ['application/x-ndjson, application/json;q=0.9', ndjson],
  ])('%j is %s', async (accept, type) => {
    const answer = await ask(accept, '?q=even')
    expect([answer.status, typeOf(answer)]).toEqual([200, type])
    expect(answer.headers.get('Vary')).toBe('Accept')
  })
})

it('varies with the origin too, where there are others', async () => {
  const via = app.with({ CORS_ORIGINS: 'https://app.example.com' })
  const { headers } = await via('GET', '/v1/transactions', {
    token: reader.token,
    headers: { Accept: csv, Origin: 'https://app.example.com' },
  })
  expect(headers.get('Vary')?.split(', ').toSorted()).toEqual(['Accept', 'Origin'])
})

describe('a list of transactions as a file', () => {
  it.each(['limit=5', 'cursor=x', 'page=1', 'include=totals'])('has no %s', async (parameter) => {
    const calls = await databaseCalls()
    for (const accept of [csv, ndjson]) {
      const { status, body } = await ask(accept, `?${parameter}`)
      const location = `query.${parameter.split('=')[0]}`
      expect([status, body.errors.map((e: { location: string }) => e.location)]).toEqual([
        422,
        [location],
      ])
      expect(body.errors[0].message).toMatch(/no pages/)
    }
    expect((await databaseCalls()) - calls).toBe(0)
  })

  it('asks like the list for what is one’s own to read', async () => {
    const { status, body } = await ask(csv, '?scope=all')
    expect([status, body.code]).toEqual([404, 'not_found'])
    expect((await ask(csv, '?deleted=include')).status).toBe(403)
    expect((await ask(csv, '?unknown=1')).body.errors[0].location).toBe('query.unknown')
    const nobody = await app.call('GET', '/v1/transactions', { headers: { Accept: csv } })
    expect(nobody.status).toBe(401)
  })

  it('counts as an export, and the list as a read', async () => {
    const via = app.with({ RATE_LIMIT_EXPENSIVE: '1/600', RATE_LIMIT_READ: '2/600' })
    const policies = []
    for (const accept of [csv, csv, json, json]) {
      const { status, headers } = await ask(accept, '', via)
      policies.push([status, headers.get('RateLimit-Policy')?.split(';')[0]])
    }
    expect(policies).toEqual([
      [200, '"expensive"'],
      [429, '"expensive"'],
      [200, '"read"'],
      [200, '"read"'],
    ])
  })

  it('leaves JSON its ETag: who has it is answered 304', async () => {
    const etag = (await ask(json)).headers.get('ETag')!
    const again = await app.call('GET', '/v1/transactions', {
      token: reader.token,
      headers: { 'If-None-Match': etag },
    })
    expect([again.status, again.headers.get('Vary')]).toEqual([304, 'Accept'])
  })
})
