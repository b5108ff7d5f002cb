import { sql } from 'drizzle-orm'
import { bigint, check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { users } from '../accounts/users/users.table.ts'
import { data } from '../db/enums.ts'
import { columnsOf } from '../db/record.ts'
import { imports } from './imports.table.ts'
import { transactionFields } from './transaction.fields.ts'

export const transactions = data
  .table(
    'transactions',
    {
      ...columnsOf(transactionFields),
      /** In the minor unit of the currency: cents, yen, fils. Sums are made of it. */
      amount_minor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
      /** Folded, and stored, because folding every row of a search takes longer than comparing it. */
      search_text: text('search_text')
        .notNull()
        .generatedAlwaysAs(sql`data.search_text(category, payee, notes)`),
      user_id: uuid('user_id')
        .notNull()
        .references(() => users.id),
      created_by: uuid('created_by')
        .notNull()
        .default(sql`data.user_id()`)
        .references(() => users.id),
      import_id: uuid('import_id').references(() => imports.id),
    },
    (table) => [
      // For what deleted rows are asked for too.
      index('transactions_user').on(table.user_id),
      // Columns after the id do not order rows. They let the index alone serve filters and sums.
      index('transactions_user_date')
        .on(
          table.user_id,
          table.date,
          table.id,
          table.type,
          table.currency,
          table.category,
          table.amount_minor,
          table.amount,
        )
        .where(sql`${table.deleted_at} is null`),
      index('transactions_user_amount')
        .on(
          table.user_id,
          table.amount,
          table.id,
          table.date,
          table.type,
          table.currency,
          table.category,
          table.amount_minor,
        )
        .where(sql`${table.deleted_at} is null`),
      index('transactions_user_category')
        .on(table.user_id, table.category, table.date, table.id, table.type, table.currency)
        .where(sql`${table.deleted_at} is null`),
      index('transactions_user_type')
        .on(table.user_id, table.type, table.date, table.id, table.category, table.currency)
        .where(sql`${table.deleted_at} is null`),
      index('transactions_user_currency')
        .on(table.user_id, table.currency, table.date, table.id, table.category, table.type)
        .where(sql`${table.deleted_at} is null`),
      index('transactions_category')
        .on(table.category, table.date, table.id, table.type, table.currency)
        .where(sql`${table.deleted_at} is null`),
      index('transactions_date').on(table.date, table.id),
      index('transactions_amount').on(table.amount, table.id),
      // For synchronization, which finds deleted rows too.
      index('transactions_user_updated').on(table.user_id, table.updated_at, table.id),
      index('transactions_updated').on(table.updated_at, table.id),
      index('transactions_deleted')
        .on(table.date, table.id)
        .where(sql`${table.deleted_at} is not null`),
      check(
        'transactions_amount_range',
        sql`${table.amount_minor} > 0 and ${table.amount_minor} < 1000000000000000 and ${table.amount} < 100000000000000000`,
      ),
      check('transactions_currency_shape', sql`${table.currency} ~ '^[A-Z]{3}$'`),
      check(
        'transactions_category_length',
        sql`length(${table.category}) between 1 and 64 and ${table.category} = btrim(${table.category})`,
      ),
      uniqueIndex('transactions_external_id')
        .on(table.user_id, sql`coalesce(${table.source}, '')`, table.external_id)
        .where(sql`${table.external_id} is not null`),
      // Without the source, which an import may not know yet.
      index('transactions_user_external_id')
        .on(table.user_id, table.external_id)
        .where(sql`${table.external_id} is not null`),
      index('transactions_import')
        .on(table.import_id)
        .where(sql`${table.import_id} is not null`),
      check('transactions_version', sql`${table.version} > 0`),
      check('transactions_external_id_length', sql`length(${table.external_id}) between 1 and 255`),
      check('transactions_source_length', sql`length(${table.source}) between 1 and 64`),
      index('transactions_user_payee')
        .on(table.user_id, table.payee, table.date, table.id)
        .where(sql`${table.payee} is not null`),
      index('transactions_payee')
        .on(table.payee, table.date, table.id)
        .where(sql`${table.payee} is not null`),
      check('transactions_payee_length', sql`length(${table.payee}) between 1 and 200`),
      check('transactions_notes_length', sql`length(${table.notes}) between 1 and 2000`),
      // The user comes first, so that a word that all users use costs only what is found. New rows
      // are read one by one until there are this many kB of them.
      index('transactions_search')
        .using(
          'gin',
          table.user_id,
          table.search_text.op('gin_trgm_ops'),
          sql`data.search_bigrams(search_text)`,
        )
        .with({ fastupdate: true, gin_pending_list_limit: 2048 }),
      check('transactions_date_range', sql`${table.date} between '1900-01-01' and '2200-12-31'`),
    ],
  )
  .enableRLS()
