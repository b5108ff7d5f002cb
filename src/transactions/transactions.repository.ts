import { and, asc, count, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../auth/scope.ts'
import { queries, type Caller, type Database } from '../database/client.ts'
import type { TransactionType } from '../database/enums.ts'
import type { CurrencyTotals } from '../money/totals.ts'
import {
  allTransactions,
  ownTransactions,
  type newOwnTransactions,
  type TransactionView,
} from '../database/views.ts'
import {
  matchingRows,
  rowsInScope,
  totalColumns,
  type Rows,
  type TransactionFilter,
} from './transaction-rows.ts'

export type Transaction = typeof ownTransactions.$inferSelect
export type NewTransaction = typeof newOwnTransactions.$inferInsert

export interface TransactionChanges {
  type?: TransactionType | undefined
  /** Face value in ten-thousandths; the database turns it into minor units of the row's currency. */
  amountScaled?: bigint | undefined
  currency?: string | undefined
  category?: string | undefined
  date?: string | undefined
  notes?: string | null | undefined
  externalId?: string | null | undefined
  source?: string | null | undefined
}

export type { CurrencyTotals }

export interface CategoryUse {
  category: string
  type: TransactionType
  count: number
  lastUsed: string
}

export type SortKey = 'date' | 'amount'

export interface Sort {
  key: SortKey
  descending: boolean
}

/** What to list: filtered, sorted, from behind a position, with or without totals. */
export interface ListQuery {
  scope: Scope
  filter: TransactionFilter
  sort: Sort
  take: number
  withTotals: boolean
}

export type TransactionsRepository = ReturnType<typeof createTransactionsRepository>

const keyColumn = (view: TransactionView, key: SortKey) =>
  key === 'date' ? view.date : view.amountScaled

function behind(
  view: TransactionView,
  { key, descending }: Sort,
  position: readonly string[],
): SQL {
  const [value = '', id = ''] = position
  const cast = key === 'date' ? sql`${value}::date` : sql`${value}::bigint`
  const operator = descending ? sql`<` : sql`>`
  return sql`(${keyColumn(view, key)}, ${view.id}) ${operator} (${cast}, ${id}::uuid)`
}

function sorted({ view, where }: Rows, { key, descending }: Sort, take: number) {
  const direction = descending ? desc : asc
  return queries
    .select()
    .from(view)
    .where(where)
    .orderBy(direction(keyColumn(view, key)), direction(view.id))
    .limit(take)
}

const totals = ({ view, where }: Rows) =>
  queries
    .select({ currency: view.currency, ...totalColumns(view) })
    .from(view)
    .where(where)
    .groupBy(view.currency)
    .orderBy(sql`count(*) desc`, view.currency)

const counted = ({ view, where }: Rows) =>
  queries.select({ total: count() }).from(view).where(where)

export function createTransactionsRepository(database: Database) {
  const one = (view: TransactionView, id: string, where?: SQL) =>
    queries
      .select()
      .from(view)
      .where(and(eq(view.id, id), where))

  return {
    /** The rows behind `position`, and the totals of all that match, from one snapshot. */
    async list(caller: Caller, query: ListQuery, position?: readonly string[]) {
      const matching = matchingRows(query.scope, caller.userId, query.filter)
      const { view, where } = matching
      const from = position === undefined ? where : and(where, behind(view, query.sort, position))
      const page = sorted({ view, where: from }, query.sort, query.take)
      if (!query.withTotals) {
        const [rows] = await database.read(caller, [page])
        return { rows, totals: undefined }
      }
      const [rows, sums] = await database.read(caller, [page, totals(matching)])
      return { rows, totals: sums }
    },

    /** The rows of a numbered page, how many match, and their totals, from one snapshot. */
    async page(caller: Caller, query: ListQuery, skip: number) {
      const matching = matchingRows(query.scope, caller.userId, query.filter)
      const page = sorted(matching, query.sort, query.take).offset(skip)
      if (!query.withTotals) {
        const [rows, [found]] = await database.read(caller, [page, counted(matching)])
        return { rows, total: found?.total ?? 0, totals: undefined }
      }
      const [rows, sums] = await database.read(caller, [page, totals(matching)])
      return { rows, total: sums.reduce((sum, { count: n }) => sum + n, 0), totals: sums }
    },

    async find(caller: Caller, id: string, everybodys: boolean, deleted: boolean) {
      const view = everybodys ? allTransactions : ownTransactions
      const [rows] = await database.read(caller, [
        one(view, id, deleted ? undefined : isNull(view.deletedAt)),
      ])
      return rows[0]
    },

    async categories(caller: Caller, scope: Scope): Promise<CategoryUse[]> {
      const { view, where } = rowsInScope(scope, caller.userId)
      const [rows] = await database.read(caller, [
        queries
          .select({
            category: view.category,
            type: view.type,
            count: sql<number>`count(*)`.mapWith(Number),
            lastUsed: sql<string>`max(${view.date})`,
          })
          .from(view)
          .where(where)
          .groupBy(view.category, view.type)
          .orderBy(sql`count(*) desc`, view.category, view.type),
      ])
      return rows
    },
  }
}
