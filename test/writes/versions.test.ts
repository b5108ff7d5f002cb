import { describe, expect, it } from 'vitest'
import { iterations } from '../support/iterations.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { insertUser } from '../support/users.ts'

const { app, admin } = useApp()
const ROUNDS = iterations(15, 100)

const ifMatch = (tag: string) => ({ headers: { 'If-Match': tag } })
const change = (path: string, tag: string, category = 'Changed') =>
  admin.patch(path, { category }, ifMatch(tag))

describe('the version of a transaction', () => {
  it('is its ETag, and rises with each change', async () => {
    const created = await admin.post('/v1/transactions', {
      type: 'income',
      amount: '5',
      currency: 'EUR',
      category: 'Gifts',
      date: '2026-01-01',
    })
    expect(created.headers.get('ETag')).toBe('"1"')
    const path = created.headers.get('Location')!
    expect((await admin.get(path)).headers.get('ETag')).toBe('"1"')
    const changed = await change(path, '"1"')
    expect(changed.headers.get('ETag')).toBe('"2"')
    expect(changed.body.version).toBe(2)
  })

  it('is required for every change and deletion', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const patched = await change(path, '')
    const deleted = await admin.delete(path, ifMatch(''))
    for (const { status, body } of [patched, deleted]) {
      expect(status).toBe(428)
      expect(body.code).toBe('precondition_required')
    }
    expect((await admin.get(path)).body.version).toBe(1)
  })

  it('is one of several tags, and a comma within quotes parts none', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    for (const never of ['"1,2"', '"1,"', '",1", W/"0,1"', '"x,\\"', '""', '"01"', '"0"']) {
      const { status, body } = await change(path, never)
      expect([status, body.code], never).toEqual([412, 'precondition_failed'])
    }
    for (const odd of ['"1', '1', '"1" "2"', '"1",', '"1",,"2"', 'w/"1"', '"a"b"', '"1", *']) {
      const { status, body } = await change(path, odd)
      expect([status, body.errors?.[0].location], odd).toEqual([422, 'header.If-Match'])
    }
    for (const [right, version] of [
      ['"7,1" , "1"', 2],
      [' W/"2",W/"9"', 3],
    ] as const) {
      expect((await change(path, right, `Changed ${version}`)).body.version).toBe(version)
    }
  })

  it('that is out of date stops the change, and the response has the current state', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const now = await change(path, '"1"', 'First')
    const late = await change(path, '"1"', 'Second')
    expect(late.status).toBe(412)
    expect(late.body.code).toBe('precondition_failed')
    expect(late.body.current).toEqual(now.body)
    expect(late.headers.get('ETag')).toBe('"2"')
    expect((await admin.delete(path, ifMatch('"1"'))).status).toBe(412)
    expect((await admin.get(path)).body).toEqual(now.body)
  })

  it.each(['W/"1"', '"9", "1"', ' "1" ', '*'])('may be written as %s', async (tag) => {
    const { id } = await enter(admin)
    expect((await change(`/v1/transactions/${id}`, tag)).status).toBe(200)
  })

  it.each(['"abc"', '"01234567890123"', '"-1"', '""'])('is never %s', async (tag) => {
    const { id } = await enter(admin)
    expect((await change(`/v1/transactions/${id}`, tag)).status).toBe(412)
  })

  it.each(['1', 'W/1', '"1', '"1" "2"', ','])('cannot be read from %s', async (tag) => {
    const { id } = await enter(admin)
    const { status, body } = await change(`/v1/transactions/${id}`, tag)
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('header.If-Match')
  })

  it('of a row that is gone is 404, whatever it was', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    expect((await admin.delete(path, ifMatch('"1"'))).status).toBe(204)
    expect((await change(path, '"1"')).status).toBe(404)
    expect((await change(path, '*')).status).toBe(404)
    expect((await admin.delete(path, ifMatch('*'))).status).toBe(404)
  })

  it('lets one of two who change at once win, round after round', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    for (let version = 1; version <= ROUNDS; version++) {
      const responses = await Promise.all([
        change(path, `"${version}"`, `Left ${version}`),
        change(path, `"${version}"`, `Right ${version}`),
      ])
      expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 412])
    }
  })
})

