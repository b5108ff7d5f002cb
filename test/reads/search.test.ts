import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRows, expectSame } from '../support/differences.ts'
import { iterations } from '../support/iterations.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin, analyst } = useApp()

interface Row {
  id: string
  userId: string
  category: string
  payee: string | null
  notes: string | null
  date: string
}
let rows: Row[]

/** Letters of several kinds, and all that means something to LIKE, to arrays and to trigrams. */
const letter = fc.constantFrom(...'aabbzZ09éÉжЖ€%_\\"{},-. 中🦄')
const word = fc.string({ unit: letter, minLength: 1, maxLength: 12 })
const bare = (text: string) => text.trim()

beforeAll(async () => {
  const text = fc.option(word.map(bare))
  const some = fc.record({ notes: text, payee: text, category: word.map(bare) })
  const texts = fc.sample(some, { numRuns: 700, seed: 20261122 })
  rows = texts.map(({ notes, payee, category }, index) => ({
    id: uuidv7(),
    userId: index % 4 === 0 ? admin.id : analyst.id,
    category: category || 'x',
    payee: payee || null,
    notes: notes || null,
    date: `2026-0${1 + (index % 9)}-${10 + (index % 18)}`,
  }))
  await app.sql`
    insert into data.transactions
      (id, user_id, type, amount_minor, currency, category, payee, notes, date, created_by)
    select (r->>'id')::uuid, (r->>'userId')::uuid, 'expense', 100, 'EUR', r->>'category',
           r->>'payee', r->>'notes', (r->>'date')::date, ${admin.id}::uuid
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`
})

const folded = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ')

const contains = ({ category, payee, notes }: Row, q: string) =>
  [category, payee ?? '', notes ?? ''].some((text) => folded(text).includes(folded(q)))

const latestFirst = (a: Row, b: Row) => (`${a.date}${a.id}` < `${b.date}${b.id}` ? 1 : -1)

const found = (userId: string | undefined, q: string) =>
  rows
    .filter((row) => (userId === undefined || row.userId === userId) && contains(row, q))
    .toSorted(latestFirst)

const described = ({ category, payee, notes, date }: Row) =>
  `${date} ${JSON.stringify([category, payee, notes])}`

/** Expects these rows; a failure describes those that are missing or too many. */
const expectFound = (ids: readonly string[], wanted: readonly Row[], q: string) =>
  expectRows(ids, wanted, rows, described, `the search for ${JSON.stringify(q)}`)

const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id)

const query = (q: string, more: Record<string, string> = {}) =>
  `/v1/transactions?${new URLSearchParams({ q, ...more }).toString()}`

const visible = (q: string) => /[^\s]/.test(bare(q))

