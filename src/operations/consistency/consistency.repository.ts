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

export type RecordDifferenceKind = 'altered' | 'unrecorded' | 'removed'

/** A record that is not as the audit log says. */
export interface RecordDifference {
  user_id: string
  entity: string
  entity_id: string
  difference: RecordDifferenceKind
  /** The columns that differ. */
  fields: string[]
}

/** Where a check of records continues: a step of api.check_records, and a key in it. */
export interface RecordPosition {
  step: string
  after: string | null
}

/** A part of the records, compared with the audit log. */
export interface RecordComparison {
  checked: number
  differenceCount: number
  /** The first of them. */
  differences: RecordDifference[]
  next: RecordPosition | undefined
}

export type ConsistencyRepository = ReturnType<typeof createConsistencyRepository>

const MAX_DIFFERENCES = 100
/** Rows of tables and of the audit log in one request: a second or two. */
const RECORDS_PER_REQUEST = 20_000

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

interface FoundRecords extends Record<string, unknown> {
  checked: number
  found: number
  differences: RecordDifference[]
  next_step: string | null
  next_after: string | null
}

const records = (userId: string | null, from?: RecordPosition) =>
  qb.execute<FoundRecords>(
    sql`select checked, jsonb_array_length(differences) found,
               jsonb_path_query_array(differences, ${`$[0 to ${MAX_DIFFERENCES - 1}]`}::jsonpath)
                 differences,
               next_step, next_after
          from api.check_records(${userId}::uuid, ${from?.step ?? null}, ${from?.after ?? null},
                                 ${RECORDS_PER_REQUEST}::integer)`,
  )

function recordComparison([found]: FoundRecords[]): RecordComparison {
  if (!found) throw new Error('api.check_records returned no row')
  const { checked, found: differenceCount, differences: first, next_step, next_after } = found
  return {
    checked,
    differenceCount,
    differences: first,
    next: next_step === null ? undefined : { step: next_step, after: next_after },
  }
}

const ownerOf = (caller: Caller, scope: Scope) => {
  if (scope.kind === 'all') return null
  return scope.kind === 'user' ? scope.userId : caller.userId
}

export function createConsistencyRepository(database: Database) {
  return {
    /** Compares more records with the audit log. */
    async continueRecords(
      caller: Caller,
      scope: Scope,
      from: RecordPosition,
    ): Promise<RecordComparison> {
      const [, found] = await database.read(caller, [
        extendStatementTimeout(),
        records(ownerOf(caller, scope), from),
      ])
      return recordComparison(found.rows)
    },

    /**
     * Compares the roll-ups of a scope with the sums of its transactions, and the first records with
     * the audit log, in one snapshot.
     */
    async compare(
      caller: Caller,
      scope: Scope,
    ): Promise<Comparison & { records: RecordComparison }> {
      const userId = ownerOf(caller, scope)
      const byUser = (view: typeof rollupsByUser | typeof allTransactions) =>
        userId === null ? undefined : eq(view.user_id, userId)
      const live = and(byUser(allTransactions), isNull(allTransactions.deleted_at))
      const [, found, [transactions], [rollups], checked] = await database.read(caller, [
        extendStatementTimeout(),
        differences(userId),
        qb.select({ total: count() }).from(allTransactions).where(live),
        qb.select({ total: count() }).from(rollupsByUser).where(byUser(rollupsByUser)),
        records(userId),
      ])
      return {
        transactions: transactions?.total ?? 0,
        rollups: rollups?.total ?? 0,
        differenceCount: found.rows[0]?.found ?? 0,
        differences: found.rows.map(differenceFromRow),
        records: recordComparison(checked.rows),
      }
    },
  }
}
