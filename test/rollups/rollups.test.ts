import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { iterations } from '../support/iterations.ts'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { expectConsistent } from './support.ts'

const { app, admin, analyst } = useApp()

const types = ['income', 'expense']
const currencies = ['EUR', 'JPY', 'KWD']
const categories = ['Rent', 'Food', 'food', 'x | y']
const days = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-28', '2026-03-01', '1900-01-01']

const rowFields = () => ({
  user: fc.constantFrom(0, 1),
  type: fc.constantFrom(...types),
  currency: fc.constantFrom(...currencies),
  category: fc.constantFrom(...categories),
  date: fc.constantFrom(...days),
  amount: fc.bigInt({ min: 1n, max: 9_999_999_999_999n }),
})
type Fields = { [K in keyof ReturnType<typeof rowFields>]: unknown } & { user: number }

const some = fc.record(rowFields())
/** Which rows a statement is about: those whose amounts end in one of these digits. */
const which = fc.integer({ min: 0, max: 3 })

const write = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), rows: fc.array(some, { maxLength: 6 }) }),
  fc.record({ kind: fc.constant('set' as const), which, to: some, field: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('delete', 'restore', 'remove', 'touch'), which }),
)

type Write = typeof write extends fc.Arbitrary<infer T> ? T : never

const fieldNames = ['user_id', 'type', 'currency', 'category', 'date', 'amount_minor']

/** SQL as the owner writes it, past the API and its views. */
async function apply(each: Write): Promise<void> {
  const users = [admin.id, analyst.id]
  const value = (row: Fields, index: number) =>
    [users[row.user], row.type, row.currency, row.category, row.date, String(row.amount)][index]
  if (each.kind === 'insert') {
    const rows = each.rows.map((row) => [uuidv7(), ...fieldNames.map((_, i) => value(row, i))])
    await app.sql`
      insert into data.transactions
        (id, user_id, type, currency, category, date, amount_minor, created_by)
      select (r->>0)::uuid, (r->>1)::uuid, (r->>2)::data.transaction_type, r->>3, r->>4,
             (r->>5)::date, (r->>6)::bigint, ${admin.id}::uuid
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`
    return
  }
  const chosen = `where amount_minor % 4 = ${each.which}`
  if (each.kind === 'set') {
    await app.sql.query(`update data.transactions set ${fieldNames[each.field]} = $1 ${chosen}`, [
      value(each.to, each.field),
    ])
    return
  }
  const statement = {
    delete: `update data.transactions set deleted_at = now()`,
    restore: `update data.transactions set deleted_at = null`,
    remove: `delete from data.transactions`,
    touch: `update data.transactions set notes = 'touched'`,
  }[each.kind]
  await app.sql.query(`${statement} ${chosen}`)
}

/** Two that write at once may end each other by a deadlock: nothing of one is done then. */
const unlessInTheWay = (error: Error) => {
  if (!('code' in error) || error.code !== '40P01') throw error
}

describe('The roll-ups equal a recomputation from the rows', () => {
  it('after any sequence of statements, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 8 }), async (writes) => {
        for (const each of writes) await apply(each)
        await expectConsistent(app)
      }),
      { numRuns: iterations(10, 40) },
    )
  })

  it('after any sequences of statements on two connections at once', async () => {
    const sequence = fc.array(write, { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(sequence, sequence, async (one, other) => {
        const run = async (writes: Write[]) => {
          for (const each of writes) await apply(each).catch(unlessInTheWay)
        }
        await Promise.all([run(one), run(other)])
        await expectConsistent(app)
      }),
      { numRuns: iterations(10, 40) },
    )
  })

  it('after every kind of write through the API', async () => {
    const one = await enter(admin)
    const path = `/v1/transactions/${one.id}`
    const changes = [
      { type: 'income' },
      { amount: '90.05' },
      { currency: 'USD' },
      { category: 'Household' },
      { date: '2024-02-29' },
      { notes: 'Another' },
    ]
    for (const change of changes) {
      expect((await admin.patch(path, change)).status).toBe(200)
      await expectConsistent(app)
    }
    expect((await admin.delete(path)).status).toBe(204)
    await expectConsistent(app)
    expect((await admin.post(`${path}/restore`)).status).toBe(200)
    await expectConsistent(app)

    const other = await enter(analyst)
    const bulk = await admin.post('/v1/transactions/bulk', {
      operations: [
        { op: 'create', data: someTransaction },
        { op: 'create', data: { ...someTransaction, user_id: analyst.id } },
        { op: 'update', id: one.id, data: { amount: '1.00' } },
        { op: 'delete', id: other.id },
      ],
    })
    expect(bulk.status).toBe(200)
    await expectConsistent(app)

    const csv = 'date,amount,currency,category\n2026-03-14,-84.30,EUR,Food\n2026-05-01,7,EUR,Pay\n'
    const imported = await app.call(
      'POST',
      '/v1/transactions/import?dry_run=false&likely_duplicates=create',
      {
        token: analyst.token,
        raw: csv,
        headers: { 'Content-Type': 'text/csv' },
      },
    )
    expect(imported.status).toBe(201)
    await expectConsistent(app)
    const reverted = await analyst.post(`/v1/imports/${imported.body.id}/revert`)
    expect(reverted.status).toBe(200)
    await expectConsistent(app)

    await app.sql`update data.transactions set deleted_at = now() - interval '100 days'
                   where deleted_at is not null`
    await app.sql`select api.purge_transactions(interval '90 days', 1000)`
    await expectConsistent(app)
  })

  it('after a dry run, which leaves them as they were', async () => {
    const before = await app.sql`select * from data.rollups order by user_id, grain, starts_on`
    const dry = await analyst.post('/v1/transactions?dry_run=true', someTransaction)
    expect(dry.status).toBe(200)
    expect(dry.body.totals.after).not.toEqual(dry.body.totals.before)
    expect(await app.sql`select * from data.rollups order by user_id, grain, starts_on`).toEqual(
      before,
    )
  })

  it('when sums are beyond 64 bits', async () => {
    const rich = await createUser(app, 'analyst')
    await app.sql`
      insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, created_by)
      select gen_random_uuid(), ${rich.id}, 'income', 999999999999999, 'KWD', 'Much', '2026-03-14',
             ${rich.id}
        from generate_series(1, 10000)`
    const { body } = await rich.get('/v1/dashboard/summary?date_from=2026-01-01')
    expect(body.totals).toMatchObject([
      { currency: 'KWD', income: '9999999999999990.000', count: 10_000 },
    ])
    await expectConsistent(app)
  })

  it('after the table was emptied', async () => {
    await app.sql`truncate data.transactions`
    expect(await app.sql`select * from data.rollups`).toEqual([])
    expect(await app.sql`select * from data.rollups_total`).toEqual([])
    expect((await analyst.get('/v1/categories')).body.data).toEqual([])
  })
})
