import { sql } from 'drizzle-orm'
import {
  bigint,
  char,
  check,
  date,
  index,
  numeric,
  primaryKey,
  smallint,
  text,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core'
import { data, rollupGrain, transactionType } from '../db/enums.ts'

const sumColumns = () => ({
  grain: rollupGrain('grain').notNull(),
  /** The day, or the first day of the month. */
  starts_on: date('starts_on', { mode: 'string' }).notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  type: transactionType('type').notNull(),
  /** Empty where all categories are summed; a category is never empty. */
  category: text('category').notNull(),
  /** In the minor unit of the currency. A million large amounts are more than a bigint holds. */
  amount: numeric('amount', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  count: bigint('count', { mode: 'number' }).notNull(),
})

export const rollupColumns = () => ({ user_id: uuid('user_id').notNull(), ...sumColumns() })

export const rollupTotalColumns = () => ({ shard: smallint('shard').notNull(), ...sumColumns() })

type RollupTable = Record<'amount' | 'count' | 'category' | 'grain' | 'starts_on', AnyPgColumn>

const rollupChecks = (name: string, table: RollupTable) => [
  check(`${name}_sums`, sql`${table.amount} > 0 and ${table.count} > 0`),
  check(`${name}_category`, sql`(${table.category} <> '') = (${table.grain} = 'category')`),
  check(
    `${name}_starts_on`,
    sql`${table.grain} = 'day' or extract(day from ${table.starts_on}) = 1`,
  ),
]

/**
 * The sums of a user's transactions that are not deleted: by day, by month, and by month and
 * category. Triggers keep them in the transaction of every write.
 */
export const rollups = data
  .table(
    'rollups',
    // No foreign key: a row exists only while the user has transactions, which have one.
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
      ...rollupChecks('rollups', table),
    ],
  )
  .enableRLS()

/** The same sums across all users, in eight shards so that not all writers wait for one row. */
export const rollupsTotal = data
  .table('rollups_total', rollupTotalColumns(), (table) => [
    primaryKey({
      columns: [
        table.grain,
        table.starts_on,
        table.currency,
        table.type,
        table.category,
        table.shard,
      ],
    }),
    index('rollups_total_category')
      .on(table.category, table.starts_on)
      .where(sql`${table.grain} = 'category'`),
    check('rollups_total_shard', sql`${table.shard} between 0 and 7`),
    ...rollupChecks('rollups_total', table),
  ])
  .enableRLS()
