import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRows } from '../support/differences.ts'
import { iterations } from '../support/iterations.ts'
import { useApp } from '../support/use-app.ts'
import type { User } from '../support/users.ts'
import {
  anyQuery,
  insertRows,
  readMinor,
  readTotals,
  rowOf,
  select,
  toSearch,
  totalsOf,
  type Query,
  type Row,
} from './list-model.ts'

const { app, admin, analyst, viewer } = useApp()
let rows: Row[]

beforeAll(async () => {
  const users = [admin.id, analyst.id, analyst.id, viewer.id]
  rows = fc.sample(rowOf(users), { numRuns: 160, seed: 20260314 })
  await insertRows(app, rows)
})

const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id)

const described = ({ date, type, minor, currency, category, notes, deleted }: Row) =>
  [date, type, minor, currency, category, notes ?? '-', deleted ? 'deleted' : ''].join(' ').trim()

/** Expects these rows; a failure describes those that are missing or too many. */
const expectFound = (ids: readonly string[], wanted: readonly Row[]) =>
  expectRows(ids, wanted, rows, described)

/** All pages of a query, one after the other; each is checked by itself. */
async function walk(caller: User, query: Query, limit: number): Promise<string[]> {
  const ids: string[] = []
  let path: string | undefined = `/v1/transactions?${toSearch(query, { limit })}`
  while (path !== undefined) {
    const { status, body, headers } = await caller.get(path)
    expect(status).toBe(200)
    expect(body.limit).toBe(limit)
    expect(body.has_more).toBe(body.next_cursor !== null)
    if (body.has_more) expect(body.data).toHaveLength(limit)
    else expect(body.data.length).toBeLessThanOrEqual(limit)
    if (ids.length > 0) expect(body.data, 'no page after the last row').not.toEqual([])
    ids.push(...idsOf(body.data))
    path = followed(headers)
    if (path !== undefined) expect(path).toContain(`cursor=${body.next_cursor}`)
    expect(path !== undefined).toBe(body.has_more)
  }
  return ids
}

const followed = (headers: Headers) =>
  /^<([^>]+)>; rel="next"$/.exec(headers.get('Link') ?? '')?.[1]

const callers = { admin, analyst, viewer }

/** Callers by role, since a counterexample that is printed must not have their tokens. */
const scopeOf = (): fc.Arbitrary<{
  role: keyof typeof callers
  scope: Query
  expected: string
}> =>
  fc.constantFrom(
    { role: 'viewer', scope: {}, expected: 'own' },
    { role: 'analyst', scope: { scope: 'own' }, expected: 'own' },
    { role: 'analyst', scope: { user_id: analyst.id }, expected: 'own' },
    { role: 'admin', scope: {}, expected: 'own' },
    { role: 'admin', scope: { deleted: 'include' }, expected: 'own' },
    { role: 'admin', scope: { scope: 'all' }, expected: 'all' },
    { role: 'admin', scope: { scope: 'all', deleted: 'include' }, expected: 'all' },
    { role: 'admin', scope: { scope: 'all', deleted: 'only' }, expected: 'all' },
    { role: 'admin', scope: { user_id: analyst.id }, expected: 'user' },
    { role: 'admin', scope: { user_id: viewer.id, deleted: 'only' }, expected: 'user' },
  )

