import { sql } from 'drizzle-orm'
import {
  bigint,
  char,
  check,
  date,
  index,
  integer,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { data } from '../db/enums.ts'
import { imports } from './imports.table.ts'

/** What became of each row of a file, and by what it is recognized in the next file. */
export const importRows = data
  .table(
    'import_rows',
    {
      import_id: uuid('import_id')
        .notNull()
        .references(() => imports.id, { onDelete: 'cascade' }),
      line: integer('line').notNull(),
      /** That of the import, so that rows of a user are found by an index. */
      user_id: uuid('user_id').notNull(),
      outcome: text('outcome').notNull(),
      /** Not a reference: it outlives the transaction. Null for a row that was left out or freed. */
      transaction_id: uuid('transaction_id'),
      account: text('account'),
      /** Null for a row that was matched by its id. */
      fingerprint: text('fingerprint'),
      /** Its number among the transactions with this fingerprint. */
      place: integer('place'),
      external_id: text('external_id'),
      /** What the file says; the transaction may be edited. Expenses are negative. */
      date: date('date').notNull(),
      currency: char('currency', { length: 3 }).notNull(),
      amount_minor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
    },
    (table) => [
      primaryKey({ columns: [table.import_id, table.line] }),
      index('import_rows_fingerprint')
        .on(table.user_id, table.fingerprint)
        .where(sql`${table.fingerprint} is not null`),
      index('import_rows_external_id')
        .on(table.user_id, table.external_id)
        .where(sql`${table.external_id} is not null`),
      index('import_rows_transaction')
        .on(table.transaction_id)
        .where(sql`${table.transaction_id} is not null`),
      check(
        'import_rows_outcome',
        sql`${table.outcome} in ('created', 'duplicate', 'deleted', 'skipped')`,
      ),
    ],
  )
  .enableRLS()
