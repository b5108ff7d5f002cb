import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { TestResponse } from '../support/app.ts'
import { databaseCalls } from '../support/database.ts'
import { enter, someTransaction, type TransactionBody } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst } = useApp()

type Operation = Record<string, unknown>

const create = (data: Partial<TransactionBody> & Record<string, unknown> = {}): Operation => ({
  op: 'create',
  data: { ...someTransaction, ...data },
})
const update = (id: string, data: object, version?: number): Operation => ({
  op: 'update',
  id,
  data,
  ...(version !== undefined && { version }),
})
const remove = (id: string, version?: number): Operation => ({
  op: 'delete',
  id,
  ...(version !== undefined && { version }),
})

const bulk = (who: User, operations: unknown, more: object = {}, query = '', key?: string) =>
  who.post(
    `/v1/transactions/bulk${query}`,
    { operations, ...more },
    key === undefined ? {} : { headers: { 'Idempotency-Key': key } },
  )
const each = { mode: 'each' }
const of = (count: number, make: (index: number) => Operation) =>
  Array.from({ length: count }, (_, index) => make(index))

const statuses = ({ body }: TestResponse): number[] =>
  body.results.map(({ status }: { status: number }) => status)
const locations = ({ body }: TestResponse): string[] =>
  body.errors.map(({ location }: { location: string }) => location)

/** Everything that a write may leave behind. */
const everything = async () =>
  JSON.stringify([
    await app.sql`select * from data.transactions order by id`,
    await app.sql`select * from data.audit_log order by id`,
    await app.sql`select * from data.idempotency_keys order by key`,
  ])

const logged = async (entityId: string) =>
  (await app.sql`select action from data.audit_log where entity_id = ${entityId} order by id`).map(
    ({ action }) => action,
  )

describe('A bulk write', () => {
  it('creates, changes and deletes, and responds in the order of the operations', async () => {
    const [a, b] = [await enter(admin), await enter(admin)]
    const response = await bulk(admin, [
      remove(a.id, 1),
      create({ amount: '1.50', user_id: analyst.id }),
      update(b.id, { amount: '2', currency: 'KWD', notes: null }, 1),
      create({ currency: 'JPY', amount: '300' }),
    ])
    expect(response.status).toBe(200)
    expect(response.body).toMatchObject({ succeeded: 4, failed: 0 })
    expect(statuses(response)).toEqual([204, 201, 200, 201])
    const [deleted, first, changed, second] = response.body.results
    expect(deleted).toEqual({ index: 0, op: 'delete', status: 204 })
    expect(first.data).toMatchObject({
      ...someTransaction,
      amount: '1.50',
      user_id: analyst.id,
      created_by: admin.id,
      version: 1,
    })
    expect(changed.data).toMatchObject({
      amount: '2.000',
      currency: 'KWD',
      notes: null,
      version: 2,
    })
    expect(changed.data.category).toBe(someTransaction.category)
    expect(second.data).toMatchObject({ amount: '300', currency: 'JPY', user_id: admin.id })
    for (const { data } of [first, changed, second]) {
      expect((await admin.get(`/v1/transactions/${data.id}`)).body).toEqual(data)
    }
    expect((await admin.get(`/v1/transactions/${a.id}`)).status).toBe(404)
    expect(await logged(a.id)).toEqual(['transaction.created', 'transaction.deleted'])
    expect(await logged(b.id)).toEqual(['transaction.created', 'transaction.updated'])
    expect(await logged(first.data.id)).toEqual(['transaction.created'])
  })

  it('of 500 operations makes one database call and one audit entry each, and leaves chains intact', async () => {
    const existing = await bulk(
      admin,
      of(250, (n) => create({ amount: `${n + 1}` })),
    )
    const ids = existing.body.results.map(({ data }: { data: { id: string } }) => data.id)
    const before = await databaseCalls()
    const response = await bulk(admin, [
      ...of(250, (n) => create({ user_id: n % 2 ? analyst.id : admin.id })),
      ...ids.slice(0, 125).map((id: string) => update(id, { category: 'Bulk' }, 1)),
      ...ids.slice(125).map((id: string) => remove(id, 1)),
    ])
    expect((await databaseCalls()) - before).toBe(1)
    expect(response.body).toMatchObject({ succeeded: 500, failed: 0 })
    const request = response.headers.get('X-Request-Id')
    const [log] = await app.sql`select count(*)::int n, count(distinct entity_id)::int entities
                                  from data.audit_log where request_id = ${request}`
    expect(log).toEqual({ n: 500, entities: 500 })
    expect((await admin.get('/v1/audit/verify')).body.intact).toBe(true)
  })

  it('may have one mebibyte, and no more', async () => {
    const notes = 'x'.repeat(1900)
    const full = await bulk(
      analyst,
      of(500, () => create({ notes })),
    )
    expect(full.body.succeeded).toBe(500)
    const raw = JSON.stringify({ operations: [] }).padEnd(1024 * 1024 + 1)
    const response = await app.call('POST', '/v1/transactions/bulk', { token: analyst.token, raw })
    expect([response.status, response.body.code]).toEqual([413, 'content_too_large'])
  })
})