it('an update and a deletion at once leave one outcome, round after round', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const [update, removal] = await Promise.all([
      change(path, '"1"'),
      admin.delete(path, ifMatch('"1"')),
    ])
    const outcome = [update.status, removal.status]
    expect([
      [200, 412],
      [404, 204],
      [412, 204],
    ]).toContainEqual(outcome)
    const [row] = await app.sql`select version, deleted_at from data.transactions where id = ${id}`
    expect(row!['version']).toBe(2)
    expect(row!['deleted_at'] !== null).toBe(removal.status === 204)
  }
})

describe('restoring a transaction', () => {
  async function deleted(): Promise<string> {
    const { id } = await enter(admin)
    await admin.delete(`/v1/transactions/${id}`, ifMatch('"1"'))
    return `/v1/transactions/${id}`
  }
  const restore = (path: string, headers: Record<string, string> = {}) =>
    admin.post(`${path}/restore`, undefined, { headers })

  it.each([undefined, '', '*', '"2"', 'W/"2"', '"7", "2"'])(
    'succeeds when If-Match is %s',
    async (tag) => {
      const path = await deleted()
      const restored = await restore(path, tag === undefined ? {} : { 'If-Match': tag })
      expect([restored.status, restored.body.deleted_at]).toEqual([200, null])
      expect(restored.headers.get('ETag')).toBe('"3"')
    },
  )

  it('responds 412 with the current state when the version is out of date', async () => {
    const path = await deleted()
    const late = await restore(path, { 'If-Match': '"1"' })
    expect([late.status, late.body.code]).toEqual([412, 'precondition_failed'])
    expect(late.headers.get('ETag')).toBe('"2"')
    const read = await admin.get(`${path}?deleted=include`)
    expect(read.body.deleted_at).not.toBeNull()
    expect(late.body.current).toEqual(read.body)
  })

  it('responds 412 when the transaction was restored before and changed since', async () => {
    const path = await deleted()
    await restore(path)
    const late = await restore(path, { 'If-Match': '"2"' })
    expect([late.status, late.body.current.version]).toEqual([412, 3])
  })

  it('leaves the idempotency key unused when the precondition fails', async () => {
    const path = await deleted()
    const key = { 'Idempotency-Key': `restore-${path}` }
    expect((await restore(path, { ...key, 'If-Match': '"1"' })).status).toBe(412)
    const restored = await restore(path, { ...key, 'If-Match': '"2"' })
    expect([restored.status, restored.headers.get('Idempotency-Replayed')]).toEqual([200, null])
    const again = await restore(path, { ...key, 'If-Match': '"2"' })
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([200, 'true'])
    expect(again.body).toEqual(restored.body)
  })

  it('responds 404 for an unknown transaction, whatever If-Match says', async () => {
    const path = '/v1/transactions/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'
    for (const tag of ['', '*', '"1"']) {
      expect((await restore(path, { 'If-Match': tag })).status).toBe(404)
    }
  })

  it('responds 422 for a malformed If-Match header', async () => {
    const { status, body } = await restore(await deleted(), { 'If-Match': '2' })
    expect([status, body.errors[0].location]).toEqual([422, 'header.If-Match'])
  })
})

describe('the version of a user', () => {
  it('guards changes of users too', async () => {
    const { id } = await insertUser(app, 'viewer')
    const path = `/v1/users/${id}`
    const read = await admin.get(path)
    expect(read.headers.get('ETag')).toBe('"1"')
    const first = await admin.patch(path, { name: 'One' }, ifMatch('"1"'))
    expect(first.headers.get('ETag')).toBe('"2"')
    const late = await admin.patch(path, { name: 'Two' }, ifMatch('"1"'))
    expect(late.status).toBe(412)
    expect(late.body.current).toEqual(first.body)
  })
})
