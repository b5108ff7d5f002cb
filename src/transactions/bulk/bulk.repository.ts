import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { allRollups, allTransactions, ownRollups } from '../../db/views.ts'
import { bulkResultsFromJson, type OperationResult, type RefusedRow } from './bulk-results.ts'
import type { NewTransaction, TransactionChanges } from '../transactions.repository.ts'

export type BulkRow =
  | RefusedRow
  | { op: 'create'; data: NewTransaction }
  | { op: 'update'; id: string; version: number | undefined; data: TransactionChanges }
  | { op: 'delete'; id: string; version: number | undefined }

export type BulkRepository = ReturnType<typeof createBulkRepository>

/** Columns by their names in the database; what is undefined stays as it is. */
const columns = ({ externalId, amountScaled, ...rest }: TransactionChanges) => ({
  ...rest,
  external_id: externalId,
  amount_scaled: amountScaled?.toString(),
})

const newColumns = ({ userId, amountMinor, externalId, ...rest }: NewTransaction) => ({
  ...rest,
  user_id: userId,
  amount_minor: amountMinor.toString(),
  external_id: externalId,
})

function toJson(row: BulkRow): object {
  if (row.op === 'create') return { op: row.op, id: row.data.id, data: newColumns(row.data) }
  return row.op === 'update' ? { ...row, data: columns(row.data) } : row
}

/** What the books add up to that the operations touch. */
function affectedTotals(rows: readonly BulkRow[], allUsers: boolean) {
  const view = allUsers ? allRollups : ownRollups
  const users = rows.flatMap((row) => (row.op === 'create' ? [row.data.userId] : []))
  const ids = rows.flatMap((row) => ('id' in row ? [row.id] : []))
  const owners = qb
    .select({ userId: allTransactions.userId })
    .from(allTransactions)
    .where(inArray(allTransactions.id, ids))
  const touched = or(
    users.length > 0 ? inArray(view.userId, [...new Set(users)]) : undefined,
    ids.length > 0 ? inArray(view.userId, owners) : undefined,
  )
  return qb.execute(
    sql`select currency,
               coalesce(sum(amount) filter (where type = 'income'), 0)::text income,
               coalesce(sum(amount) filter (where type = 'expense'), 0)::text expenses,
               sum(count)::integer count
          from ${view} where ${and(eq(view.grain, 'month'), touched ?? eq(sql`1`, 0))}
         group by currency order by currency`,
  )
}

export function createBulkRepository(database: Database) {
  return {
    /**
     * Does operations on distinct transactions, and says what became of each, in their order.
     * @throws AppError `bulk_failed` where one fails and they are to be done whole or not at all
     */
    async apply(
      caller: Caller,
      rows: readonly BulkRow[],
      { atomic, allUsers }: { atomic: boolean; allUsers: boolean },
    ): Promise<OperationResult[]> {
      const json = JSON.stringify(rows.map(toJson))
      const [result] = await database.write(
        caller,
        [
          qb.execute<{ results: unknown }>(
            sql`select app.bulk_transactions(${json}::jsonb, ${atomic}, ${allUsers}) results`,
          ),
        ],
        {
          outcome: 'changed',
          entity: 'bulk',
          id: null,
          totals: () => affectedTotals(rows, allUsers),
        },
      )
      return bulkResultsFromJson(result.rows[0]?.results)
    },
  }
}