describe('An atomic bulk write', () => {
  it.each([
    ['no operation', () => [], 'body.operations'],
    ['501 operations', () => of(501, () => create()), 'body.operations'],
    ['operations that are not a list', () => ({}), 'body.operations'],
    ['an operation that is none', () => [create(), 5], 'body.operations.1'],
    ['an unknown operation', () => [{ op: 'upsert', data: {} }], 'body.operations.0.op'],
    ['an unknown field', () => [{ ...create(), id: uuidv7() }], 'body.operations.0.id'],
    ['a change of nothing', () => [update(uuidv7(), {})], 'body.operations.0.data'],
    ['a version that is none', () => [remove(uuidv7(), 0)], 'body.operations.0.version'],
  ])('refuses %s by its position', async (_what, operations, location) => {
    const before = await everything()
    const response = await bulk(admin, operations())
    expect([response.status, response.body.code]).toEqual([422, 'validation_failed'])
    expect(locations(response)).toEqual([location])
    expect(await everything()).toBe(before)
  })

  it('names operation 249 when the 250th is invalid, and stores nothing', async () => {
    const before = await everything()
    const operations = of(500, (n) => create(n === 249 ? { amount: '0.001' } : {}))
    const response = await bulk(analyst, operations)
    expect([response.status, response.body.code]).toEqual([422, 'validation_failed'])
    expect(locations(response)).toEqual(['body.operations.249.data.amount'])
    const unread = of(500, (n) => create(n === 249 ? { date: '2026-02-30' } : {}))
    expect(locations(await bulk(analyst, unread))).toEqual(['body.operations.249.data.date'])
    expect(await everything()).toBe(before)
  })

  it('lists every invalid operation, however many', async () => {
    const bad = await bulk(
      analyst,
      of(500, () => create({ amount: '-1' })),
    )
    expect(bad.body.errors).toHaveLength(500)
    const missing = await bulk(
      admin,
      of(500, () => remove(uuidv7())),
    )
    expect([missing.status, missing.body.code]).toEqual([422, 'bulk_failed'])
    expect(missing.body.errors).toHaveLength(500)
  })

  it('says of each operation what the database refused', async () => {
    const [a, b, c] = [await enter(admin), await enter(admin), await enter(admin)]
    await bulk(admin, [create({ external_id: 'taken' })])
    const before = await everything()
    const response = await bulk(admin, [
      update(a.id, { category: 'Fine' }, 1),
      remove(b.id, 7),
      remove(uuidv7()),
      create({ user_id: uuidv7() }),
      create({ external_id: 'taken' }),
      update(c.id, { amount: '0.001' }),
      create(),
    ])
    expect([response.status, response.body.code]).toEqual([422, 'bulk_failed'])
    expect(
      response.body.errors.map(
        ({ location, code }: Record<string, string>) => `${location} ${code}`,
      ),
    ).toEqual([
      'body.operations.1.version precondition_failed',
      'body.operations.2.id not_found',
      'body.operations.3.data.user_id validation_failed',
      'body.operations.4.data.external_id duplicate_external_id',
      'body.operations.5.data.amount validation_failed',
    ])
    expect(await everything()).toBe(before)
  })

  it('refuses two operations on one transaction', async () => {
    const { id } = await enter(admin)
    const response = await bulk(admin, [
      update(id, { notes: 'x' }),
      create(),
      remove(id.toUpperCase()),
    ])
    expect(response.status).toBe(422)
    expect(locations(response)).toEqual(['body.operations.2.id'])
    expect((await admin.get(`/v1/transactions/${id}`)).body.version).toBe(1)
  })

  it('frees an external id for a later operation', async () => {
    const [taken] = (await bulk(admin, [create({ external_id: 'moved' })])).body.results
    const response = await bulk(admin, [
      update(taken.data.id, { external_id: 'elsewhere' }),
      create({ external_id: 'moved' }),
    ])
    expect(statuses(response)).toEqual([200, 201])
    const wrongOrder = await bulk(admin, [
      create({ external_id: 'elsewhere' }),
      update(taken.data.id, { external_id: null }),
    ])
    expect(locations(wrongOrder)).toEqual(['body.operations.0.data.external_id'])
  })
})

