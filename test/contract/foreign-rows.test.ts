import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { TestApp, TestResponse } from '../support/app.ts'
import { expectSame } from '../support/differences.ts'
import { hasParameter, operations } from '../support/operations.ts'
import { insertImport, insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { readEverything, reads } from '../support/reading.ts'
import { insertApiKey } from '../support/second-factors.ts'
import { protectedCases, prepare } from './expectations.ts'

const others = ['viewer', 'analyst'] as const

const { app, admin, analyst: owner } = useApp()

beforeAll(() => {
  // The default period of a dashboard ends today, so two readings belong to one day.
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(() => void vi.useRealTimers())

/** A response without what differs between any two requests. */
const bare = ({ status, body }: TestResponse) => [status, { ...body, request_id: undefined }]

/** What a change of a row changes in it, and in what leads to the next page. */
const CHANGING = new Set(['version', 'updated_at', 'next_cursor', 'checked'])
const parsed = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (CHANGING.has(key) ? undefined : value))

/** The records of a CSV file; no field of these tests has a comma in it. */
function csvRecords(text: string): string[][] {
  const [header = [], ...records] = text.split('\r\n').map((line) => line.split(','))
  return records.map((fields) => fields.filter((_, index) => !CHANGING.has(header[index]!)))
}

/** Everything that was read, by path, without what a change of a row changes in it. */
const shown = (responses: Map<string, TestResponse>): Record<string, unknown> =>
  Object.fromEntries(
    [...responses].map(([path, { headers, text }]) => {
      const type = headers.get('Content-Type') ?? ''
      if (type.startsWith('text/csv')) return [path, csvRecords(text)]
      if (!type.includes('ndjson')) return [path, parsed(text)]
      return [path, text.trimEnd().split('\n').map(parsed)]
    }),
  )

/** The operations that responded differently. */
function differing(one: Map<string, TestResponse>, other: Map<string, TestResponse>): string[] {
  const paths = [...one.keys()].filter((path) => one.get(path)?.text !== other.get(path)?.text)
  return reads
    .filter(({ path }) => paths.some((each) => each.split('?')[0] === path))
    .map(({ id }) => id)
}

const pathsWith = (responses: Map<string, TestResponse>, text: string) =>
  [...responses].filter((entry) => entry[1].text.includes(text)).map(([path]) => path)

/** Rows that nobody can overlook: nobody else has their texts, amounts and currency. */
async function enterUnusual(userId: string): Promise<string[]> {
  const base = { type: 'income', category: 'Zeppelin', user_id: userId }
  const bodies = [
    { ...base, amount: '7777.77', date: '2026-03-15', currency: 'KWD', notes: 'a zeppelin' },
    { ...base, amount: '7777.78', date: today(), currency: 'EUR', notes: 'another zeppelin' },
  ].map((body, index) => ({ ...body, external_id: `zeppelin-${index}`, source: 'zeppelin' }))
  const responses = await Promise.all(
    bodies.map((json) => app.call('POST', '/v1/transactions', { token: admin.token, json })),
  )
  expect(responses.map(({ status }) => status)).toEqual([201, 201])
  return responses.map(({ body }) => body.id)
}

const today = () => new Date().toISOString().slice(0, 10)
const MARKS = ['zeppelin', 'Zeppelin', '7777.7', 'KWD']

describe('A row of another user', () => {
  const ofPath: [string, (app: TestApp, owner: User) => Promise<string[]>][] = [
    [
      '/v1/transactions/{id}',
      async (at, { id: of }) => [
        await insertTransaction(at, of),
        await insertTransaction(at, of, { deleted: true }),
      ],
    ],
    ['/v1/imports/{id}', async (at, { id: of }) => [await insertImport(at, of)]],
    ['/v1/auth/sessions/{id}', (_at, { sessionId }) => Promise.resolve([sessionId])],
    ['/v1/api-keys/{id}', async (at, of) => [await insertApiKey(at, of)]],
    ['/v1/users/{id}', (_at, of) => Promise.resolve([of.id])],
  ]
  const withRow = protectedCases
    .filter(({ path }) => path.includes('{id}'))
    .map((operation) => ({
      ...operation,
      rows: ofPath.find(([path]) => operation.path.startsWith(path))?.[1],
    }))

  it('is tested with every operation that takes its id', () => {
    expect(withRow.map((operation) => operation.id).toSorted()).toEqual([
      'deleteTransaction',
      'getImport',
      'getLoginAttempts',
      'getTransaction',
      'getTransactionHistory',
      'getUser',
      'listImportRows',
      'removeUserTotp',
      'resetUserPassword',
      'restoreTransaction',
      'revertImport',
      'revokeApiKey',
      'revokeSession',
      'unlockLogin',
      'updateTransaction',
      'updateUser',
    ])
    expect(withRow.filter(({ rows }) => !rows)).toEqual([])
  })

  describe.each(withRow)('in $id', (operation) => {
    it.each(others)(
      'gets the response of a row that does not exist for the role %s',
      async (role) => {
        const send = await prepare(app, operation, await createUser(app, role))
        const missing = await send({ path: { id: uuidv7() } })
        expect(missing.status).toBe(operation.expected.roles?.includes(role) ? 404 : 403)
        for (const row of await operation.rows!(app, owner)) {
          expect(bare(await send({ path: { id: row } }))).toEqual(bare(missing))
        }
        expect((await app.call('GET', '/v1/auth/me', { token: owner.token })).status).toBe(200)
      },
    )
  })
})

describe('Sessions, API keys, recurring payments and anomalies of another user', () => {
  const asked = protectedCases.filter(
    (operation) => hasParameter(operation, 'user_id') && !hasParameter(operation, 'scope'),
  )

  it('are tested with every operation that lists, revokes or decides on them', () => {
    // An import for another user is a write, so the response is 403.
    expect(asked.map(({ id }) => id).toSorted()).toEqual([
      'decideRecurring',
      'dismissAnomaly',
      'importTransactions',
      'listApiKeys',
      'listSessions',
      'restoreAnomaly',
      'revokeOtherSessions',
    ])
  })

  const cases = asked
    .filter(({ id }) => id !== 'importTransactions')
    .flatMap((operation) => others.map((role) => ({ ...operation, role })))

  it.each(cases)('do not exist for the role $role in $id', async ({ role, ...operation }) => {
    const keyId = await insertApiKey(app, owner)
    const send = await prepare(app, operation, await createUser(app, role))
    const missing = await send({ query: `?user_id=${uuidv7()}` })
    expect(missing.status).toBe(operation.expected.roles?.includes(role) ? 404 : 403)
    for (const userId of [owner.id, owner.id.toUpperCase()]) {
      expect(bare(await send({ query: `?user_id=${userId}` }))).toEqual(bare(missing))
    }
    expect((await app.call('GET', '/v1/auth/me', { token: owner.token })).status).toBe(200)
    const { text } = await send()
    expect(text).not.toContain(keyId)
    expect(text).not.toContain(owner.sessionId)
  })
})

describe('Records of another user', () => {
  it('are tested with every operation that reads records', () => {
    expect(reads.map(({ id }) => id).toSorted()).toEqual([
      'checkConsistency',
      'exportTransactions',
      'getDashboard',
      'getDashboardCategories',
      'getDashboardForecast',
      'getDashboardRecent',
      'getDashboardSummary',
      'getDashboardTrends',
      'listAnomalies',
      'listCategories',
      'listImports',
      'listRecurring',
      'listTransactions',
    ])
    expect(operations.filter((each) => hasParameter(each, 'scope'))).toEqual(reads)
  })

  const readers = protectedCases.filter((operation) => reads.some(({ id }) => id === operation.id))
  const cases = readers.flatMap((operation) =>
    others
      .filter((role) => operation.expected.roles?.includes(role))
      .map((role) => ({ ...operation, role })),
  )

  it.each(cases)('do not exist for the role $role in $id', async ({ role, ...operation }) => {
    await insertTransaction(app, owner.id)
    await insertImport(app, owner.id)
    const caller = await createUser(app, role)
    const send = await prepare(app, operation, caller)
    const missing = await send({ query: `?user_id=${uuidv7()}` })
    expect(missing.status).toBe(404)
    const foreign = await send({ query: `?user_id=${owner.id}` })
    expect(bare(foreign)).toEqual(bare(missing))
    expect(bare(await send({ query: `?user_id=${owner.id.toUpperCase()}` }))).toEqual(bare(missing))
    expect(bare(await send({ query: '?scope=all' }))).toEqual(bare(missing))
    const own = await send({ query: `?user_id=${caller.id}` })
    expect(own.status).toBe(200)
    expect(own.text).not.toContain(owner.id)
    // A file has no place to say whose rows it has.
    if (own.body) expect(own.body).toMatchObject({ scope: 'own' })
  })

  it.each([
    ['viewer', 'viewer', ''],
    ['analyst', 'analyst', ''],
    ['admin', 'admin', ''],
    ['admin who asks for another user', 'viewer', 'user_id'],
  ] as const)('are in no list, search, total or dashboard: %s', async (_, role, asked) => {
    const subject = await createUser(app, role)
    const reader = asked === '' ? subject : admin
    await insertTransaction(app, subject.id)
    await insertTransaction(app, subject.id, { date: today() })
    const readAll = () => readEverything(app.call, reader, asked && `${asked}=${subject.id}`)
    const before = await readAll()
    expect(pathsWith(before, '84.30').length).toBeGreaterThan(0)
    const somebody = await createUser(app, 'analyst')
    await enterUnusual(somebody.id)
    await insertImport(app, somebody.id, 'zeppelin.csv')
    const after = await readAll()
    expectSame(shown(after), shown(before), 'what could be read')
    // A search tells what was asked for in no other place than the link to the next page.
    for (const mark of MARKS) expect(pathsWith(after, mark)).toEqual(pathsWith(before, mark))
    expect(pathsWith(after, somebody.id)).toEqual([])
  })
})

describe('A deleted row', () => {
  const scopes = [
    ['its owner, a viewer', 'viewer', 'viewer', () => ''],
    ['its owner, an analyst', 'analyst', 'analyst', () => ''],
    ['its owner, an admin', 'admin', 'admin', () => ''],
    ['an admin who asks for the user', 'viewer', 'admin', (id: string) => `user_id=${id}`],
    ['an admin who asks for all', 'viewer', 'admin', () => 'scope=all'],
  ] as const

  it.each(scopes)('cannot be read, and is back once restored: %s', async (_, ...given) => {
    const [ownerRole, readerRole, whose] = given
    const of = await createUser(app, ownerRole)
    const reader = ownerRole === readerRole ? of : admin
    await insertTransaction(app, of.id)
    const readAll = () => readEverything(app.call, reader, whose(of.id))
    const readOnes = (ids: string[]) =>
      Promise.all(
        ids.map((id) => app.call('GET', `/v1/transactions/${id}`, { token: reader.token })),
      )
    const asAdmin = async (method: string, path: string, status: number) => {
      const headers = { 'If-Match': '*' }
      const response = await app.call(method, path, { token: admin.token, headers })
      expect(response.status, response.text).toBe(status)
    }

    const before = await readAll()
    const ids = await enterUnusual(of.id)
    const entered = await readAll()
    // Imports bring rows in, and say nothing of rows that were entered one by one.
    const ofRows = reads.filter(({ id }) => id !== 'listImports')
    for (const { id } of ofRows.filter((read) => read.roles?.includes(readerRole))) {
      expect(differing(before, entered), id).toContain(id)
    }

    for (const id of ids) await asAdmin('DELETE', `/v1/transactions/${id}`, 204)
    expectSame(shown(await readAll()), shown(before), 'after the deletion')
    expect((await readOnes(ids)).map(({ status }) => status)).toEqual([404, 404])

    for (const id of ids) await asAdmin('POST', `/v1/transactions/${id}/restore`, 200)
    expectSame(shown(await readAll()), shown(entered), 'after the restoration')
    expect((await readOnes(ids)).map(({ status }) => status)).toEqual([200, 200])
  })
})
