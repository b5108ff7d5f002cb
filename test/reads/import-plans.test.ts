import { expect, it } from 'vitest'
import { insertMany, sendFile } from '../csv/support.ts'
import { appSql } from '../support/roles-sql.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const ROWS = 50

const { app } = useApp()

it('Reverting an import reads its own transactions and no others of a large account', async () => {
  const analyst = await createUser(app, 'analyst')
  await insertMany(app, analyst.id, 20_000)
  const rows = Array.from({ length: ROWS }, (_, n) => `2026-03-14,-${n + 1}.00,EUR,Imported`)
  const file = `date,amount,currency,category\n${rows.join('\n')}\n`
  const { body } = await sendFile(app, analyst, file, 'dry_run=false')
  await app.sql`analyze data.transactions`
  const [, reads] = await appSql(app).as(
    analyst,
    (sql) => sql`select api.revert_own_import(${body.id}::uuid, null)`,
    // What this database transaction has read of the table so far.
    (sql) => sql`select seq_tup_read::integer scanned, idx_tup_fetch::integer fetched
                   from pg_stat_xact_user_tables
                  where schemaname = 'data' and relname = 'transactions'`,
  )
  const [{ scanned, fetched } = { scanned: -1, fetched: -1 }] = reads as {
    scanned: number
    fetched: number
  }[]
  expect(scanned, 'rows of scans from end to end').toBe(0)
  expect(fetched, 'rows by index').toBeGreaterThanOrEqual(ROWS)
  expect(fetched, 'rows by index').toBeLessThanOrEqual(6 * ROWS)
})
