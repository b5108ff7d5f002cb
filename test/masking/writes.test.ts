import { beforeEach, describe, expect, it } from 'vitest'
import { insertMany, open } from '../csv/support.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { mask, places } from './support.ts'

const { app, admin, analyst } = useApp()

beforeEach(() => mask(admin, 'analyst', {}, app))

const create = (user: User, more: object = {}, headers: Record<string, string> = {}) =>
  user.post('/v1/transactions', { ...someTransaction, ...more }, { headers })
const { notes: _, ...plain } = someTransaction

const rowsOf = async ({ id }: User) =>
  (await app.sql`select 1 from data.transactions where user_id = ${id}`).length

describe('A role with a masked field', () => {
  it.each([
    ['notes', { notes: 'x' }, 'body.notes'],
    ['payee', { payee: 'x' }, 'body.payee'],
    ['external_id', { external_id: 'x' }, 'body.external_id'],
    ['source', { source: 'x' }, 'body.source'],
    // Whether an external id is taken depends on its source.
    ['source', { external_id: 'x' }, 'body.external_id'],
    ['amount', {}, 'body.amount'],
    ['category', {}, 'body.category'],
  ])('cannot send it, and is told where it did: %s in %j', async (field, more, place) => {
    await mask(admin, 'analyst', { [field]: 'hide' }, app)
    const before = await rowsOf(analyst)
    const refused = await analyst.post('/v1/transactions', { ...plain, ...more })
    expect([refused.status, refused.body.code, places(refused.body)]).toEqual([
      403,
      'field_masked',
      [place],
    ])
    const dry = await analyst.post('/v1/transactions?dry_run=true', { ...plain, ...more })
    expect([dry.status, dry.body.code, places(dry.body)]).toEqual([403, 'field_masked', [place]])
    expect(await rowsOf(analyst)).toBe(before)
  })

  it('can create records without it, and sees them masked', async () => {
    await mask(admin, 'analyst', { notes: 'hide' }, app)
    const created = await analyst.post('/v1/transactions', plain)
    expect([created.status, created.body.notes, created.body.masked]).toEqual([
      201,
      null,
      ['notes'],
    ])
    const withNull = await analyst.post('/v1/transactions', { ...plain, notes: null })
    expect(withNull.status).toBe(201)
  })

  it('is refused in bulk by operation', async () => {
    await mask(admin, 'analyst', { notes: 'hide' }, app)
    const operations = [
      { op: 'create', data: plain },
      { op: 'create', data: { ...plain, notes: 'x' } },
    ]
    const atomic = await analyst.post('/v1/transactions/bulk', { operations })
    expect([atomic.status, atomic.body.errors]).toEqual([
      422,
      [
        {
          location: 'body.operations.1.data.notes',
          message: 'Needs `notes`, which is masked for your role.',
          code: 'field_masked',
        },
      ],
    ])
    const each = await analyst.post('/v1/transactions/bulk', { mode: 'each', operations })
    expect(each.body).toMatchObject({
      succeeded: 1,
      results: [
        { status: 201, data: { notes: null, masked: ['notes'] } },
        { status: 403, problem: { code: 'field_masked' } },
      ],
    })
  })

  it('has no totals in a dry run where amounts are masked', async () => {
    await mask(admin, 'analyst', { amount: 'hide' }, app)
    const operations = [{ op: 'create', data: plain }]
    const dry = await analyst.post('/v1/transactions/bulk?dry_run=true', {
      mode: 'each',
      operations,
    })
    expect(dry.body.totals).toEqual({ before: [], after: [] })
  })

  it('cannot find out by an idempotency key what it saw before', async () => {
    const owner = await createUser(app, 'analyst')
    const headers = { 'Idempotency-Key': 'before' }
    const more = { payee: 'Corner Market', external_id: 'one' }
    const first = await create(owner, more, headers)
    expect(first.body.notes).toBe('Weekly shopping')
    const bulk = { operations: [{ op: 'create', data: someTransaction }] }
    const bulkHeaders = { 'Idempotency-Key': 'bulk' }
    await owner.post('/v1/transactions/bulk', bulk, { headers: bulkHeaders })
    await mask(admin, 'analyst', { notes: 'hide', payee: 'partial', amount: 'hide' }, app)
    const again = await create(owner, more, headers)
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual({
      ...first.body,
      notes: null,
      payee: 'C…',
      amount: null,
      masked: ['amount', 'notes', 'payee'],
    })
    const repeated = await owner.post('/v1/transactions/bulk', bulk, { headers: bulkHeaders })
    expect(repeated.body.results[0].data).toMatchObject({ notes: null, amount: null })
    expect(repeated.text).not.toContain('Weekly')
    await mask(admin, 'analyst', {}, app)
    expect((await create(owner, more, headers)).body).toEqual(first.body)
  })

  it.each(['amount', 'category', 'external_id', 'source', 'notes', 'payee'])(
    'cannot import, because matching needs all that a file says: %s',
    async (field) => {
      await mask(admin, 'analyst', { [field]: 'hide' }, app)
      const raw = `date,amount,currency,category,notes\n2026-03-14,-1,EUR,Food,x\n`
      const headers = { 'Content-Type': 'text/csv' }
      const before = await rowsOf(analyst)
      for (const query of ['', '?dry_run=false', '?dry_run=false&duplicates=create']) {
        const path = `/v1/transactions/import${query}`
        const refused = await app.call('POST', path, { token: analyst.token, raw, headers })
        expect([refused.status, refused.body.code]).toEqual([403, 'field_masked'])
        expect(refused.body.detail).toContain(`\`${field}\``)
      }
      expect(await rowsOf(analyst)).toBe(before)
    },
  )

  it('can import where only the creator is masked', async () => {
    await mask(admin, 'analyst', { created_by: 'hide' }, app)
    const raw = 'date,amount,currency,category\n2026-03-15,-2,EUR,Food\n'
    const headers = { 'Content-Type': 'text/csv' }
    const path = '/v1/transactions/import?dry_run=false'
    const created = await app.call('POST', path, { token: analyst.token, raw, headers })
    expect([created.status, created.body.created_by]).toEqual([201, null])
  })
})

