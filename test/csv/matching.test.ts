import { beforeEach, describe, expect, it } from 'vitest'
import type { TestResponse } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { exported, sendFile } from './support.ts'

const { app, admin } = useApp()
let owner: User

beforeEach(async () => {
  owner = await createUser(app, 'analyst')
})

const statement = (...rows: string[]) => `Date,Amount,Description\n${rows.join('\n')}\n`
const withIds = (...rows: string[]) => `Date,Amount,Description,external_id\n${rows.join('\n')}\n`
const coffee = '2026-03-14,-3.50,Coffee at A'
const bakery = '2026-03-14,-3.50,Bakery B'
const defaults = 'currency=EUR&category=Bank'

const send = (text: string, query = '', headers = {}) =>
  sendFile(app, owner, text, `${defaults}&${query}`, headers)
const take = async (text: string, query = '', headers = {}) => {
  const response = await send(text, `dry_run=false&${query}`, headers)
  if (response.status !== 201) throw new Error(`The import responded ${response.text}`)
  return response.body
}
const report = async (text: string, query = '') => (await send(text, query)).body
const counts = ({ created_count: created, duplicate_count: known, skipped_count: left }: any) => [
  created,
  known,
  left,
]
const enter = async (date: string, amount = '3.50') => {
  const json = { type: 'expense', amount, currency: 'EUR', category: 'Coffee', date }
  return (await app.call('POST', '/v1/transactions', { token: owner.token, json })).body
}
const list = async (): Promise<any[]> =>
  (await owner.get('/v1/transactions?limit=100&sort=date')).body.data
const as = (method: string, id: string, json?: object) =>
  app.call(method, `/v1/transactions/${id}`, {
    token: admin.token,
    headers: { 'If-Match': '*' },
    ...(json && { json }),
  })
const revert = (id: string, query = '') => owner.post(`/v1/imports/${id}/revert${query}`)
const rowsOf = async (id: string, query = '') =>
  (await owner.get(`/v1/imports/${id}/rows${query}`)).body.data
const expectCode = (response: TestResponse, status: number, code: string) =>
  expect([response.status, response.body.code], response.text).toEqual([status, code])

describe('A row is in already', () => {
  it('when an earlier file had the same content, whatever was edited since', async () => {
    await take(statement(coffee, '2026-03-15,-20.00,Shop'))
    for (const { id } of await list()) {
      const edits = { category: 'Food', notes: 'mine', payee: 'X', date: '2026-01-01', amount: '9' }
      expect((await as('PATCH', id, edits)).status).toBe(200)
    }
    const third = statement(coffee, '2026-03-15,-20.00,Shop', '2026-03-16,-9.00,Kiosk')
    expect(counts(await take(third))).toEqual([1, 2, 0])
  })

  it('in any order, and with other case and spaces', async () => {
    await take(statement(coffee, bakery, coffee))
    const again = statement(bakery, '2026-03-14,-3.50,coffee  at a', coffee)
    expect(counts(await take(again))).toEqual([0, 3, 0])
  })

  it('but not one of a shop with another name', async () => {
    await take(statement(coffee))
    expect(counts(await take(statement(bakery, coffee)))).toEqual([1, 1, 0])
    expect((await list()).map(({ notes }) => notes).sort()).toEqual(['Bakery B', 'Coffee at A'])
  })

  it('but not one of another account, and an unknown account may be any', async () => {
    await take(statement(coffee), 'source=giro')
    expect(counts(await take(statement(coffee), 'source=card'))).toEqual([1, 0, 0])
    expect(counts(await take(statement(coffee)))).toEqual([0, 1, 0])
    expect(counts(await take(statement(coffee, coffee)))).toEqual([0, 2, 0])
    expect(counts(await take(statement(coffee, coffee), 'source=giro'))).toEqual([1, 1, 0])
  })

  it('also when the account is named later, and then not in a third', async () => {
    await take(withIds(`${coffee},T1`))
    expect(counts(await take(withIds(`${coffee},T1`), 'source=bank'))).toEqual([0, 1, 0])
    expect(counts(await take(withIds(`${coffee},T1`), 'source=card'))).toEqual([1, 0, 0])
    const shop = statement('2026-03-15,-20.00,Shop')
    await take(shop)
    expect(counts(await take(shop, 'source=bank'))).toEqual([0, 1, 0])
    expect(counts(await take(shop, 'source=card'))).toEqual([1, 0, 0])
  })

  it('whatever somebody writes into the source of its transaction', async () => {
    await take(statement(coffee), 'source=giro')
    const [{ id }] = await list()
    await as('PATCH', id, { source: 'card' })
    expect(counts(await take(statement(coffee), 'source=giro'))).toEqual([0, 1, 0])
  })

  it('when its transaction was deleted, also after the purge, until the import is reverted', async () => {
    const { id } = await take(statement(coffee, bakery))
    for (const row of await list()) await as('DELETE', row.id)
    const { duplicates } = await report(statement(coffee))
    expect(duplicates.rows).toEqual([
      { line: 2, matched_by: 'fingerprint', transaction_id: null, deleted: true, differs: [] },
    ])
    await app.sql`delete from data.transactions where user_id = ${owner.id}`
    expect((await report(statement(coffee))).duplicates.rows[0].deleted).toBe(true)
    const again = await take(statement(bakery, coffee))
    expect(counts(again)).toEqual([0, 2, 0])
    expect((await rowsOf(again.id)).map(({ outcome }: any) => outcome)).toEqual([
      'deleted',
      'deleted',
    ])
    expect((await revert(again.id)).status).toBe(200)
    expect((await revert(id)).status).toBe(200)
    expect(counts(await take(statement(coffee, bakery)))).toEqual([2, 0, 0])
  })

  it('as often as it was, and one that was wanted twice stays twice', async () => {
    await take(statement(coffee))
    expect(counts(await take(statement(coffee, coffee)))).toEqual([1, 1, 0])
    expect(counts(await take(statement(coffee, coffee), 'duplicates=create'))).toEqual([2, 0, 0])
    for (const text of [statement(coffee), statement(coffee, coffee, coffee, coffee)]) {
      expect((await take(text)).created_count).toBe(0)
    }
  })

  it('and a report on a file with new rows names those that are equal', async () => {
    await take(statement(coffee))
    const { remarks } = await report(statement('2026-03-15,-20.00,Shop', coffee))
    expect(remarks).toContainEqual(
      expect.stringContaining('line 3. If one of them is another payment'),
    )
    expect((await report(statement(coffee))).remarks.join(' ')).not.toContain('another payment')
  })
})

