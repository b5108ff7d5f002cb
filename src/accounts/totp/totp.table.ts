import { bigint, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import { data } from '../../db/enums.ts'
import { users } from '../users/users.table.ts'

/** Shared secrets for one-time passwords (RFC 6238). */
export const totpSecrets = data
  .table('totp_secrets', {
    user_id: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Encrypted by the Worker. */
    secret: text('secret').notNull(),
    created_at: timestamptz('created_at').notNull().defaultNow(),
    /** Until a first code confirms it, it is not required. */
    confirmed_at: timestamptz('confirmed_at'),
    /** The time step of the last code that was accepted: no code is accepted twice. */
    last_step: bigint('last_step', { mode: 'bigint' }),
  })
  .enableRLS()

/** For users who lost their authenticator; each is valid once. */
export const recoveryCodes = data
  .table(
    'recovery_codes',
    {
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      code_hash: text('code_hash').notNull(),
      used_at: timestamptz('used_at'),
    },
    (table) => [primaryKey({ columns: [table.user_id, table.code_hash] })],
  )
  .enableRLS()
