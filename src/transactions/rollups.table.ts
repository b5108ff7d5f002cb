import { sql } from 'drizzle-orm'
import {
  bigint,
  char,
  check,
  date,
  index,
  numeric,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { book, rollupGrain, transactionType } from '../db/enums.ts'

export const rollupColumns = () => ({
  user_id: uuid('user_id').notNull(),
  grain: rollupGrain('grain').notNull(),
  /** The day, or the first day of the month. */
  starts_on: date('starts_on', { mode: 'string' }).notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  type: transactionType('type').notNull(),
  /** Empty where all categories are summed up, which is no name of one. */
  category: text('category').notNull(),
  /** In the minor unit of the currency. A million large amounts are more than a bigint holds. */
  amount: numeric('amount', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  count: bigint('count', { mode: 'number' }).notNull(),
})

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
          table.user_id,
          table.grain,
          table.starts_on,
          table.currency,
          table.type,
          table.category,
        ],
      }),
      index('rollups_grain').on(table.grain, table.starts_on, table.user_id),
      index('rollups_category')
        .on(table.user_id, table.category, table.starts_on)
        .where(sql`${table.grain} = 'category'`),
      check('rollups_sums', sql`${table.amount} > 0 and ${table.count} > 0`),
      check('rollups_category', sql`(${table.category} <> '') = (${table.grain} = 'category')`),
      check(
        'rollups_starts_on',
        sql`${table.grain} = 'day' or extract(day from ${table.starts_on}) = 1`,
      ),
    ],
  )
  .enableRLS()
