import { beforeEach, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { TestResponse } from '../support/app.ts'
import { databaseCalls } from '../support/database.ts'
import { useApp } from '../support/use-app.ts'
import { insertImport } from '../support/transactions.ts'
import { createUser, type User } from '../support/users.ts'
import { exported, sendFile } from './support.ts'

const { app, admin } = useApp()
let analyst: User

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
})

const header = 'date,amount,currency,category,external_id,source'
const file = (...rows: string[]) => `${header}\n${rows.join('\n')}\n`
const coffee = '2026-03-14,-3.00,EUR,Coffee,,'
const rent = '2026-03-01,-900.00,EUR,Rent,r-1,bank'

const take = async (text: string, query = '', who = analyst) => {
  const response = await sendFile(app, who, text, `dry_run=false&${query}`)
  if (response.status !== 201) throw new Error(`The import responded ${response.text}`)
  return response.body
}
const preview = async (text: string, query = '') => (await sendFile(app, analyst, text, query)).body

const get = (path: string, { token } = analyst) => app.call('GET', path, { token })
const post = (path: string, { token } = analyst, headers = {}) =>
  app.call('POST', path, { token, headers })
const countOf = async ({ token }: User) =>
  (await app.call('GET', '/v1/transactions?page=1&limit=1', { token })).body.total
const expectCode = (response: TestResponse, status: number, code: string) =>
  expect([response.status, response.body.code], response.text).toEqual([status, code])

describe('Every row of a file', () => {
  const statement = (end: string, text: string) =>
    ['date,amount,currency,category,notes']
      .concat([1, 2, 3, 4, 5].map((n) => `2026-01-0${n},${n}.00,EUR,x,${n === 4 ? text : ''}`))
      .concat('')
      .join(end)

  it.each([
    ['\r', '"first line\nsecond line"'],
    ['\r', '"one\r\ntwo\rthree\nfour"'],
    ['\n', '"one\rtwo\r\nthree"'],
    ['\r\n', '"one\rtwo\nthree"'],
  ])('is one row, with line ends %j and the note %j', async (end, text) => {
    const json = { type: 'income', amount: '1', currency: 'EUR', category: 'x', date: '2026-01-01' }
    await app.call('POST', '/v1/transactions', { token: analyst.token, json })
    const report = await preview(statement(end, text))
    expect(report).toMatchObject({ rows: 5, to_create: 4, likely_duplicates: { count: 1 } })
    const lines = [...report.likely_duplicates.rows, ...report.preview].map(
      (row: { line: number }) => row.line,
    )
    expect(lines.slice(0, 4)).toEqual([2, 3, 4, 5])
    const taken = await take(statement(end, text), 'likely_duplicates=skip')
    expect(taken).toMatchObject({ row_count: 5, created_count: 4, duplicate_count: 1 })
    expect(await countOf(analyst)).toBe(5)
    const again = await take(statement(end, text))
    expect(again).toMatchObject({ created_count: 0, duplicate_count: 5 })
  })
})

