import { sql } from 'drizzle-orm'
import { check, text, unique, uuid } from 'drizzle-orm/pg-core'
import { users } from '../accounts/users/users.table.ts'
import { timestamptz } from '../db/columns.ts'
import { data } from '../db/enums.ts'

/** An anomaly that a person dismissed, by the key that it is found under again. */
export const dismissalColumns = () => ({
  id: uuid('id').primaryKey(),
  user_id: uuid('user_id').notNull(),
  key: text('key').notNull(),
  kind: text('kind').notNull(),
  dismissed_by: uuid('dismissed_by').notNull(),
  dismissed_at: timestamptz('dismissed_at').notNull().defaultNow(),
})

export const dismissedAnomalies = data
  .table(
    'dismissed_anomalies',
    {
      ...dismissalColumns(),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id),
      dismissed_by: uuid('dismissed_by')
        .notNull()
        .default(sql`data.user_id()`)
        .references(() => users.id),
    },
    (table) => [
      unique('dismissed_anomalies_key').on(table.user_id, table.key),
      check('dismissed_anomalies_key_shape', sql`${table.key} ~ '^ano_[0-9a-f]{16}$'`),
      check('dismissed_anomalies_kind_length', sql`length(${table.kind}) between 1 and 64`),
    ],
  )
  .enableRLS()