describe('A search for transactions', () => {
  it('finds the text in categories, payees and notes, whatever the text and its case', async () => {
    await fc.assert(
      fc.asyncProperty(word.filter(visible), async (text) => {
        const q = bare(text)
        const wanted = found(analyst.id, q)
        // A page of one walks few rows before it asks the index; a page of a hundred walks them all.
        const [one, many] = await Promise.all([
          analyst.get(query(q, { limit: '1' })),
          analyst.get(query(q, { limit: '100', include: 'totals' })),
        ])
        expectFound(ids(one.body), wanted.slice(0, 1), q)
        expectFound(ids(many.body), wanted.slice(0, 100), q)
        const [totals = { count: 0 }] = many.body.totals
        expect(totals.count, `the count for ${JSON.stringify(q)}`).toBe(wanted.length)
      }),
      { numRuns: iterations(40, 120) },
    )
  })

  it('finds the same across all users, page by page', async () => {
    for (const q of ['z', 'éж', '%', '_', '\\', '"', ',', '€9', '🦄', 'zz', 'aba', 'ZZ Z']) {
      const wanted = found(undefined, q)
      const pages: string[] = []
      const said: object[] = []
      const expected: object[] = []
      for (let page = 1; page === 1 || (page - 1) * 23 < wanted.length; page++) {
        const path = query(q, { scope: 'all', limit: '23', page: String(page) })
        const { data, total, total_is_exact, has_more } = (await admin.get(path)).body
        pages.push(...ids({ data }))
        said.push({ page, total, total_is_exact, has_more })
        const rest = { total: wanted.length, total_is_exact: true }
        expected.push({ page, ...rest, has_more: page * 23 < wanted.length })
      }
      expectFound(pages, wanted, q)
      expectSame(said, expected, `the pages for ${JSON.stringify(q)}`)
    }
  })

  it.each(['_', '%', '\\'])('finds %s as it is, not as a wildcard', async (character) => {
    const reader = await createUser(app, 'analyst')
    const category = `net${character}fee`
    for (const each of ['net.fee', 'net and fee', category]) await enter(reader, { category: each })
    const { body } = await reader.get(query(category))
    expect(body.data).toMatchObject([{ category }])
  })

  it('finds what was created, changed and deleted a moment ago', async () => {
    const entry = { type: 'expense', amount: '1.00', currency: 'EUR', category: 'Qxq' }
    const { body } = await admin.post('/v1/transactions', { ...entry, date: '1999-01-01' })
    const path = `/v1/transactions/${body.id}`
    expect(ids((await admin.get(query('qX'))).body)).toEqual([body.id])
    await admin.patch(path, { category: 'Other', notes: 'wkwk' })
    expect(ids((await admin.get(query('qX'))).body)).toEqual([])
    expect(ids((await admin.get(query('WK'))).body)).toEqual([body.id])
    await admin.patch(path, { payee: 'Zvzv', notes: null })
    expect(ids((await admin.get(query('WK'))).body)).toEqual([])
    expect(ids((await admin.get(query('ZV'))).body)).toEqual([body.id])
    await admin.patch(path, { notes: 'wkwk' })
    await admin.delete(path)
    expect(ids((await admin.get(query('wk'))).body)).toEqual([])
    expect(ids((await admin.get(query('wk', { deleted: 'only' }))).body)).toEqual([body.id])
  })

  it.each(['date', '-date', 'amount', '-amount'])(
    'finds rare text once each, page by page, among equal dates and amounts: sorted by %s',
    async (sort) => {
      const reader = await createUser(app, 'viewer')
      // So far into the list in either direction that only the index finds them.
      await app.sql`
        insert into data.transactions
          (id, user_id, type, amount_minor, currency, category, date, created_by)
        select gen_random_uuid(), ${reader.id}, 'expense', place * 100, 'EUR', category,
               date '2026-01-01' + place, ${reader.id}
          from (select n place, 'Bread' category from generate_series(1, 1000) n
                union all select unnest(array[480, 500, 500, 500, 500, 500, 520]), 'Quince')`
      const stored = await app.sql`select id from data.transactions
                                    where user_id = ${reader.id} and category = 'Quince'
                                    order by date, id`
      const wanted = stored.map(({ id }) => id)
      const pages: string[] = []
      let path: string | undefined = query('quince', { sort, limit: '2' })
      while (path !== undefined && pages.length <= wanted.length) {
        const { body } = await reader.get(path)
        pages.push(...ids(body))
        const cursor: string | null = body.next_cursor
        path = cursor === null ? undefined : query('quince', { sort, limit: '2', cursor })
      }
      expect(pages).toEqual(sort.startsWith('-') ? wanted.toReversed() : wanted)
    },
  )

  it('may have 200 characters, and not 201', async () => {
    expect((await analyst.get(query('ab'.repeat(100)))).body.data).toEqual([])
    expect((await analyst.get(query('a'.repeat(201)))).status).toBe(422)
  })

  it('with more matches than are counted says so, unless the totals are requested', async () => {
    const reader = await createUser(app, 'viewer')
    await app.sql`
      insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, created_by)
      select gen_random_uuid(), ${reader.id}, 'income', 100, 'EUR', 'Many', '2026-03-14', ${admin.id}
        from generate_series(1, 10001)`
    const { body } = await reader.get(query('many', { page: '1', limit: '2' }))
    expect(body).toMatchObject({ total: 10_000, total_is_exact: false, has_more: true })
    const log = await admin.get(`/v1/audit?owner_id=${reader.id}&page=1&limit=2`)
    expect(log.body).toMatchObject({ total: 10_000, total_is_exact: false, has_more: true })
    expect(log.body.data).toHaveLength(2)
    const exact = await reader.get(query('many', { page: '1', limit: '2', include: 'totals' }))
    expect(exact.body).toMatchObject({ total: 10_001, total_is_exact: true, has_more: true })
    const far = await reader.get(query('many', { page: '5001', limit: '2' }))
    // The last page sees the end.
    expect(far.body).toMatchObject({ total: 10_001, total_is_exact: true, has_more: false })
    expect(far.body.data).toHaveLength(1)
    const full = await reader.get(query('many', { page: '137', limit: '73' }))
    expect(full.body).toMatchObject({ total: 10_001, total_is_exact: true, has_more: false })
    expect(full.body.data).toHaveLength(73)
    const all = await reader.get('/v1/transactions?page=1&limit=2')
    expect(all.body).toMatchObject({ total: 10_001, total_is_exact: true })
    const filtered = await reader.get('/v1/transactions?page=1&limit=2&min_amount=0')
    expect(filtered.body).toMatchObject({ total: 10_000, total_is_exact: false })
  })
})

describe('A search with other letter case or other blanks', () => {
  it.each([
    ['ΛΟΓΑΡΙΑΣΜΟΣ', 'λογαριασμος'],
    ['λογαριασμος', 'ΛΟΓΑΡΙΑΣΜΟΣ'],
    ['Λογαριασμός', 'ΛΟΓΑΡΙΑΣΜΌΣ'],
    ['Straßenbahn', 'STRASSENBAHN'],
    ['STRASSENBAHN', 'straßen'],
    ['İSTANBUL', 'istanbul'],
    ['ısırgan', 'ISIRGAN'],
    ['Kırmızı', 'kirmizi'],
    ['ЁЖИК', 'ёжик'],
    ['ﬁnance', 'FINANCE'],
    ['KARTE\u00a01234', 'karte 1234'],
    ['LADEN   NORD', 'laden nord'],
    ['laden nord', 'laden   nord'],
    ['one\u2003two', 'one two'],
    ['one\ntwo', 'one two'],
    ['日本\u3000橋', '日本 橋'],
  ])('finds %j by %j', async (notes, q) => {
    const owner = await createUser(app, 'analyst')
    const { body } = await owner.post('/v1/transactions', {
      ...{ type: 'expense', amount: '1', currency: 'EUR', category: 'Search', date: '2026-01-01' },
      notes,
    })
    expect(ids((await owner.get(query(q))).body)).toEqual([body.id])
    expect(ids((await owner.get(query(q, { sort: 'date' }))).body)).toEqual([body.id])
    expect(ids((await owner.get(query(`${q} never`))).body)).toEqual([])
  })

  it('finds users too', async () => {
    const user = await createUser(app, 'viewer')
    await app.sql`update data.users set name = 'Straßner  ΣΑΣ' where id = ${user.id}`
    for (const q of ['STRASSNER', 'straßner σας']) {
      const { body } = await admin.get(`/v1/users?q=${encodeURIComponent(q)}`)
      expect(ids(body)).toEqual([user.id])
    }
  })
})
