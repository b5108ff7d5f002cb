import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { users } from '../../accounts/users/users.table.ts'
import { timestamptz } from '../../db/columns.ts'
import { data } from '../../db/enums.ts'

/** Writes that were done under an `Idempotency-Key`, with their responses. */
export const idempotencyKeys = data
  .table(
    'idempotency_keys',
    {
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      key: text('key').notNull(),
      /** HMAC over method, path, query, condition and body. */
      fingerprint: text('fingerprint').notNull(),
      outcome: text('outcome'),
      entity: text('entity'),
      response: jsonb('response'),
      created_at: timestamptz('created_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.user_id, table.key] }),
      index('idempotency_keys_created').on(table.created_at),
      check('idempotency_keys_fingerprint_length', sql`length(${table.fingerprint}) <= 100`),
      check('idempotency_keys_length', sql`length(${table.key}) between 1 and 255`),
    ],
  )
  .enableRLS()

/** How many bytes the stored responses of a user take. A trigger counts them. */
export const idempotencyUsage = data
  .table(
    'idempotency_usage',
    {
      user_id: uuid('user_id')
        .primaryKey()
        .references(() => users.id, { onDelete: 'cascade' }),
      bytes: bigint('bytes', { mode: 'number' }).notNull(),
    },
    (table) => [check('idempotency_usage_bytes', sql`${table.bytes} >= 0`)],
  )
  .enableRLS()