describe('A duplicate in an import', () => {
  it('is detected by its external id, whatever its text is', async () => {
    await take(file(rent))
    const { body: list } = await get('/v1/transactions')
    const body = await preview(file('2026-03-01,-900.00,EUR,Flat,r-1,bank', coffee))
    expect(body.to_create).toBe(1)
    expect(body.duplicates.rows).toEqual([
      {
        line: 2,
        matched_by: 'external_id',
        transaction_id: list.data[0].id,
        deleted: false,
        differs: [],
      },
    ])
    const elsewhere = await preview(file('2026-03-02,-950.00,EUR,Flat,r-1,card'))
    expect(elsewhere.to_create).toBe(1)
  })

  it('is not detected by the same external id of another source, in the account or in the file', async () => {
    await take(file(rent, coffee.replace(',,', ',c-1,card')))
    const other = rent.replace('900', '901').replace('bank', 'card')
    const third = rent.replace('900', '902').replace('bank', '')
    // Both sources are in the file, so each could be taken for the other.
    const body = await preview(file(rent, other, third))
    expect(body).toMatchObject({ to_create: 2, problems: { count: 0 } })
    expect(body.duplicates.rows).toMatchObject([{ line: 2, matched_by: 'external_id' }])
    expect(await take(file(rent, other, third))).toMatchObject({ created_count: 2 })
    const { data } = (await get('/v1/transactions?external_id=r-1&sort=amount')).body
    expect(data.map(({ source }: { source: string | null }) => source)).toEqual([
      ...['bank', 'card', null],
    ])
  })

  it('is detected by its content, one transaction for one row', async () => {
    await take(file(coffee))
    expect((await preview(file(coffee))).duplicates).toMatchObject({
      count: 1,
      rows: [{ line: 2, matched_by: 'fingerprint' }],
    })
    const two = await take(file(coffee, coffee))
    expect(two).toMatchObject({ created_count: 1, duplicate_count: 1 })
    expect(await countOf(analyst)).toBe(2)
    for (const other of ['-3.01,EUR,Coffee', '3.00,EUR,Coffee', '-3.00,USD,Coffee']) {
      expect((await preview(file(`2026-03-14,${other},,`))).to_create).toBe(1)
    }
    const wanted = await take(file(coffee), 'duplicates=create')
    expect(wanted).toMatchObject({ created_count: 1, duplicate_count: 0 })
  })

  it('is not detected between two different external ids', async () => {
    await take(file(rent))
    const next = rent.replace('r-1', 'r-2')
    expect((await preview(file(next))).to_create).toBe(1)
    const mixed = await preview(file(next, rent))
    expect(mixed.to_create).toBe(1)
    expect(mixed.duplicates.rows.map(({ line }: { line: number }) => line)).toEqual([3])
  })

  it('is not looked for among transactions of other users', async () => {
    await take(file(coffee, rent), '', await createUser(app, 'analyst'))
    expect((await preview(file(coffee, rent))).to_create).toBe(2)
  })

  it('is an invalid row when an external id is repeated within the file', async () => {
    const { problems } = await preview(file(rent, rent))
    expect(problems.rows).toEqual([
      { line: 3, column: 'external_id', message: 'Duplicate of line 2.' },
    ])
  })

  it('stays deleted when a deleted transaction has its external id', async () => {
    await take(file(rent))
    await app.sql`update data.transactions set deleted_at = now() where user_id = ${analyst.id}`
    expect((await preview(file(rent))).duplicates.rows).toEqual([
      { line: 2, matched_by: 'external_id', transaction_id: null, deleted: true, differs: [] },
    ])
    expect(await take(file(rent))).toMatchObject({ created_count: 0, duplicate_count: 1 })
  })

  it('is created once by two imports at once', async () => {
    const both = await Promise.all([take(file(coffee)), take(file(coffee))])
    expect(both.map((each) => each.created_count).sort()).toEqual([0, 1])
  })
})

