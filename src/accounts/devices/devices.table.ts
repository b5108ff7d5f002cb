import { index, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import { data } from '../../db/enums.ts'
import { sessions } from '../sessions/sessions.table.ts'
import { users } from '../users/users.table.ts'

/** Devices that logged in. A row makes their token valid; the token itself is not stored. */
export const devices = data
  .table(
    'devices',
    {
      id: uuid('id').primaryKey(),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** The last login. */
      session_id: uuid('session_id').references(() => sessions.id, { onDelete: 'set null' }),
      created_at: timestamptz('created_at').notNull().defaultNow(),
      last_used_at: timestamptz('last_used_at').notNull().defaultNow(),
      expires_at: timestamptz('expires_at').notNull(),
    },
    (table) => [
      index('devices_user').on(table.user_id),
      index('devices_session').on(table.session_id),
    ],
  )
  .enableRLS()
