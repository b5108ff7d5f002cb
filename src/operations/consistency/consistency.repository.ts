import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { RollupGrain, TransactionType } from '../../db/enums.ts'
import { extendStatementTimeout } from '../../db/statement-timeout.ts'
import { rollupsByUser } from '../../transactions/rollups.views.ts'
import { allTransactions } from '../../transactions/transactions.views.ts'

/** A sum in minor units, and the number of transactions in it. */
export interface Sum {
  total: bigint
  count: number
}

/** A roll-up that differs from the sum of its transactions. */
export interface Difference {
  /** Null for the totals across all users. */
  userId: string | null
  grain: RollupGrain
  startsOn: string
  currency: string
  type: TransactionType
  category: string | null
  expected: Sum
  stored: Sum
}

export interface Comparison {
  /** Number of compared transactions and roll-ups. */
  transactions: number
  rollups: number
  differenceCount: number
  /** The first of them. */
  differences: Difference[]
}

export type ConsistencyRepository = ReturnType<typeof createConsistencyRepository>

const MAX_DIFFERENCES = 100

interface Found extends Record<string, unknown> {
  /** Null for the totals across all users. */
  user_id: string | null
  grain: RollupGrain
  starts_on: string
  currency: string
  type: TransactionType
  category: string
  expected_amount: string
  expected_count: string
  stored_amount: string
  stored_count: string
  found: number
}

const differenceFromRow = (row: Found): Difference => ({
  userId: row.user_id,
  grain: row.grain,
  startsOn: row.starts_on,
  currency: row.currency,
  type: row.type,
  category: row.category || null,
  expected: { total: BigInt(row.expected_amount), count: Number(row.expected_count) },
  stored: { total: BigInt(row.stored_amount), count: Number(row.stored_count) },
})

const differences = (userId: string | null) =>
  qb.execute<Found>(
    sql`select user_id, grain, starts_on::text, currency, type, category, expected_amount::text,
               expected_count::text, stored_amount::text, stored_count::text,
               (count(*) over ())::integer found
          from api.check_rollups(${userId}::uuid) limit ${MAX_DIFFERENCES}::integer`,
  )

export function createConsistencyRepository(database: Database) {
  return {
    /** Compares the roll-ups of a scope with the sums of its transactions, in one snapshot. */
    async compare(caller: Caller, scope: Scope): Promise<Comparison> {
      const own = scope.kind === 'own' ? caller.userId : null
      const userId = scope.kind === 'user' ? scope.userId : own
      const byUser = (view: typeof rollupsByUser | typeof allTransactions) =>
        userId === null ? undefined : eq(view.user_id, userId)
      const live = and(byUser(allTransactions), isNull(allTransactions.deleted_at))
      const [, found, [transactions], [rollups]] = await database.read(caller, [
        extendStatementTimeout(),
        differences(userId),
        qb.select({ total: count() }).from(allTransactions).where(live),
        qb.select({ total: count() }).from(rollupsByUser).where(byUser(rollupsByUser)),
      ])
      return {
        transactions: transactions?.total ?? 0,
        rollups: rollups?.total ?? 0,
        differenceCount: found.rows[0]?.found ?? 0,
        differences: found.rows.map(differenceFromRow),
      }
    },
  }
}