describe('A bulk write with independent operations', () => {
  it('does what can be done and says why the others failed', async () => {
    const [a, b, c] = [await enter(admin), await enter(admin), await enter(admin)]
    const response = await bulk(
      admin,
      [
        create({ amount: '-5' }),
        update(a.id, { category: 'Done' }, 1),
        remove(b.id, 7),
        { op: 'sell' },
        remove(c.id),
        update(c.id, { notes: 'twice' }),
        create({ external_id: 'same' }),
        create({ external_id: 'same' }),
        create({ user_id: uuidv7() }),
        update(uuidv7(), { notes: 'nobody' }),
        create(),
      ],
      each,
    )
    expect(response.status).toBe(200)
    expect(statuses(response)).toEqual([422, 200, 412, 422, 204, 422, 201, 409, 422, 404, 201])
    expect(response.body).toMatchObject({ succeeded: 4, failed: 7 })
    const { results } = response.body
    expect(results.map(({ index }: { index: number }) => index)).toEqual(
      of(11, () => ({})).map((_, n) => n),
    )
    expect(results[0]).toMatchObject({
      op: 'create',
      problem: {
        code: 'validation_failed',
        errors: [{ location: 'body.operations.0.data.amount' }],
      },
    })
    expect(results[3]).not.toHaveProperty('op')
    expect(results[7].problem).toMatchObject({ code: 'duplicate_external_id' })
    expect((await admin.get(`/v1/transactions/${a.id}`)).body.category).toBe('Done')
    expect((await admin.get(`/v1/transactions/${b.id}`)).status).toBe(200)
    expect((await admin.get(`/v1/transactions/${c.id}`)).status).toBe(404)
    expect(await logged(b.id)).toEqual(['transaction.created'])
    expect((await admin.get('/v1/audit/verify')).body.intact).toBe(true)
  })

  it('makes one database call even when every second operation fails', async () => {
    const before = await databaseCalls()
    const response = await bulk(
      admin,
      of(500, (n) => (n % 2 ? create() : remove(uuidv7()))),
      each,
    )
    expect((await databaseCalls()) - before).toBe(1)
    expect(response.body).toMatchObject({ succeeded: 250, failed: 250 })
  })

  it('may fail in all operations', async () => {
    const before = await everything()
    const response = await bulk(admin, [5, remove(uuidv7())], each)
    expect(statuses(response)).toEqual([422, 404])
    expect(await everything()).toBe(before)
  })
})

