import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import { data } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { users } from '../users/users.table.ts'
import { storedSessionFields } from './session.fields.ts'

export const sessions = data
  .table(
    'sessions',
    {
      ...columnsOf(storedSessionFields),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    },
    (table) => [
      index('sessions_user').on(table.user_id),
      check('sessions_address_length', sql`length(${table.address}) <= 100`),
      check('sessions_reason_length', sql`length(${table.revoked_reason}) <= 50`),
      check('sessions_user_agent_length', sql`length(${table.user_agent}) <= 255`),
    ],
  )
  .enableRLS()

export const refreshTokens = data
  .table(
    'refresh_tokens',
    {
      /** SHA-256 of the token, base64url. The token itself is not stored. */
      token_hash: text('token_hash').primaryKey(),
      session_id: uuid('session_id')
        .notNull()
        .references(() => sessions.id, { onDelete: 'cascade' }),
      created_at: timestamptz('created_at').notNull().defaultNow(),
      expires_at: timestamptz('expires_at').notNull(),
      used_at: timestamptz('used_at'),
    },
    (table) => [index('refresh_tokens_session').on(table.session_id)],
  )
  .enableRLS()