describe('An import', () => {
  it('has an id, is listed, and is named by its transactions', async () => {
    const first = await take(file(coffee), 'file_name=a.csv')
    const second = await take(file(rent), 'file_name=b.csv&source=card')
    expect(second).toMatchObject({
      user_id: analyst.id,
      created_by: analyst.id,
      file_name: 'b.csv',
      source: 'card',
      reverted_at: null,
    })
    const { body } = await get('/v1/imports?limit=1')
    expect(body).toMatchObject({ data: [second], has_more: true, scope: 'own' })
    const next = await get(`/v1/imports?limit=1&cursor=${body.next_cursor}`)
    expect(next.body).toMatchObject({ data: [first], has_more: false })
    expect((await get(`/v1/imports/${first.id}`)).body).toEqual(first)
    const { data } = (await get('/v1/transactions?category=Rent')).body
    expect(data[0]).toMatchObject({ import_id: second.id, source: 'bank', external_id: 'r-1' })
  })

  it('is a dry run by default, and costs one database call', async () => {
    const calls = await databaseCalls()
    const { status, body } = await sendFile(app, analyst, file(coffee))
    expect((await databaseCalls()) - calls).toBe(1)
    expect([status, body.dry_run]).toEqual([200, true])
    expect(await countOf(analyst)).toBe(0)
    expect((await get('/v1/imports')).body.data).toEqual([])
  })

  it('goes into the account of another user for admins only', async () => {
    const viewer = await createUser(app, 'viewer')
    const made = await take(file(coffee), `user_id=${viewer.id}`, admin)
    expect(made).toMatchObject({ user_id: viewer.id, created_by: admin.id })
    expect(await countOf(viewer)).toBe(1)
    expect((await get('/v1/imports', viewer)).body.data).toEqual([made])
    expect((await get(`/v1/imports?user_id=${viewer.id}`, admin)).body.data).toEqual([made])
    for (const query of [`user_id=${viewer.id}`, `user_id=${viewer.id}&dry_run=false`]) {
      expectCode(await sendFile(app, analyst, file(coffee), query), 403, 'forbidden')
      expectCode(await sendFile(app, viewer, file(coffee), query), 403, 'forbidden')
      const nobody = await sendFile(app, admin, file(coffee), query.replace(viewer.id, uuidv7()))
      expect(nobody.body.errors[0].location).toBe('query.user_id')
    }
    expectCode(await get(`/v1/imports/${made.id}`), 404, 'not_found')
    expectCode(await get('/v1/imports?scope=all'), 404, 'not_found')
    expectCode(await post(`/v1/imports/${made.id}/revert`), 404, 'not_found')
    expectCode(await post(`/v1/imports/${made.id}/revert`, viewer), 403, 'forbidden')
  })

  it('that is sent twice with one idempotency key is done once', async () => {
    const { token } = analyst
    const send = (raw: string, query = '') =>
      app.call('POST', `/v1/transactions/import?dry_run=false${query}`, {
        token,
        raw,
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'march' },
      })
    const first = await send(file(coffee), '&duplicates=create')
    const again = await send(file(coffee), '&duplicates=create')
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(again.headers.get('Location')).toBe(`/v1/imports/${first.body.id}`)
    expect(await countOf(analyst)).toBe(1)
    expectCode(await send(file(rent), '&duplicates=create'), 422, 'idempotency_key_reused')
  })

  it('is in the audit log, with each of its transactions', async () => {
    const { id } = await take(file(coffee, rent))
    await post(`/v1/imports/${id}/revert`)
    const actions = await app.sql`select action from data.audit_log
                                   where owner_id = ${analyst.id} and action not like 'session%'
                                     and action not like 'user%' order by sequence`
    expect(actions.map(({ action }) => action)).toEqual([
      'import.created',
      'transaction.created',
      'transaction.created',
      'transaction.deleted',
      'transaction.deleted',
      'import.reverted',
    ])
    expect(await app.sql`select * from api.verify_audit(${analyst.id})`).toEqual([])
  })
})