describe('The role in a bulk write', () => {
  it('allows an analyst to create own transactions, and nothing else', async () => {
    const own = await enter(analyst)
    const before = await everything()
    const operations = [
      create(),
      update(own.id, { notes: 'x' }),
      remove(own.id),
      create({ user_id: admin.id }),
    ]
    const atomic = await bulk(analyst, operations)
    expect([atomic.status, atomic.body.code]).toEqual([403, 'forbidden'])
    expect(locations(atomic)).toEqual([1, 2, 3].map((n) => `body.operations.${n}`))
    expect(await everything()).toBe(before)
    const single = await bulk(analyst, operations, each)
    expect(statuses(single)).toEqual([201, 403, 403, 403])
    expect(single.body.results[0].data.user_id).toBe(analyst.id)
  })

  it('allows a viewer nothing', async () => {
    const viewer = await createUser(app, 'viewer')
    expect((await bulk(viewer, [create()])).status).toBe(403)
  })

  it('is enforced by the database too, whatever the API requests', async () => {
    const { id } = await enter(admin)
    const data = { id: uuidv7(), user_id: admin.id, type: 'expense', amount_minor: '1' }
    const foreign = { ...data, currency: 'EUR', category: 'X', date: '2026-01-01' }
    const operations = JSON.stringify([
      { op: 'create', id: data.id, data: foreign },
      { op: 'delete', id },
    ])
    const [session] = await app.sql`select id from data.sessions where user_id = ${analyst.id}`
    for (const allUsers of [true, false]) {
      const results = app.sql.transaction((tx) => [
        tx`select api.authenticate(${analyst.id}, ${session!['id']}, 1)`,
        tx`select api.bulk_transactions(${operations}::jsonb, false, ${allUsers}) r`,
      ])
      await expect(results).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('A bulk write with an idempotency key', () => {
  it('is done once, and its response is repeated', async () => {
    const { id } = await enter(admin)
    const operations = [create(), update(id, { notes: 'bulk' }), remove(uuidv7()), 5]
    const first = await bulk(admin, operations, each, '', 'bulk-1')
    await admin.delete(`/v1/transactions/${id}`)
    const before = await everything()
    const again = await bulk(admin, operations, each, '', 'bulk-1')
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect(await everything()).toBe(before)
    const other = await bulk(admin, [create()], each, '', 'bulk-1')
    expect(other.body.code).toBe('idempotency_key_reused')
  })

  it('is done once when ten requests send it at once', async () => {
    const operations = of(20, () => create())
    const [before] = await app.sql`select count(*)::int n from data.transactions`
    const responses = await Promise.all(
      of(10, () => ({})).map(() => bulk(analyst, operations, {}, '', 'bulk-2')),
    )
    const [after] = await app.sql`select count(*)::int n from data.transactions`
    expect(after!['n'] - before!['n']).toBe(20)
    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  })

  it('stores no response when all of it fails', async () => {
    expect((await bulk(admin, [remove(uuidv7())], {}, '', 'bulk-3')).status).toBe(422)
    expect((await bulk(admin, [create()], {}, '', 'bulk-3')).status).toBe(200)
  })
})

describe('A dry run of a bulk write', () => {
  it('says what would become of each operation and of the totals, and changes nothing', async () => {
    const [one, two] = [await createUser(app, 'analyst'), await createUser(app, 'analyst')]
    await enter(one, { amount: '10' })
    const { id } = await enter(two, { amount: '20' })
    const before = await everything()
    const operations = [create({ user_id: one.id, amount: '5' }), remove(id)]
    const { body } = await bulk(admin, operations, {}, '?dry_run=true')
    expect(body).toMatchObject({ dry_run: true, status: 200, succeeded: 2 })
    expect(body.totals).toMatchObject({
      before: [{ currency: 'EUR', expenses: '30.00', count: 2 }],
      after: [{ currency: 'EUR', expenses: '15.00', count: 2 }],
    })
    const own = await bulk(one, [create({ amount: '1' })], {}, '?dry_run=true')
    expect(own.body.totals.after).toMatchObject([{ expenses: '11.00', count: 2 }])
    expect(await everything()).toBe(before)
  })
})

it('Concurrent bulk writes of the same rows and users all end, and each row is changed once', async () => {
  const users = await Promise.all([1, 2, 3].map(() => createUser(app, 'viewer')))
  const ids: string[] = []
  for (const { id } of users) ids.push((await enter(admin, { user_id: id })).id)
  for (let round = 1; round <= 10; round++) {
    const operations = [
      ...ids.map((id) => update(id, { notes: `round ${round}` }, round)),
      ...users.map(({ id }) => create({ user_id: id })),
    ]
    const responses = await Promise.all([
      bulk(admin, operations),
      bulk(admin, operations.toReversed()),
      bulk(admin, operations.toReversed(), each),
    ])
    expect(responses.every(({ status }) => [200, 422].includes(status))).toBe(true)
    const rows = await app.sql`select version from data.transactions where id = any (${ids})`
    expect(rows.map(({ version }) => version)).toEqual([round + 1, round + 1, round + 1])
  }
  expect((await admin.get('/v1/audit/verify')).body.intact).toBe(true)
})

describe('A bulk write that meets another write', () => {
  const lines: string[] = []
  /** Requests and the database calls that each needed: a retry would hide a deadlock. */
  const attempts = () => lines.map((line) => [JSON.parse(line).status, JSON.parse(line).db_calls])

  beforeEach(() => {
    lines.length = 0
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  })
  afterEach(() => void vi.restoreAllMocks())

  const until = async (reached: () => Promise<boolean>) => {
    while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const activity = async (condition: string) =>
    (
      await app.sql.query(
        `select pid from pg_stat_activity where datname = current_database() and ${condition}`,
      )
    ).map(({ pid }) => pid as number)
  const waiting = (count: number) =>
    until(async () => (await activity(`wait_event_type = 'Lock'`)).length === count)

  /**
   * Sends writes one after the other while the roll-ups are locked, so that each holds whatever it
   * locks before it comes to them, and the next one meets it.
   */
  async function meet(...writes: (() => Promise<TestResponse>)[]): Promise<void> {
    const holder = app.sql
      .transaction([
        app.sql`select private.lock_rollup_shards(array(select gen_random_uuid()
                                                          from generate_series(1, 1000)))`,
        app.sql`select pg_sleep(60)`,
      ])
      .catch(() => {})
    await until(async () => (await activity(`wait_event = 'PgSleep'`)).length === 1)
    const sent: Promise<TestResponse>[] = []
    for (const write of writes) {
      sent.push(write())
      await waiting(sent.length)
    }
    const [sleeping] = await activity(`wait_event = 'PgSleep'`)
    await app.sql`select pg_cancel_backend(${sleeping}::integer)`
    await holder
    await Promise.all(sent)
  }

  it('has locked the users of all its operations first', async () => {
    // Roll-ups of users with the same last digit are behind one lock.
    const users: User[] = []
    while (users.length < 2) {
      const user = await createUser(app, 'viewer')
      if (users.every(({ id }) => id.at(-1) === user.id.at(-1))) users.push(user)
    }
    const [one, other] = users as [User, User]
    const ofOne = await enter(admin, { user_id: one.id })
    const ofOther = await enter(admin, { user_id: other.id })
    lines.length = 0
    await meet(
      () => bulk(admin, [create({ user_id: one.id }), update(ofOther.id, { amount: '1' }, 1)]),
      () => bulk(admin, [create({ user_id: other.id }), update(ofOne.id, { amount: '1' }, 1)]),
    )
    expect(attempts(), 'status and database calls').toEqual([
      [200, 1],
      [200, 1],
    ])
  })

  it('has locked its rows before the log of their owner, as a single write does', async () => {
    const { id } = await enter(admin)
    lines.length = 0
    await meet(
      () => bulk(admin, [create(), update(id, { amount: '1' })]),
      () => admin.patch(`/v1/transactions/${id}`, { amount: '2' }),
    )
    expect(attempts(), 'status and database calls').toEqual([
      [200, 1],
      [200, 1],
    ])
  })
})
