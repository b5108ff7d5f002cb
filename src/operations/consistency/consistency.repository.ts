import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { Scope } from '../../access/scope.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { RollupGrain, TransactionType } from '../../db/enums.ts'
import { extendStatementTimeout } from '../../db/statement-timeout.ts'
import { allRollups, allTransactions } from '../../db/views.ts'

/** A sum of minor units, and of how many transactions. */
export interface Sum {
  total: bigint
  count: number
}

/** A roll-up that is not what the transactions add up to. */
export interface Difference {
  /** Null where it is of the whole book. */
  userId: string | null
  grain: RollupGrain
  startsOn: string
  currency: string
  type: TransactionType
  category: string | null
  expected: Sum
  kept: Sum
}

export interface Comparison {
  /** Transactions and roll-ups that were compared. */
  transactions: number
  rollups: number
  differenceCount: number
  /** The first of them. */
  differences: Difference[]
}

export type ConsistencyRepository = ReturnType<typeof createConsistencyRepository>

const MAX_DIFFERENCES = 100

interface Found extends Record<string, unknown> {
  /** Null for the whole book. */
  user_id: string | null
  grain: RollupGrain
  starts_on: string
  currency: string
  type: TransactionType
  category: string
  expected_amount: string
  expected_count: string
  kept_amount: string
  kept_count: string
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
  kept: { total: BigInt(row.kept_amount), count: Number(row.kept_count) },
})

const differences = (userId: string | null) =>
  qb.execute<Found>(
    sql`select user_id, grain, starts_on::text, currency, type, category, expected_amount::text,
               expected_count::text, kept_amount::text, kept_count::text,
               (count(*) over ())::integer found
          from app.check_rollups(${userId}::uuid) limit ${MAX_DIFFERENCES}::integer`,
  )

export function createConsistencyRepository(database: Database) {
  return {
    /** Adds up the transactions of a scope and holds the roll-ups against them, in one snapshot. */
    async compare(caller: Caller, scope: Scope): Promise<Comparison> {
      const own = scope.kind === 'own' ? caller.userId : null
      const userId = scope.kind === 'user' ? scope.userId : own
      const byUser = (view: typeof allRollups | typeof allTransactions) =>
        userId === null ? undefined : eq(view.userId, userId)
      const live = and(byUser(allTransactions), isNull(allTransactions.deletedAt))
      const [, found, [transactions], [rollups]] = await database.read(caller, [
        extendStatementTimeout(),
        differences(userId),
        qb.select({ total: count() }).from(allTransactions).where(live),
        qb.select({ total: count() }).from(allRollups).where(byUser(allRollups)),
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