describe('An export of a role with masked fields', () => {
  it('leaves their columns out, says so, and is imported back without a change', async () => {
    const owner = await createUser(app, 'analyst')
    const { body: row } = await create(owner, { payee: '=SUM(A1)', external_id: 'e-1' })
    await mask(admin, 'analyst', { notes: 'hide', category: 'partial' }, app)
    const file = await owner.get('/v1/transactions/export?trailer=true')
    expect(file.headers.get('Masked-Fields')).toBe('category, notes')
    const [header, record] = file.text.split('\r\n')
    expect(header).toBe(
      'id,date,type,amount,currency,payee,external_id,source,user_id,import_id,version,created_by,created_at,updated_at,deleted_at',
    )
    expect(record).toContain(
      `${row.id},2026-03-14,expense,84.30,EUR,"'=SUM(A1)"`.replaceAll('"', ''),
    )
    await mask(admin, 'analyst', {}, app)
    const headers = { 'Content-Type': 'text/csv' }
    const path = '/v1/transactions/import?category=Food'
    const back = await app.call('POST', path, { token: owner.token, raw: file.text, headers })
    expect(back.body).toMatchObject({ rows: 1, to_create: 0, duplicates: { count: 1 } })
  })

  it('has null in lines of JSON, and no totals where amounts are masked', async () => {
    const owner = await createUser(app, 'analyst')
    await create(owner)
    await mask(admin, 'analyst', { amount: 'hide' }, app)
    const file = await owner.get('/v1/transactions/export?format=ndjson')
    const [line, end] = file.text
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as object)
    expect(line).toMatchObject({ amount: null, masked: ['amount'] })
    expect(end).toEqual({ complete: true, count: 1 })
  })

  it('says what is masked without any record', async () => {
    const owner = await createUser(app, 'analyst')
    await mask(admin, 'analyst', { notes: 'hide' }, app)
    const file = await owner.get('/v1/transactions/export')
    expect(file.headers.get('Masked-Fields')).toBe('notes')
    expect(file.text).not.toContain('notes')
  })

  it.each(['csv', 'ndjson'])(
    'breaks off if the masking changes, so that no file mixes two: %s',
    async (format) => {
      await mask(admin, 'viewer', {}, app)
      const reader = await createUser(app, 'viewer')
      await insertMany(app, reader.id, 3000)
      const path = `/v1/transactions/export?format=${format}&trailer=true`
      const body = (await open(app, reader, path)).body!.getReader()
      const first = new TextDecoder().decode((await body.read()).value)
      await mask(admin, 'viewer', { notes: 'hide' }, app)
      await expect(body.read()).rejects.toThrow()
      expect(first).toContain('Note number')
      expect(first).not.toMatch(/complete|#end/)
    },
  )
})
