import { beforeAll, describe, expect, it } from 'vitest'
import { createDashboardRepository } from '../../src/dashboard/dashboard.repository.ts'
import { createTransactionsRepository } from '../../src/transactions/transactions.repository.ts'
import type { Database, Caller } from '../../src/db/client.ts'
import type { TransactionFilter } from '../../src/transactions/filters.ts'
import { appSql, denied, type AppSql } from '../support/roles-sql.ts'
import { useApp } from '../support/use-app.ts'
import { fillUsers, type Fixture } from '../reads/fixture.ts'
import { plansOf } from '../reads/plans.ts'

const { app } = useApp()
let sql: AppSql
let fixture: Fixture

beforeAll(async () => {
  sql = appSql(app)
  fixture = await fillUsers(app, ['analyst'])
})

const maskIn = (fields: object) =>
  app.sql`insert into data.masking (role, fields) values ('analyst', ${JSON.stringify(fields)})
          on conflict (role) do update set fields = excluded.fields`

const own = { kind: 'own' } as const
const year = { dateFrom: '2024-01-01', dateTo: '2024-12-31' }

const list = (key: 'date' | 'amount' | 'updated_at', filter: TransactionFilter = {}) => {
  return (database: Database, caller: Caller) =>
    createTransactionsRepository(database).list(caller, {
      ...{ scope: own, filter, sort: { key, descending: true }, take: 21, withTotals: true },
    })
}

describe('With masked fields, the database reads no more rows and by the same indexes', () => {
  it.each([
    ['a list by date', list('date')],
    ['a list by amount', list('amount')],
    ['a list by change', list('updated_at')],
    ['a list of a category', list('date', { categories: ['Category 7'] })],
    ['a list of a type', list('date', { type: 'income' })],
    ['a list of a currency', list('date', { currency: 'USD', ...year })],
    [
      'categories',
      (database: Database, caller: Caller) =>
        createTransactionsRepository(database).categories(caller, own),
    ],
    [
      'a dashboard',
      (database: Database, caller: Caller) =>
        createDashboardRepository(database).read(
          caller,
          { scope: own },
          {
            sums: { current: year, byCategory: true },
            trends: { ...year, interval: 'month' },
            recent: { limit: 10, period: year },
          },
        ),
    ],
  ])('for %s', async (_, ask) => {
    await maskIn({})
    const before = await plansOf(sql, fixture.big.analyst, ask)
    await maskIn({ notes: 'hide', payee: 'partial' })
    const after = await plansOf(sql, fixture.big.analyst, ask)
    expect(after).toEqual(before)
    expect(before.length).toBeGreaterThan(0)
  })
})

describe('SQL as a role with masked fields', () => {
  it('reads the views in which they are masked, and no others', async () => {
    await maskIn({ notes: 'hide', payee: 'partial', amount: 'hide', category: 'hide' })
    const { analyst } = fixture.big
    const [rows, sums] = await sql.as(
      analyst,
      (each) => each`select count(*)::integer n, count(notes)::integer notes, max(payee) payee,
                            count(amount_minor)::integer amounts, count(amount_scaled)::integer faces,
                            count(category)::integer categories, count(search_text)::integer texts,
                            min(masked) masked
                       from own_transactions`,
      (each) => each`select count(*)::integer n, count(amount)::integer amounts,
                            bool_or(grain = 'category') by_category from user_rollups`,
    )
    expect(rows![0]).toEqual({
      ...{ n: 40_000, notes: 0, payee: 'P…', amounts: 0, faces: 0, categories: 0, texts: 0 },
      masked: ['amount', 'category', 'notes', 'payee'],
    })
    expect(sums![0]).toMatchObject({ amounts: 0, by_category: false })
    for (const view of ['own_transactions', 'user_rollups', 'own_imports', 'own_import_rows']) {
      for (const schema of ['api', 'api_viewer', 'data']) {
        const query = sql.as(analyst, (each) => each.query(`select 1 from ${schema}.${view}`))
        await expect(query, `${schema}.${view}`).rejects.toMatchObject(
          schema === 'data' ? { code: '42501' } : denied,
        )
      }
    }
  })

  it('calls no function that runs as its owner and would tell', async () => {
    await maskIn({ amount: 'hide', created_by: 'hide' })
    const { analyst } = fixture.big
    const row = JSON.stringify([{ line: 2, date: '2024-01-01', amount_minor: 1 }])
    const calls = [
      `api.preview_own_import('${row}', '{}')`,
      `api.import_own_transactions(gen_random_uuid(), 'a', null, 1, 0, '${row}', '{}')`,
      `api.revert_own_import(gen_random_uuid(), null)`,
    ]
    for (const call of calls) {
      const query = sql.as(analyst, (each) => each.query(`select * from ${call}`))
      await expect(query, call).rejects.toMatchObject({ code: 'EB017' })
    }
    const [totals] = await sql.as(
      analyst,
      (each) => each`select * from api.user_totals(${analyst.id}, null)`,
    )
    expect(totals).toEqual([])
  })

  it('writes no masked field, and finds none by a unique index', async () => {
    await maskIn({ source: 'hide' })
    const { analyst } = fixture.big
    const insert = sql.as(
      analyst,
      (each) => each`insert into api.own_transaction_input
                       (id, user_id, type, amount_minor, currency, category, date, external_id)
                     values (gen_random_uuid(), ${analyst.id}, 'income', 1, 'EUR', 'x', '2026-01-01', 'e')`,
    )
    await expect(insert).rejects.toMatchObject({ code: 'EB017', constraint: 'external_id:source' })
  })

  it('masks every generated column of a masked one', async () => {
    const generated = await app.sql`
      select u.column_name, u.dependent_column from information_schema.column_column_usage u
       where u.table_schema = 'data' and u.table_name = 'transactions'`
    const maskable = await app.sql`select column_name, derived from private.maskable_fields()`
    for (const { column_name, dependent_column } of generated) {
      const found = maskable.find((each) => each['column_name'] === column_name)
      if (found) expect(found['derived']).toContain(dependent_column)
    }
    expect(generated.length).toBeGreaterThan(3)
  })
})
