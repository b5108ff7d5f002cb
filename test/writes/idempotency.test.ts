import { describe, expect, it } from 'vitest'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin, analyst } = useApp()
let keys = 0

const newKey = () => `key-${++keys}`
const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })

async function count(table: 'transactions' | 'audit_log' | 'idempotency_keys') {
  const rows = {
    transactions: () => app.sql`select count(*)::int n from data.transactions`,
    audit_log: () => app.sql`select count(*)::int n from data.audit_log`,
    idempotency_keys: () => app.sql`select count(*)::int n from data.idempotency_keys`,
  }
  return (await rows[table]())[0]!['n'] as number
}

it('An idempotency key of an admin does not give the stored response to an API key of a lower role', async () => {
  const { body: made } = await admin.post('/v1/api-keys', {
    name: 'Lower',
    role: 'analyst',
    access: 'read_write',
  })
  const headers = { 'Idempotency-Key': 'between-roles' }
  const json = { ...someTransaction, user_id: admin.id }
  const first = await app.call('POST', '/v1/transactions', { token: admin.token, headers, json })
  expect(first.status).toBe(201)
  const other = await app.call('POST', '/v1/transactions', { token: made.key, headers, json })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
})

describe('A write with an idempotency key', () => {
  it('that is sent again gets the same response and is done once', async () => {
    const key = newKey()
    const first = await analyst.post('/v1/transactions', someTransaction, keyed(key))
    const [rows, entries] = [await count('transactions'), await count('audit_log')]
    const again = await analyst.post('/v1/transactions', someTransaction, keyed(key))
    expect(again.status).toBe(201)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(first.headers.get('Idempotency-Replayed')).toBeNull()
    for (const name of ['Location', 'ETag']) {
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    }
    expect(await count('transactions')).toBe(rows)
    expect(await count('audit_log')).toBe(entries)
  })

  it('gets the first response again, whatever happened since', async () => {
    const key = newKey()
    const first = await admin.post('/v1/transactions', someTransaction, keyed(key))
    const path = `/v1/transactions/${first.body.id}`
    await admin.patch(path, { amount: '1.00' })
    await admin.delete(path)
    const again = await admin.post('/v1/transactions', someTransaction, keyed(key))
    expect(again.body).toEqual(first.body)
  })

  it('can be a change, a deletion, a restore or a new user', async () => {
    const { id } = await enter(admin)
    const path = `/v1/transactions/${id}`
    const newUser = {
      email: 'k@example.com',
      name: 'K',
      role: 'viewer',
      password: 'seven umbrellas',
    }
    const writes = [
      (key: string) => admin.patch(path, { category: 'Changed' }, keyed(key)),
      (key: string) => admin.delete(path, keyed(key)),
      (key: string) => admin.post(`${path}/restore`, undefined, keyed(key)),
      (key: string) => admin.post('/v1/users', newUser, keyed(key)),
    ]
    for (const write of writes) {
      const key = newKey()
      const first = await write(key)
      expect(first.status).toBeLessThan(300)
      const entries = await count('audit_log')
      const again = await write(key)
      expect([again.status, again.text]).toEqual([first.status, first.text])
      expect(again.headers.get('Idempotency-Replayed')).toBe('true')
      expect(await count('audit_log')).toBe(entries)
    }
  })

  it('is refused when the key was used for another request', async () => {
    const key = newKey()
    await analyst.post('/v1/transactions', someTransaction, keyed(key))
    const other = { ...someTransaction, amount: '84.31' }
    const { status, body } = await analyst.post('/v1/transactions', other, keyed(key))
    expect(status).toBe(422)
    expect(body.code).toBe('idempotency_key_reused')
  })

  // As ten-thousandths, doubles hold the first one as a little more and the second as a little less.
  it.each(['9999999999999.99', '9999999999999.93'])(
    'gets the same response to the last digit for an amount of %s',
    async (amount) => {
      const key = newKey()
      const huge = { ...someTransaction, amount }
      const first = await analyst.post('/v1/transactions', huge, keyed(key))
      const again = await analyst.post('/v1/transactions', huge, keyed(key))
      expect([again.status, again.text]).toEqual([201, first.text])
    },
  )

  it('is refused when the key was used for another version', async () => {
    const { id } = await enter(admin)
    const change = (tag: string) =>
      admin.patch(
        `/v1/transactions/${id}`,
        { category: 'Once' },
        {
          headers: { 'Idempotency-Key': `version of ${id}`.replaceAll(' ', '-'), 'If-Match': tag },
        },
      )
    expect((await change('"1"')).status).toBe(200)
    expect((await change('"1"')).headers.get('Idempotency-Replayed')).toBe('true')
    expect((await change('"99"')).body.code).toBe('idempotency_key_reused')
  })

  it('does not conflict with the same key of another user', async () => {
    const key = newKey()
    const mine = await analyst.post('/v1/transactions', someTransaction, keyed(key))
    const yours = await admin.post('/v1/transactions', someTransaction, keyed(key))
    expect(yours.status).toBe(201)
    expect(yours.body.id).not.toBe(mine.body.id)
    const again = await analyst.post('/v1/transactions', someTransaction, keyed(key))
    expect(again.body).toEqual(mine.body)
  })

  it('that fails stores no response, so that it can be corrected', async () => {
    const key = newKey()
    const stored = await count('idempotency_keys')
    const wrong = { ...someTransaction, user_id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11' }
    expect((await admin.post('/v1/transactions', wrong, keyed(key))).status).toBe(422)
    const missing = '/v1/transactions/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'
    expect((await admin.delete(missing, keyed(key))).status).toBe(404)
    expect(await count('idempotency_keys')).toBe(stored)
    expect((await admin.post('/v1/transactions', someTransaction, keyed(key))).status).toBe(201)
  })

  it('that ten requests send at once is done once, and all ten get the same response', async () => {
    for (let round = 0; round < 10; round++) {
      const key = newKey()
      const before = await count('transactions')
      const responses = await Promise.all(
        Array.from({ length: 10 }, () =>
          analyst.post('/v1/transactions', someTransaction, keyed(key)),
        ),
      )
      expect(await count('transactions')).toBe(before + 1)
      expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
      expect(responses[0]!.status).toBe(201)
    }
  })

  it.each(['', 'x'.repeat(256), 'with blank', 'ümlaut'])(
    'is refused when the key is %j',
    async (key) => {
      const { status, body } = await analyst.post('/v1/transactions', someTransaction, keyed(key))
      expect(status).toBe(422)
      expect(body.errors[0].location).toBe('header.Idempotency-Key')
    },
  )

  it('may have a key of 255 characters', async () => {
    const key = '~'.repeat(255)
    expect((await analyst.post('/v1/transactions', someTransaction, keyed(key))).status).toBe(201)
  })
})

describe('The stored responses of a user', () => {
  const used = async (id: string) =>
    (
      await app.sql`select bytes::int bytes, (select coalesce(sum(pg_column_size(response)), 0)::int
                                               from data.idempotency_keys where user_id = ${id}) stored
                     from data.idempotency_usage where user_id = ${id}`
    )[0]

  it('are counted as they are on disk, whatever is stored and deleted', async () => {
    const who = await createUser(app, 'analyst')
    const notes = 'a note that is long enough to be compressed '.repeat(40)
    const operations = Array.from({ length: 100 }, () => ({
      op: 'create',
      data: { ...someTransaction, notes },
    }))
    await who.post('/v1/transactions', { ...someTransaction, notes }, keyed(newKey()))
    await who.post('/v1/transactions/bulk', { mode: 'atomic', operations }, keyed(newKey()))
    const before = (await used(who.id))!
    expect(before['bytes']).toBe(before['stored'])
    expect(before['bytes']).toBeGreaterThan(1000)
    await app.sql`delete from data.idempotency_keys where user_id = ${who.id}`
    expect(await used(who.id)).toEqual({ bytes: 0, stored: 0 })
  })

  it('take at most 20 MB: then a write without a key is possible, and one with a key a day later', async () => {
    const who = await createUser(app, 'analyst')
    const other = await createUser(app, 'analyst')
    const [first, later] = [newKey(), newKey()]
    await who.post('/v1/transactions', someTransaction, keyed(first))
    await app.sql`update data.idempotency_keys
                     set response = response || jsonb_build_object('filling', (
                       select string_agg(md5(n::text), '') from generate_series(1, 660000) n))
                   where user_id = ${who.id} and key = ${first}`
    expect((await used(who.id))!['bytes']).toBeGreaterThan(20 * 1024 * 1024)
    const create = (from: typeof who, key?: string) =>
      from.post('/v1/transactions', someTransaction, key ? keyed(key) : {})
    const refused = await create(who, later)
    expect([refused.status, refused.body.code]).toEqual([409, 'quota_exceeded'])
    expect(refused.body.detail).toMatch(/20 MB\. Write without Idempotency-Key, or wait/)
    expect((await create(who)).status).toBe(201)
    expect((await create(other, later)).status).toBe(201)
    await app.sql`update data.idempotency_keys set created_at = now() - interval '25 hours'
                   where user_id = ${who.id} and key = ${first}`
    expect((await create(who, later)).status).toBe(201)
    expect((await create(who, later)).headers.get('Idempotency-Replayed')).toBe('true')
  })
})
