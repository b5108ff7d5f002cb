import { sql } from 'drizzle-orm'
import { bigint, char, check, date, integer, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from '../accounts/users/users.table.ts'
import { timestamptz } from '../db/columns.ts'
import { data, transactionType } from '../db/enums.ts'

/** What a person said about a stream, and how the stream is found again. */
export const decisionColumns = () => ({
  id: uuid('id').primaryKey(),
  user_id: uuid('user_id').notNull(),
  key: text('key').notNull(),
  status: text('status', { enum: ['detected', 'confirmed', 'dismissed'] }).notNull(),
  name: text('name'),
  /** A hash of the payee, or of category and notes. */
  stream_group: text('stream_group').notNull(),
  type: transactionType('type').notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  cadence: text('cadence').notNull(),
  amount_minor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
  last_date: date('last_date', { mode: 'string' }).notNull(),
  /** The latest ones: they lead to the stream when its payee was changed. */
  transaction_ids: uuid('transaction_ids').array().notNull(),
  version: integer('version').notNull().default(1),
  decided_by: uuid('decided_by').notNull(),
  decided_at: timestamptz('decided_at').notNull().defaultNow(),
})

export const recurringDecisions = data
  .table(
    'recurring_decisions',
    {
      ...decisionColumns(),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id),
      decided_by: uuid('decided_by')
        .notNull()
        .default(sql`data.user_id()`)
        .references(() => users.id),
    },
    (table) => [
      unique('recurring_decisions_key').on(table.user_id, table.key),
      check('recurring_decisions_key_shape', sql`${table.key} ~ '^rec_[0-9a-f]{16}$'`),
      check(
        'recurring_decisions_status',
        sql`${table.status} in ('detected', 'confirmed', 'dismissed')`,
      ),
      check('recurring_decisions_name_length', sql`length(${table.name}) between 1 and 100`),
      check('recurring_decisions_amount', sql`${table.amount_minor} > 0`),
      check('recurring_decisions_version', sql`${table.version} > 0`),
      check(
        'recurring_decisions_transactions',
        sql`cardinality(${table.transaction_ids}) between 1 and 24`,
      ),
    ],
  )
  .enableRLS()
