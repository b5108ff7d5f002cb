import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { apiKeyColumns, sessionColumns, userColumns } from './columns.ts'
import { book } from './enums.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const users = book
  .table(
    'users',
    {
      ...userColumns(),
      passwordHash: text('password_hash').notNull(),
      /** Raised by a trigger when role, password or active flag change: older tokens end there. */
      tokenVersion: integer('session_epoch').notNull().default(1),
    },
    (table) => [
      unique('users_email_unique').on(table.email),
      check(
        'users_email_shape',
        sql`${table.email} = lower(${table.email}) and ${table.email} like '%_@_%' and length(${table.email}) <= 254`,
      ),
      check('users_name_length', sql`length(${table.name}) between 1 and 100`),
      // The roll-ups keep the whole book under the first ids.
      check('users_id', sql`${table.id} > '00000000-0000-0000-0000-000000000007'`),
    ],
  )
  .enableRLS()

export const sessions = book
  .table(
    'sessions',
    {
      ...sessionColumns(),
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
    },
    (table) => [
      index('sessions_user').on(table.userId),
      check('sessions_address_length', sql`length(${table.address}) <= 100`),
      check('sessions_reason_length', sql`length(${table.revokedReason}) <= 50`),
      check('sessions_user_agent_length', sql`length(${table.userAgent}) <= 255`),
    ],
  )
  .enableRLS()

export const refreshTokens = book
  .table(
    'refresh_tokens',
    {
      /** SHA-256 of the token, base64url: the token itself is kept nowhere. */
      tokenHash: text('token_hash').primaryKey(),
      sessionId: uuid('session_id')
        .notNull()
        .references(() => sessions.id, { onDelete: 'cascade' }),
      createdAt: instant('created_at').notNull().defaultNow(),
      expiresAt: instant('expires_at').notNull(),
      usedAt: instant('used_at'),
    },
    (table) => [index('refresh_tokens_session').on(table.sessionId)],
  )
  .enableRLS()

/** Keys for machines. */
export const apiKeys = book
  .table(
    'api_keys',
    {
      ...apiKeyColumns(),
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** SHA-256 of the key, base64url: the key itself is kept nowhere. */
      keyHash: text('key_hash').notNull(),
    },
    (table) => [
      index('api_keys_user').on(table.userId, table.id),
      unique('api_keys_hash').on(table.keyHash),
      check('api_keys_prefix_length', sql`length(${table.prefix}) between 1 and 50`),
      check('api_keys_expires_finite', sql`isfinite(${table.expiresAt})`),
      check('api_keys_name_length', sql`length(${table.name}) between 1 and 100`),
    ],
  )
  .enableRLS()

/** The second factor of those who set one up: a shared secret for one-time passwords (RFC 6238). */
export const totpSecrets = book
  .table('totp_secrets', {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Encrypted by the Worker. */
    secret: text('secret').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Until it is confirmed by a first code, it does not count. */
    confirmedAt: instant('confirmed_at'),
    /** The time step of the last code that was taken: none is taken twice. */
    lastStep: bigint('last_step', { mode: 'bigint' }),
  })
  .enableRLS()

/** For whoever lost the second factor; each is good once. */
export const recoveryCodes = book
  .table(
    'recovery_codes',
    {
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      codeHash: text('code_hash').notNull(),
      usedAt: instant('used_at'),
    },
    (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
  )
  .enableRLS()
