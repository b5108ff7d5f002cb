import { beforeEach, describe, expect, it } from 'vitest'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { mask, places } from './support.ts'

const { app, admin, viewer, analyst } = useApp()

beforeEach(async () => {
  await mask(admin, 'viewer', {}, app)
  await mask(admin, 'analyst', {}, app)
})

const body = {
  ...someTransaction,
  payee: 'Corner Market',
  notes: 'Secret shopping',
  external_id: 'a-1',
  source: 'bank',
}

/** A record of a user, created by an admin. */
const give = async (owner: User, more: object = {}) => {
  const unique = crypto.randomUUID()
  return enter(admin, { ...body, external_id: unique, user_id: owner.id, ...more } as object)
}

describe('A masked field', () => {
  it('is null in every record, which says so; the rest is as it was', async () => {
    const created = await give(viewer)
    const before = (await viewer.get(`/v1/transactions/${created.id}`)).body
    expect(before).not.toHaveProperty('masked')
    await mask(admin, 'viewer', { notes: 'hide', amount: 'hide', created_by: 'hide' }, app)
    const expected = {
      ...before,
      notes: null,
      amount: null,
      created_by: null,
      masked: ['amount', 'created_by', 'notes'],
    }
    expect((await viewer.get(`/v1/transactions/${created.id}`)).body).toEqual(expected)
    const { body: list } = await viewer.get('/v1/transactions?limit=1')
    expect(list.data[0]).toEqual(expected)
    const { body: recent } = await viewer.get('/v1/dashboard/recent?limit=1')
    expect(recent.recent[0]).toEqual(expected)
    const { body: dashboard } = await viewer.get(
      '/v1/dashboard?include=recent&month=2026-03&limit=1',
    )
    expect(dashboard.recent[0]).toEqual(expected)
  })

  it('is its first letter and a mark with `partial`, however long it is', async () => {
    const long = await give(viewer, { payee: 'Q' })
    const short = await give(viewer, { payee: 'Quite a long name of a shop' })
    const none = await give(viewer, { payee: null })
    const wide = await give(viewer, { payee: '🦄 unicorns' })
    await mask(admin, 'viewer', { payee: 'partial' }, app)
    const payees = []
    for (const { id } of [long, short, none, wide]) {
      payees.push((await viewer.get(`/v1/transactions/${id}`)).body.payee)
    }
    expect(payees).toEqual(['Q…', 'Q…', null, '🦄…'])
  })

  it('is shown again at the next request after it is unmasked', async () => {
    const { id } = await give(viewer)
    await mask(admin, 'viewer', { notes: 'hide' }, app)
    expect((await viewer.get(`/v1/transactions/${id}`)).body.notes).toBeNull()
    await mask(admin, 'viewer', {}, app)
    expect((await viewer.get(`/v1/transactions/${id}`)).body.notes).toBe('Secret shopping')
  })

  it('is masked for its role only, and never for admins', async () => {
    const { id } = await give(analyst)
    await mask(admin, 'viewer', { notes: 'hide' }, app)
    expect((await analyst.get(`/v1/transactions/${id}`)).body.notes).toBe('Secret shopping')
    expect((await admin.get(`/v1/transactions/${id}`)).body.notes).toBe('Secret shopping')
    expect((await admin.get(`/v1/transactions/${id}`)).body).not.toHaveProperty('masked')
  })

  it('is masked for an API key by its own role, not by that of its owner', async () => {
    const { id } = await give(admin)
    await mask(admin, 'viewer', { notes: 'hide' }, app)
    const created = await admin.post('/v1/api-keys', { name: 'A screen', role: 'viewer' })
    const token: string = created.body.key
    const seen = await app.call('GET', `/v1/transactions/${id}`, { token })
    expect(seen.body).toMatchObject({ notes: null, masked: ['notes'] })
    const found = await app.call('GET', '/v1/transactions?q=secret', { token })
    expect([found.status, found.body.code]).toEqual([403, 'field_masked'])
  })

  it.each([
    ['category', 'category=Groceries', 'query.category'],
    ['category', 'q=groc', 'query.q'],
    ['payee', 'q=corner', 'query.q'],
    ['notes', 'q=shopping', 'query.q'],
    ['payee', 'payee=Corner%20Market', 'query.payee'],
    ['external_id', 'external_id=a-1', 'query.external_id'],
    ['source', 'source=bank', 'query.source'],
    ['amount', 'min_amount=1', 'query.min_amount'],
    ['amount', 'max_amount=1', 'query.max_amount'],
    ['amount', 'sort=-amount', 'query.sort'],
    ['amount', 'include=totals', 'query.include'],
  ])('cannot be asked for in a list: %s by %s', async (field, query, place) => {
    await mask(admin, 'viewer', { [field]: 'hide' }, app)
    for (const more of ['', '&page=1']) {
      const refused = await viewer.get(`/v1/transactions?${query}${more}`)
      expect([refused.status, refused.body.code]).toEqual([403, 'field_masked'])
      expect(places(refused.body)).toEqual([place])
      expect(refused.body.detail).toContain(`\`${field}\``)
    }
    if (!query.startsWith('include')) {
      expect((await viewer.get(`/v1/transactions/export?${query}`)).status).toBe(403)
    }
  })

  it('is refused with every place that needs it', async () => {
    await mask(admin, 'viewer', { notes: 'hide', payee: 'hide', amount: 'hide' }, app)
    const refused = await viewer.get('/v1/transactions?q=x&payee=y&sort=amount&include=totals')
    expect(new Set(places(refused.body))).toEqual(
      new Set(['query.q', 'query.payee', 'query.sort', 'query.include']),
    )
  })

  it('withholds the categories in use and the sections that need it', async () => {
    await mask(admin, 'analyst', { category: 'partial' }, app)
    const { body: dashboard } = await analyst.get(
      '/v1/dashboard?include=totals,categories,insights,users',
    )
    expect(dashboard).toHaveProperty('totals')
    expect(dashboard).not.toHaveProperty('categories')
    expect(dashboard.withheld).toEqual([
      { section: 'users', required_role: 'admin' },
      { section: 'categories', masked_field: 'category' },
      { section: 'insights', masked_field: 'category' },
    ])
    for (const path of ['/v1/categories', '/v1/dashboard/categories']) {
      const refused = await analyst.get(path)
      expect([refused.status, refused.body.code]).toEqual([403, 'field_masked'])
    }
    await mask(admin, 'analyst', { amount: 'hide' }, app)
    for (const path of ['summary', 'categories', 'trends']) {
      expect((await analyst.get(`/v1/dashboard/${path}`)).body.code).toBe('field_masked')
    }
    const { body: rest } = await analyst.get('/v1/dashboard')
    expect(Object.keys(rest)).not.toContain('totals')
    expect(rest.withheld.map(({ section }: { section: string }) => section).toSorted()).toEqual([
      'categories',
      'comparison',
      'insights',
      'totals',
      'trends',
      'users',
    ])
    expect((await analyst.get('/v1/categories')).status).toBe(200)
  })

  it('masks pages by cursor from the next page on, and refuses the order that they are in', async () => {
    const owner = await createUser(app, 'viewer')
    for (let n = 0; n < 4; n++) await give(owner, { amount: `${10 + n}.00` })
    const first = await owner.get('/v1/transactions?limit=2&sort=amount')
    const byDate = await owner.get('/v1/transactions?limit=2')
    await mask(admin, 'viewer', { amount: 'hide' }, app)
    const cursor = encodeURIComponent(first.body.next_cursor)
    const second = await owner.get(`/v1/transactions?limit=2&sort=amount&cursor=${cursor}`)
    expect(second.body.code).toBe('field_masked')
    const next = encodeURIComponent(byDate.body.next_cursor)
    const { body: page } = await owner.get(`/v1/transactions?limit=2&cursor=${next}`)
    expect(page.data.map(({ amount }: { amount: null }) => amount)).toEqual([null, null])
  })

  it('is masked in imports too, which have their source and who created them', async () => {
    const csv = 'date,amount,currency,category\n2026-03-14,-1,EUR,Food\n'
    const headers = { 'Content-Type': 'text/csv' }
    const owner = await createUser(app, 'analyst')
    const path = `/v1/transactions/import?dry_run=false&source=bank&user_id=${owner.id}`
    const { body: created } = await app.call('POST', path, {
      token: admin.token,
      raw: csv,
      headers,
    })
    await mask(admin, 'analyst', { source: 'hide', created_by: 'hide' }, app)
    const { body: seen } = await owner.get(`/v1/imports/${created.id}`)
    expect(seen).toMatchObject({ source: null, created_by: null, masked: ['created_by', 'source'] })
    const revert = await owner.post(`/v1/imports/${created.id}/revert`)
    expect([revert.status, revert.body.code]).toEqual([403, 'field_masked'])
  })
})