describe('A list of transactions', () => {
  it('has the rows that match any combination of filters, in order, with their totals', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, scopeOf(), async (filters, { role, scope, expected }) => {
        const caller = callers[role]
        const query = { ...filters, ...scope }
        const wanted = select(rows, query, caller.id)
        const search = toSearch(query, { limit: 100, include: 'totals' })
        const { status, body } = await caller.get(`/v1/transactions?${search}`)
        expect(status).toBe(200)
        expect(body.scope).toBe(expected)
        expectFound(idsOf(body.data), wanted.slice(0, 100))
        expect(readTotals(body.totals)).toEqual(totalsOf(wanted))
        for (const row of body.data) expect(asRow(row)).toEqual(byId(row.id))
      }),
      { numRuns: iterations(60, 150) },
    )
  })

  it('has each row once, in order, whatever the limit of a page', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyQuery,
        scopeOf(),
        fc.integer({ min: 1, max: 100 }),
        async (filters, { role, scope }, limit) => {
          const caller = callers[role]
          const query = { ...filters, ...scope }
          const wanted = select(rows, query, caller.id)
          const size = Math.max(limit, Math.ceil(wanted.length / 12))
          expectFound(await walk(caller, query, size), wanted)
        },
      ),
      { numRuns: iterations(25, 60) },
    )
  })

  it.each(['date', '-date', 'amount', '-amount'])(
    'sorted by %s ends with every limit',
    async (sort) => {
      const query = { sort, currency: 'JPY' }
      const wanted = select(rows, query, analyst.id)
      expect(wanted.length).toBeGreaterThan(4)
      const last = wanted.length + 1
      for (const limit of [1, 2, 3, wanted.length - 1, wanted.length, last, 100]) {
        expectFound(await walk(analyst, query, limit), wanted)
      }
    },
  )

  it('of all users has the same rows in pages of one', async () => {
    const query = { scope: 'all', sort: 'amount', q: 'e', type: 'income' }
    expectFound(await walk(admin, query, 1), select(rows, query, admin.id))
  })

  it('by page number has the same rows, an exact total and totals', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyQuery,
        scopeOf(),
        fc.integer({ min: 7, max: 100 }),
        async (filters, { role, scope }, limit) => {
          const caller = callers[role]
          const query = { ...filters, ...scope }
          const wanted = select(rows, query, caller.id)
          const ids: string[] = []
          let path: string | undefined =
            `/v1/transactions?${toSearch(query, { limit, page: 1, include: 'totals' })}`
          for (let page = 1; path !== undefined; page++) {
            const { body, headers } = await caller.get(path)
            expect(body).toMatchObject({ page, limit, total: wanted.length })
            expect(body).not.toHaveProperty('next_cursor')
            expect(readTotals(body.totals)).toEqual(totalsOf(wanted))
            ids.push(...idsOf(body.data))
            path = followed(headers)
            expect(path !== undefined).toBe(body.has_more)
          }
          expectFound(ids, wanted)
        },
      ),
      { numRuns: iterations(15, 40) },
    )
  })

  it('by page number counts the same without totals, also on a page behind the last', async () => {
    const total = select(rows, {}, analyst.id).length
    const { body } = await analyst.get('/v1/transactions?page=1&limit=3')
    expect(body).toMatchObject({ total, has_more: true })
    const last = await analyst.get(`/v1/transactions?page=${Math.ceil(total / 3)}&limit=3`)
    expect(last.body).toMatchObject({ total, has_more: false })
    const behind = await analyst.get('/v1/transactions?page=1000000&limit=100')
    expect(behind.body).toMatchObject({ total, has_more: false, data: [] })
    expect(behind.headers.get('Link')).toBeNull()
  })

  it('has no further page behind one that is full', async () => {
    const query = { currency: 'JPY', sort: 'date' }
    const wanted = select(rows, query, analyst.id)
    expect(wanted.length).toBeGreaterThan(4)
    const path = (more: Record<string, number>) => `/v1/transactions?${toSearch(query, more)}`
    const all = await analyst.get(path({ limit: wanted.length }))
    expect(all.body).toMatchObject({ has_more: false, next_cursor: null })
    expect(idsOf(all.body.data)).toEqual(idsOf(wanted))
    expect(followed(all.headers)).toBeUndefined()
    const numbered = await analyst.get(path({ limit: wanted.length, page: 1 }))
    expect(numbered.body).toMatchObject({ has_more: false, total: wanted.length })
    expect(followed(numbered.headers)).toBeUndefined()
    const numberedFirst = await analyst.get(path({ limit: wanted.length - 1, page: 1 }))
    expect(numberedFirst.body).toMatchObject({ has_more: true, total: wanted.length })
    expect(followed(numberedFirst.headers)).toBe(path({ limit: wanted.length - 1, page: 2 }))
    const numberedLast = await analyst.get(followed(numberedFirst.headers)!)
    expect(numberedLast.body).toMatchObject({ page: 2, has_more: false, total: wanted.length })
    expect(idsOf(numberedLast.body.data)).toEqual(idsOf(wanted.slice(-1)))
    expect(followed(numberedLast.headers)).toBeUndefined()
    const first = await analyst.get(path({ limit: wanted.length - 1 }))
    expect(first.body.has_more).toBe(true)
    const last = await analyst.get(followed(first.headers)!.replace(/limit=\d+/, 'limit=1'))
    expect(last.body).toMatchObject({ has_more: false, next_cursor: null })
    expect(idsOf(last.body.data)).toEqual(idsOf(wanted.slice(-1)))
  })

  it('has 20 rows a page by default', async () => {
    const { body } = await analyst.get('/v1/transactions')
    expect(body.limit).toBe(20)
    expect(idsOf(body.data)).toEqual(idsOf(select(rows, {}, analyst.id).slice(0, 20)))
  })

  it('names the categories in use with their counts', async () => {
    const { body } = await analyst.get('/v1/categories')
    const groups = Map.groupBy(select(rows, {}, analyst.id), (row) => `${row.category} ${row.type}`)
    const counts = [...groups.values()].map((group) => ({
      category: group[0]!.category,
      type: group[0]!.type,
      count: group.length,
      last_used: group
        .map(({ date }) => date)
        .toSorted()
        .at(-1),
    }))
    expect(body.data).toHaveLength(counts.length)
    expect(body.data).toEqual(expect.arrayContaining(counts))
    const numbers = body.data.map(({ count }: { count: number }) => count)
    expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => b - a))
  })
})

const byId = (id: string) => rows.find((row) => row.id === id)

const asRow = (response: any): Row => ({
  id: response.id,
  user_id: response.user_id,
  type: response.type,
  minor: readMinor(response.amount, response.currency),
  currency: response.currency,
  category: response.category,
  date: response.date,
  notes: response.notes,
  deleted: response.deleted_at !== null,
})
