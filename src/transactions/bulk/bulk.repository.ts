import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { scaledToMinor } from '../../lib/money/amounts.ts'
import { bulkResultsFromJson, type OperationResult, type RefusedRow } from './bulk-results.ts'
import { rollupsByUser, userRollups } from '../rollups.views.ts'
import { allTransactions } from '../transactions.views.ts'
import type { NewTransaction, TransactionChanges } from '../transactions.repository.ts'

export type BulkRow =
  | RefusedRow
  | { op: 'create'; data: NewTransaction }
  | { op: 'update'; id: string; version: number | undefined; data: TransactionChanges }
  | { op: 'delete'; id: string; version: number | undefined }

export type BulkRepository = ReturnType<typeof createBulkRepository>

/** A change by column; what is undefined stays as it is. */
const columns = ({ amount, ...rest }: TransactionChanges) => ({
  ...rest,
  amount_scaled: amount?.toString(),
})

const newColumns = ({ amount, ...rest }: NewTransaction) => ({
  ...rest,
  amount_minor: String(scaledToMinor(amount, rest.currency)),
})

function toJson(row: BulkRow): object {
  if (row.op === 'create') return { op: row.op, id: row.data.id, data: newColumns(row.data) }
  return row.op === 'update' ? { ...row, data: columns(row.data) } : row
}

/** What the transactions of the users whom the operations touch add up to. */
function totals(rows: readonly BulkRow[], allUsers: boolean) {
  const view = allUsers ? rollupsByUser : userRollups
  const users = rows.flatMap((row) => (row.op === 'create' ? [row.data.user_id] : []))
  const ids = rows.flatMap((row) => ('id' in row ? [row.id] : []))
  const owners = qb
    .select({ user_id: allTransactions.user_id })
    .from(allTransactions)
    .where(inArray(allTransactions.id, ids))
  const touched = or(
    users.length > 0 ? inArray(view.user_id, [...new Set(users)]) : undefined,
    ids.length > 0 ? inArray(view.user_id, owners) : undefined,
  )
  return qb.execute(
    sql`select currency,
               coalesce(sum(amount) filter (where type = 'income'), 0)::text income,
               coalesce(sum(amount) filter (where type = 'expense'), 0)::text expenses,
               sum(count)::integer count
          from ${view}
         where amount is not null and ${and(eq(view.grain, 'month'), touched ?? eq(sql`1`, 0))}
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
            sql`select api.bulk_transactions(${json}::jsonb, ${atomic}, ${allUsers}) results`,
          ),
        ],
        {
          outcome: 'changed',
          entity: 'bulk',
          json: sql`current_setting('app.bulk_results')::jsonb`,
          totals: () => totals(rows, allUsers),
        },
      )
      return bulkResultsFromJson(result.rows[0]?.results)
    },
  }
}
