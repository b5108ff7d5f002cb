import { getTableColumns, type Table } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import * as dismissalViews from '../../src/anomalies/dismissals.views.ts'
import * as decisionViews from '../../src/recurring/recurring-decisions.views.ts'
import * as apiKeyViews from '../../src/accounts/api-keys/api-keys.views.ts'
import * as sessionViews from '../../src/accounts/sessions/sessions.views.ts'
import * as userViews from '../../src/accounts/users/users.views.ts'
import * as auditViews from '../../src/operations/audit/audit.views.ts'
import * as idempotencyViews from '../../src/operations/idempotency/idempotency.views.ts'
import * as importViews from '../../src/transactions/imports.views.ts'
import * as rollupViews from '../../src/transactions/rollups.views.ts'
import * as transactionViews from '../../src/transactions/transactions.views.ts'
import { currencyCodes, currencyExponent } from '../../src/lib/money/currencies.ts'
import { useApp } from '../support/use-app.ts'

const views = {
  ...apiKeyViews,
  ...sessionViews,
  ...userViews,
  ...auditViews,
  ...idempotencyViews,
  ...importViews,
  ...decisionViews,
  ...dismissalViews,
  ...rollupViews,
  ...transactionViews,
}

const { app } = useApp()

interface ViewColumn {
  name: string
  type: string
}

/** What drizzle calls a type, and what the database calls it. */
const inDatabase = (type: string) =>
  type === 'char(3)' ? 'character(3)' : type.replace(/^data\./, '')

const declared = (table: PgTable): ViewColumn[] =>
  Object.values(getTableColumns(table as Table)).map((column) => ({
    name: column.name,
    type: inDatabase(column.getSQLType()),
  }))

const actual = async (view: string) =>
  (await app.sql`select attname as name,
                 regexp_replace(format_type(atttypid, atttypmod), '^data\\.', '') as type
            from pg_attribute
           where attrelid = ${`api.${view}`}::regclass and attnum > 0
           order by attnum`) as ViewColumn[]

const byName = (columns: ViewColumn[]) =>
  columns.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))

describe('The views declared in src', () => {
  const readable = [views.ownTransactions, views.allTransactions, views.ownProfile, views.allUsers]
  const named = (table: PgTable) => [getTableConfig(table).name, table] as const

  it.each(readable.map(named))('match the database: %s', async (name, table) => {
    const columns = await actual(name)
    // A secret, and what only a search looks at.
    const undeclared = new Set(['password_hash', 'search_text'])
    expect(byName(declared(table))).toEqual(
      byName(columns.filter((column) => !undeclared.has(column.name))),
    )
  })

  const writable = [
    views.insertableOwnTransactions,
    views.insertableTransactions,
    views.writableUsers,
  ]

  it.each(writable.map(named))(
    'allow to write exactly what the database allows: %s',
    async (name, table) => {
      const columns = await actual(name)
      for (const column of declared(table)) expect(columns).toContainEqual(column)
      const role = name === 'own_transaction_input' ? 'app_analyst' : 'app_admin'
      const granted = await app.sql`select column_name from information_schema.column_privileges
                                   where table_schema = 'api' and table_name = ${name}
                                     and grantee = ${role} and privilege_type = 'INSERT'`
      expect(
        declared(table)
          .map((column) => column.name)
          .toSorted(),
      ).toEqual(granted.map((row) => row['column_name']).toSorted())
    },
  )

  it('include every view of the database', async () => {
    const found = await app.sql`select relname from pg_class
                                 where relnamespace = 'api'::regnamespace and relkind in ('v', 'm')`
    const names = Object.values(views).map((table) => getTableConfig(table).name)
    expect(found.map(({ relname }) => relname).toSorted()).toEqual([...new Set(names)].toSorted())
  })

  it('say by the same rule which columns may be null', async () => {
    for (const [view, table] of [
      [views.ownTransactions, 'transactions'],
      [views.allUsers, 'users'],
    ] as const) {
      const rows = await app.sql`select attname as name, not attnotnull as nullable
                                   from pg_attribute where attrelid = ${`data.${table}`}::regclass`
      for (const column of Object.values(getTableColumns(view as Table))) {
        const found = rows.find((row) => row['name'] === column.name)
        expect([column.name, !column.notNull]).toEqual([column.name, found?.['nullable']])
      }
    }
  })
})

describe('Money in the database', () => {
  it('has the same exponents as src for every currency', async () => {
    const rows = await app.sql`select code, data.currency_exponent(code) as exponent
                                 from unnest(${currencyCodes as string[]}::text[]) code`
    expect(rows.length).toBeGreaterThan(150)
    expect(rows).toEqual(currencyCodes.map((code) => ({ code, exponent: currencyExponent(code) })))
  })

  it('is scaled to face values and back for every currency', async () => {
    const rows = await app.sql`
      select code, minor::text as minor, data.scale_amount(minor, code)::text as scaled,
             api.minor_amount(data.scale_amount(minor, code), code)::text as back
        from unnest(${currencyCodes as string[]}::text[]) code,
             unnest(array[1, 99, 100, 123456789, 9999999999999]::bigint[]) minor`
    expect(rows.length).toBe(currencyCodes.length * 5)
    for (const { code, minor, scaled, back } of rows) {
      expect(back).toBe(minor)
      expect(BigInt(scaled)).toBe(BigInt(minor) * 10n ** BigInt(4 - currencyExponent(code)))
    }
  })

  it.each([
    ['0.001 EUR', 10, 'EUR'],
    ['0.5 JPY', 5000, 'JPY'],
    ['0.0001 KWD', 1, 'KWD'],
  ])('refuses digits that the currency lacks: %s', async (_, scaled, code) => {
    const query = app.sql`select api.minor_amount(${scaled}::bigint, ${code})`
    await expect(query).rejects.toMatchObject({ code: 'EB006' })
  })
})