describe('An external id', () => {
  it('with another date or amount is asked about', async () => {
    await take(withIds('2026-03-01,-750.00,Landlord,RENT'))
    const april = withIds('2026-04-01,-780.00,Landlord,RENT')
    const { likely_duplicates: likely } = await report(april)
    expect(likely.rows).toMatchObject([
      { line: 2, reason: 'external_id_reused', date: '2026-03-01', decision: 'ask' },
    ])
    expectCode(await send(april, 'dry_run=false'), 422, 'likely_duplicates')
    expect(counts(await take(april, 'likely_duplicates=create'))).toEqual([1, 0, 0])
    expect((await list()).map(({ external_id: id }) => id)).toEqual(['RENT', null])
    expect(counts(await take(april))).toEqual([0, 1, 0])
  })
})

describe('An export', () => {
  it('is known by its ids, and what differs is named and not changed', async () => {
    await enter('2026-03-14')
    const text = await exported(app, owner)
    expect((await report(text)).duplicates.rows).toMatchObject([{ matched_by: 'id', differs: [] }])
    const changed = text.replace('Coffee', 'Tea').replace('3.50', '4.50')
    expect((await report(changed)).duplicates.rows).toMatchObject([
      { matched_by: 'id', differs: ['amount', 'category'] },
    ])
    expect(counts(await take(changed))).toEqual([0, 1, 0])
    expect(await list()).toMatchObject([{ category: 'Coffee', amount: '3.50' }])
  })

  it('does not bring back what was deleted', async () => {
    const { id } = await enter('2026-03-14')
    const text = await exported(app, owner)
    await take(text)
    await as('DELETE', id)
    expect((await report(text)).duplicates.rows).toMatchObject([
      { matched_by: 'id', deleted: true },
    ])
    await app.sql`delete from data.transactions where user_id = ${owner.id}`
    expect((await report(text)).duplicates.rows).toMatchObject([
      { matched_by: 'id', deleted: true },
    ])
  })
})

