import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  jsonb,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { auditColumns, importColumns, rollupColumns, transactionColumns } from './columns.ts'
import { book } from './enums.ts'
import { users } from './schema-accounts.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

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
      check(
        'imports_counts',
        sql`${table.rowCount} >= 0 and ${table.createdCount} >= 0 and ${table.duplicateCount} >= 0 and ${table.createdCount} + ${table.duplicateCount} <= ${table.rowCount}`,
      ),
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
      // For what deleted rows are asked for too.
      index('transactions_user').on(table.userId),
      // Columns behind the id order nothing. They let filters and sums be answered by the index.
      index('transactions_user_date')
        .on(
          table.userId,
          table.date,
          table.id,
          table.type,
          table.currency,
          table.category,
          table.amountMinor,
          table.amountScaled,
        )
        .where(sql`${table.deletedAt} is null`),
      index('transactions_user_amount')
        .on(
          table.userId,
          table.amountScaled,
          table.id,
          table.date,
          table.type,
          table.currency,
          table.category,
          table.amountMinor,
        )
        .where(sql`${table.deletedAt} is null`),
      index('transactions_user_category')
        .on(table.userId, table.category, table.date, table.id, table.type, table.currency)
        .where(sql`${table.deletedAt} is null`),
      index('transactions_user_type')
        .on(table.userId, table.type, table.date, table.id, table.category, table.currency)
        .where(sql`${table.deletedAt} is null`),
      index('transactions_user_currency')
        .on(table.userId, table.currency, table.date, table.id, table.category, table.type)
        .where(sql`${table.deletedAt} is null`),
      index('transactions_category')
        .on(table.category, table.date, table.id, table.type, table.currency)
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
      check('transactions_version', sql`${table.version} > 0`),
      check('transactions_external_id_length', sql`length(${table.externalId}) between 1 and 255`),
      check('transactions_source_length', sql`length(${table.source}) between 1 and 64`),
      check('transactions_notes_length', sql`length(${table.notes}) between 1 and 2000`),
      check('transactions_date_range', sql`${table.date} between '1900-01-01' and '2200-12-31'`),
    ],
  )
  .enableRLS()

/**
 * What the records that are not deleted add up to, kept by triggers in the transaction of every
 * write: by day, by month, and by month and category; of each user, and of the whole book.
 */
export const rollups = book
  .table(
    'rollups',
    // Of no foreign key: what everybody's add up to stands under ids that are no user's.
    rollupColumns(),
    (table) => [
      primaryKey({
        columns: [
          table.userId,
          table.grain,
          table.startsOn,
          table.currency,
          table.type,
          table.category,
        ],
      }),
      index('rollups_grain').on(table.grain, table.startsOn, table.userId),
      index('rollups_category')
        .on(table.userId, table.category, table.startsOn)
        .where(sql`${table.grain} = 'category'`),
      check('rollups_sums', sql`${table.amount} > 0 and ${table.count} > 0`),
      check('rollups_category', sql`(${table.category} <> '') = (${table.grain} = 'category')`),
      check(
        'rollups_starts_on',
        sql`${table.grain} = 'day' or extract(day from ${table.startsOn}) = 1`,
      ),
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
      primaryKey({ columns: [table.ownerId, table.seq] }),
      unique('audit_log_id').on(table.id),
      check('audit_log_at_finite', sql`isfinite(${table.at})`),
      index('audit_log_entity').on(table.entity, table.entityId, table.id),
    ],
  )
  .enableRLS()

/** The last link of each chain. Its row is locked while a link is added. */
export const auditHeads = book
  .table('audit_heads', {
    ownerId: uuid('book_id').primaryKey(),
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
      /** Of method, path, query, condition and body, under a key of the Worker. */
      fingerprint: text('fingerprint').notNull(),
      outcome: text('outcome'),
      result: jsonb('result'),
      createdAt: instant('created_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.userId, table.key] }),
      index('idempotency_keys_created').on(table.createdAt),
      check('idempotency_keys_fingerprint_length', sql`length(${table.fingerprint}) <= 100`),
      check('idempotency_keys_length', sql`length(${table.key}) between 1 and 255`),
    ],
  )
  .enableRLS()