describe('Reverting an import', () => {
  it('deletes its transactions and no others, once', async () => {
    await take(file(coffee))
    const { id } = await take(file(rent, '2026-03-15,3000,EUR,Salary,,'))
    expect(await countOf(analyst)).toBe(3)
    const { status, body } = await post(`/v1/imports/${id}/revert`)
    expect([status, typeof body.reverted_at]).toEqual([200, 'string'])
    expect(await countOf(analyst)).toBe(1)
    expect((await post(`/v1/imports/${id}/revert`)).body).toEqual(body)
    expect(await exported(app, analyst)).not.toContain('Salary')
  })

  it('lets the same file be imported again', async () => {
    const { id } = await take(file(rent))
    await post(`/v1/imports/${id}/revert`)
    expect(await take(file(rent))).toMatchObject({ created_count: 1, duplicate_count: 0 })
  })

  it('frees the external ids of transactions that were deleted before', async () => {
    const { id } = await take(file(rent, coffee))
    const { data } = (await get('/v1/transactions?external_id=r-1')).body
    const { status } = await app.call('DELETE', `/v1/transactions/${data[0].id}`, {
      token: admin.token,
      headers: { 'If-Match': '*' },
    })
    expect(status).toBe(204)
    expect((await post(`/v1/imports/${id}/revert?include_changed=true`, admin)).status).toBe(200)
    expect(await take(file(rent, coffee))).toMatchObject({ created_count: 2, duplicate_count: 0 })
  })

  it('is refused when transactions were changed since, unless an admin forces it', async () => {
    const { id } = await take(file(rent, coffee))
    const { data } = (await get('/v1/transactions?category=Rent')).body
    await app.call('PATCH', `/v1/transactions/${data[0].id}`, {
      token: admin.token,
      json: { category: 'Flat' },
      headers: { 'If-Match': '*' },
    })
    expectCode(await post(`/v1/imports/${id}/revert`), 409, 'import_modified')
    expectCode(await post(`/v1/imports/${id}/revert`, admin), 409, 'import_modified')
    expectCode(await post(`/v1/imports/${id}/revert?include_changed=true`), 403, 'forbidden')
    expect(await countOf(analyst)).toBe(2)
    const forced = await post(`/v1/imports/${id}/revert?include_changed=true`, admin)
    expect(forced.status).toBe(200)
    expect(await countOf(analyst)).toBe(0)
  })

  it('can be tried as a dry run, and repeated under one idempotency key', async () => {
    const { id } = await take(file(rent))
    const tried = await post(`/v1/imports/${id}/revert?dry_run=true`)
    expect(tried.body).toMatchObject({ dry_run: true, status: 200 })
    expect(await countOf(analyst)).toBe(1)
    const key = { 'Idempotency-Key': 'undo' }
    const first = await post(`/v1/imports/${id}/revert`, analyst, key)
    const again = await post(`/v1/imports/${id}/revert`, analyst, key)
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  })

  it('responds 404 for an unknown import', async () => {
    expectCode(await post(`/v1/imports/${uuidv7()}/revert`, admin), 404, 'not_found')
    expectCode(await get(`/v1/imports/${uuidv7()}`, admin), 404, 'not_found')
    expectCode(await get('/v1/imports?cursor=none', admin), 422, 'invalid_cursor')
  })
})

describe('The database role of analysts', () => {
  it('reaches only its own imports and transactions', async () => {
    const asAnalyst = (call: string) =>
      app.sql.transaction([
        app.sql`select set_config('app.user_id', ${analyst.id}, true)`,
        app.sql`set local role app_analyst`,
        app.sql.query(call),
      ])
    const other = await createUser(app, 'analyst')
    const { id } = await take(file(coffee), '', other)
    const denied = [
      'select * from api.all_imports',
      'select * from data.imports',
      'select * from api.all_import_rows',
      'select * from data.import_rows',
      `select api.preview_import('${other.id}', '[]', '{}')`,
      `select * from api.import_transactions('${other.id}', '${uuidv7()}', null, null, 0, 0, '[]', '{}')`,
      `select * from api.revert_import('${id}', true, null)`,
      `select private.preview_import('${other.id}', '[]', '{}')`,
      `select * from private.revert_import('${id}', null, true, null)`,
    ]
    for (const call of denied) await expect(asAnalyst(call)).rejects.toThrow(/permission denied/)
    await expect(asAnalyst(`select * from api.revert_own_import('${id}', null)`)).rejects.toThrow(
      /import not found/,
    )
    const [, , own] = await asAnalyst('select * from api.own_imports')
    expect(own).toEqual([])
    const [, , rows] = await asAnalyst('select * from api.own_import_rows')
    expect(rows).toEqual([])
  })
})

it('The list of imports has numbered pages as all lists have', async () => {
  const owner = await createUser(app, 'analyst')
  const ids = []
  for (const name of ['one', 'two', 'three']) ids.unshift(await insertImport(app, owner.id, name))
  const { body, headers } = await owner.get('/v1/imports?page=1&limit=2')
  expect(body).toMatchObject({ page: 1, total: 3, total_is_exact: true, has_more: true })
  expect(headers.get('Link')).toBe('</v1/imports?page=2&limit=2>; rel="next"')
  const last = await owner.get('/v1/imports?page=2&limit=2')
  expect([...body.data, ...last.body.data].map(({ id }: { id: string }) => id)).toEqual(ids)
  expect(last.body.has_more).toBe(false)
})