describe('A likely duplicate', () => {
  it('is a row that resembles what was entered up to three days away, one to one', async () => {
    const { id } = await enter('2026-03-16')
    await enter('2026-03-10')
    const { likely_duplicates: likely, to_create: toCreate } = await report(
      statement(coffee, bakery),
    )
    expect(likely).toEqual({
      count: 1,
      rows: [
        {
          line: 2,
          reason: 'near_date',
          message: 'A transaction of 2026-03-16 has the same amount.',
          transaction_id: id,
          date: '2026-03-16',
          decision: 'ask',
        },
      ],
    })
    expect(toCreate).toBe(1)
  })

  it('takes the nearest date first', async () => {
    const near = await enter('2026-03-15')
    const far = await enter('2026-03-17')
    const text = statement('2026-03-14,-3.50,First', '2026-03-15,-3.50,Second')
    const { rows } = (await report(text)).likely_duplicates
    expect(rows.map((row: any) => [row.line, row.transaction_id])).toEqual([
      [2, far.id],
      [3, near.id],
    ])
  })

  it('has the same date where both come from files, and the same currency, sign and account', async () => {
    await take(statement(coffee), 'source=giro')
    const reasons = async (text: string, query = '') =>
      (await report(text, query)).likely_duplicates.rows.map(({ reason }: any) => reason)
    expect(await reasons(statement(bakery))).toEqual(['same_date'])
    expect(await reasons(statement(bakery), 'source=card')).toEqual([])
    expect(await reasons(statement('2026-03-15,-3.50,Bakery B'))).toEqual([])
    expect(await reasons(statement('2026-03-14,3.50,Bakery B'))).toEqual([])
    expect(await reasons(statement('2026-03-14,-3.51,Bakery B'))).toEqual([])
  })

  it('is refused until somebody decides, and nothing is stored', async () => {
    await take(statement(coffee))
    const refused = await send(statement(bakery, '2026-03-15,-20.00,Shop'), 'dry_run=false')
    expectCode(refused, 422, 'likely_duplicates')
    expect(refused.body.errors).toEqual([
      {
        location: 'body.lines.2',
        message: 'A transaction of 2026-03-14 has the same amount and another text.',
      },
    ])
    expect(await list()).toHaveLength(1)
    expect((await owner.get('/v1/imports')).body.data).toHaveLength(1)
  })

  it('that was skipped is known from then on, also by the other text', async () => {
    const { id } = await enter('2026-03-16')
    const skipped = await take(statement(coffee), 'likely_duplicates=skip')
    expect(counts(skipped)).toEqual([0, 1, 0])
    expect(await rowsOf(skipped.id)).toEqual([
      { line: 2, outcome: 'skipped', transaction_id: id, account: null },
    ])
    expect((await report(statement(coffee))).duplicates.rows).toMatchObject([
      { matched_by: 'fingerprint', transaction_id: id },
    ])
    expect(counts(await take(statement(coffee)))).toEqual([0, 1, 0])
  })

  it('that was created is known from then on', async () => {
    await take(statement(coffee))
    expect(counts(await take(statement(bakery), 'likely_duplicates=create'))).toEqual([1, 0, 0])
    expect(counts(await take(statement(bakery, coffee)))).toEqual([0, 2, 0])
  })

  it('does not resemble what another row of the file is', async () => {
    await take(statement(coffee))
    expect((await report(statement(bakery, coffee))).likely_duplicates.count).toBe(0)
  })
})

describe('lines', () => {
  const two = statement(bakery, '2026-03-15,-20.00,Shop', '2026-03-16,-9.00,Kiosk')

  it('decides rows one by one, with the ETag of the report', async () => {
    await take(statement(coffee))
    const etag = (await send(two)).headers.get('ETag')!
    expectCode(await send(two, 'dry_run=false&lines=2:create'), 428, 'precondition_required')
    const done = await take(two, 'lines=2:create,4:skip', { 'If-Match': etag })
    expect(counts(done)).toEqual([2, 0, 1])
    expect(await rowsOf(done.id)).toMatchObject([
      { line: 2, outcome: 'created' },
      { line: 3, outcome: 'created' },
      { line: 4, outcome: 'skipped', transaction_id: null },
    ])
    expect(counts(await take(two))).toEqual([1, 2, 0])
  })

  it('is refused where the file, an option or what matches has changed since', async () => {
    await take(statement(coffee))
    const headers = { 'If-Match': (await send(two)).headers.get('ETag')! }
    const other = statement(bakery, '2026-03-15,-20.00,Shop', '2026-03-16,-9.01,Kiosk')
    const query = 'dry_run=false&lines=2:create'
    expectCode(await send(other, query, headers), 412, 'precondition_failed')
    expectCode(await send(two, `${query}&source=bank`, headers), 412, 'precondition_failed')
    const [{ id }] = await list()
    await as('PATCH', id, { notes: 'changed' })
    expectCode(await send(two, query, headers), 412, 'precondition_failed')
    expect(await list()).toHaveLength(1)
    expect((await send(two, query, { 'If-Match': '*' })).status).toBe(201)
  })

  it('creates a known row once more, and a report shows what would happen', async () => {
    await take(two)
    const { to_create: toCreate, duplicates } = await report(two, 'lines=2-3:create')
    expect([toCreate, duplicates.count]).toEqual([2, 1])
    expect(counts(await take(two, 'lines=2-3:create', { 'If-Match': '*' }))).toEqual([2, 1, 0])
    expect(counts(await take(two))).toEqual([0, 3, 0])
  })

  it.each([
    ['5:skip', 'line 5 has none'],
    ['1-3:skip', 'line 1 has none'],
    ['2:skip,2:create', 'line 2 is there twice'],
    ['2-4:skip,3:skip', 'line 3 is there twice'],
    ['3-2:skip', 'such as 4:skip'],
    ['2', 'such as 4:skip'],
    ['2-900000:skip', 'at most 20000 lines'],
  ])('is refused where it is %s', async (lines, message) => {
    const { status, body } = await send(two, `lines=${lines}`)
    expect([status, body.errors[0].location]).toEqual([422, 'query.lines'])
    expect(body.errors[0].message).toContain(message)
  })
})

