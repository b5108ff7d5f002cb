import { sql } from 'drizzle-orm'
import { check, index, text, timestamp, unique, uuid, integer } from 'drizzle-orm/pg-core'
import { transactionColumns, userColumns } from './columns.ts'
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
      id: uuid('id').primaryKey(),
      userId: uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      createdAt: instant('created_at').notNull().defaultNow(),
      expiresAt: instant('expires_at').notNull(),
      revokedAt: instant('revoked_at'),
    },
    (table) => [index('sessions_user').on(table.userId)],
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
      check('transactions_notes_length', sql`length(${table.notes}) between 1 and 2000`),
      check('transactions_date_range', sql`${table.date} between '1900-01-01' and '2200-12-31'`),
    ],
  )
  .enableRLS()
