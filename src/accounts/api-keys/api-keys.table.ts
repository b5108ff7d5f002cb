import { sql } from 'drizzle-orm'
import { check, index, text, unique, uuid } from 'drizzle-orm/pg-core'
import { data } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { users } from '../users/users.table.ts'
import { apiKeyFields } from './api-key.fields.ts'

export const apiKeys = data
  .table(
    'api_keys',
    {
      ...columnsOf(apiKeyFields),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** SHA-256 of the key, base64url. The key itself is not stored. */
      key_hash: text('key_hash').notNull(),
    },
    (table) => [
      index('api_keys_user').on(table.user_id, table.id),
      unique('api_keys_hash').on(table.key_hash),
      check('api_keys_prefix_length', sql`length(${table.prefix}) between 1 and 50`),
      check('api_keys_expires_finite', sql`isfinite(${table.expires_at})`),
      check('api_keys_name_length', sql`length(${table.name}) between 1 and 100`),
    ],
  )
  .enableRLS()