describe('Reverting an import', () => {
  it('is refused where a later import has some of its transactions', async () => {
    const first = await take(statement(coffee, bakery))
    const later = await take(statement(coffee), 'file_name=later.csv')
    const refused = await revert(first.id)
    expectCode(refused, 409, 'import_shared')
    expect(refused.body.detail).toContain(later.id)
    expect(refused.body.detail).toContain('later.csv')
    expect(await list()).toHaveLength(2)
  })

  it('with shared=keep leaves them to the later import, which takes them along', async () => {
    const first = await take(statement(coffee, bakery))
    const later = await take(statement(coffee))
    expect((await revert(first.id, '?shared=keep')).status).toBe(200)
    expect((await list()).map(({ notes }) => notes)).toEqual(['Coffee at A'])
    expect(counts(await take(statement(coffee)))).toEqual([0, 1, 0])
    expect((await revert(later.id, '?shared=delete')).status).toBe(200)
    expect(await list()).toEqual([])
    expect(counts(await take(statement(coffee, bakery)))).toEqual([2, 0, 0])
  })

  it('with shared=delete deletes them, and they are not in already', async () => {
    const first = await take(statement(coffee))
    const later = await take(statement(coffee))
    expect((await revert(first.id, '?shared=delete')).status).toBe(200)
    expect(await list()).toEqual([])
    expect(await rowsOf(later.id)).toMatchObject([{ outcome: 'duplicate', transaction_id: null }])
    expect(counts(await take(statement(coffee)))).toEqual([1, 0, 0])
  })
})

describe('The rows of an import', () => {
  it('are listed in the order of lines, page by page, and by outcome', async () => {
    await take(statement(coffee))
    const { id } = await take(statement(coffee, bakery, '2026-03-15,-20.00,Shop'), 'source=giro')
    const first = (await owner.get(`/v1/imports/${id}/rows?limit=2`)).body
    expect(first.data).toMatchObject([
      { line: 2, outcome: 'duplicate', account: 'giro' },
      { line: 3, outcome: 'created', account: 'giro' },
    ])
    const next = (await owner.get(`/v1/imports/${id}/rows?limit=2&cursor=${first.next_cursor}`))
      .body
    expect([next.data.length, next.data[0].line, next.has_more]).toEqual([1, 4, false])
    const created = (await owner.get(`/v1/imports/${id}/rows?outcome=created&page=1`)).body
    expect([created.total, created.data.map(({ line }: any) => line)]).toEqual([2, [3, 4]])
  })

  it('are those of others for admins only', async () => {
    const { id } = await take(statement(coffee))
    const stranger = await createUser(app, 'analyst')
    expectCode(await stranger.get(`/v1/imports/${id}/rows`), 404, 'not_found')
    expect((await admin.get(`/v1/imports/${id}/rows`)).body.data).toHaveLength(1)
  })

  it('are at most two million of a user', async () => {
    await app.sql`insert into data.imports
                    (id, user_id, created_by, row_count, created_count, duplicate_count)
                  values (gen_random_uuid(), ${owner.id}, ${owner.id}, 1999999, 0, 0)`
    await take(statement(coffee))
    expectCode(
      await send(statement(bakery), 'dry_run=false&likely_duplicates=create'),
      409,
      'quota_exceeded',
    )
  })
})
