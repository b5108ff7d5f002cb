import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  apiKeyColumns,
  auditColumns,
  importColumns,
  sessionColumns,
  transactionColumns,
  userColumns,
} from './columns.ts'
import { book } from './enums.ts'

/*
 * The tables, from which drizzle-kit generates migrations. Roles, functions, triggers, views and
 * policies stand in the custom migrations in drizzle/.
 */

export * from './enums.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const users = book
  .table(
    'users',
    {
      ...userColumns(),
      passwordHash: text('password_hash').notNull(),
      /** Raised by a trigger when role, password or active flag change: older tokens end there. */
      sessionEpoch: integer('session_epoch').notNull().default(1),
    },
    (table) => [
      unique('users_email_unique').on(table.email),
      check(
        'users_email_shape',
        sql`${table.email} = lower(${table.email}) and ${table.email} like '%_@_%' and length(${table.email}) <= 254`,
      ),
      check('users_name_length', sql`length(${table.name}) between 1 and 100`),
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

/** Files of transactions that were taken in, each as one. */
export const imports = book
  .table(
    'imports',
    {
      ...importColumns(),
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id),
      createdBy: uuid('created_by')
        .notNull()
        .default(sql`app.user_id()`)
        .references(() => users.id),
    },
    (table) => [
      index('imports_user').on(table.userId, table.id),
      check('imports_file_name_length', sql`length(${table.fileName}) between 1 and 255`),
      check('imports_source_length', sql`length(${table.source}) between 1 and 64`),
    ],
  )
  .enableRLS()

export const transactions = book
  .table(
    'transactions',
    {
      ...transactionColumns(),
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id),
      createdBy: uuid('created_by')
        .notNull()
        .default(sql`app.user_id()`)
        .references(() => users.id),
      importId: uuid('import_id').references(() => imports.id),
    },
    (table) => [
      index('transactions_user_date')
        .on(table.userId, table.date, table.id)
        .where(sql`${table.deletedAt} is null`),
      index('transactions_user_amount')
        .on(table.userId, table.amountScaled, table.id)
        .where(sql`${table.deletedAt} is null`),
      index('transactions_date').on(table.date, table.id),
      index('transactions_amount').on(table.amountScaled, table.id),
      index('transactions_deleted')
        .on(table.date, table.id)
        .where(sql`${table.deletedAt} is not null`),
      check(
        'transactions_amount_range',
        sql`${table.amountMinor} > 0 and ${table.amountMinor} < 1000000000000000 and ${table.amountScaled} < 100000000000000000`,
      ),
      check('transactions_currency_shape', sql`${table.currency} ~ '^[A-Z]{3}$'`),
      check(
        'transactions_category_length',
        sql`length(${table.category}) between 1 and 64 and ${table.category} = btrim(${table.category})`,
      ),
      uniqueIndex('transactions_external_id')
        .on(table.userId, sql`coalesce(${table.source}, '')`, table.externalId)
        .where(sql`${table.externalId} is not null`),
      index('transactions_import')
        .on(table.importId)
        .where(sql`${table.importId} is not null`),
      check('transactions_external_id_length', sql`length(${table.externalId}) between 1 and 255`),
      check('transactions_source_length', sql`length(${table.source}) between 1 and 64`),
      check('transactions_notes_length', sql`length(${table.notes}) between 1 and 2000`),
      check('transactions_date_range', sql`${table.date} between '1900-01-01' and '2200-12-31'`),
    ],
  )
  .enableRLS()

/** What was changed: written by triggers, changed by nobody. Chained by hashes, one chain a book. */
export const auditLog = book
  .table(
    'audit_log',
    {
      ...auditColumns(),
      /** The order of writing over all books. */
      id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    },
    (table) => [
      primaryKey({ columns: [table.bookId, table.seq] }),
      unique('audit_log_id').on(table.id),
      index('audit_log_entity').on(table.entity, table.entityId, table.id),
    ],
  )
  .enableRLS()

/** The last link of each chain. Its row is locked while a link is added. */
export const auditHeads = book
  .table('audit_heads', {
    bookId: uuid('book_id').primaryKey(),
    seq: bigint('seq', { mode: 'bigint' }).notNull(),
    hash: text('hash').notNull(),
  })
  .enableRLS()

/** Writes that were done under an `Idempotency-Key`, with what was answered. */
export const idempotencyKeys = book
  .table(
    'idempotency_keys',
    {
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      key: text('key').notNull(),
      /** SHA-256 of method, path, query and body. */
      fingerprint: text('fingerprint').notNull(),
      outcome: text('outcome'),
      result: jsonb('result'),
      createdAt: instant('created_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.key] }),
      index('idempotency_keys_created').on(table.createdAt),
      check('idempotency_keys_length', sql`length(${table.key}) between 1 and 255`),
    ],
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
