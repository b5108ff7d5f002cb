import { and, between, eq, gte, inArray, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import type { Period } from '../lib/calendar.ts'
import { exactFilters, type FilterValues } from '../db/record.ts'
import { transactionFields } from './transaction.fields.ts'
import { allTransactions, ownTransactions, type TransactionView } from './transactions.views.ts'

export type DeletedFilter = 'exclude' | 'include' | 'only'

export interface TransactionFilter extends FilterValues<typeof transactionFields> {
  dateFrom?: string | undefined
  dateTo?: string | undefined
  categories?: string[] | undefined
  /** Face values in ten-thousandths, whatever the currency. */
  minAmount?: bigint | undefined
  maxAmount?: bigint | undefined
  /** Part of the notes or of the category, whatever its case. */
  q?: string | undefined
  deleted?: DeletedFilter | undefined
}

/** A view and the condition for what is asked for. */
export interface Rows {
  view: TransactionView
  where: SQL | undefined
}

const deletedCondition = (view: TransactionView, deleted: DeletedFilter) => {
  if (deleted === 'include') return undefined
  return deleted === 'only' ? isNotNull(view.deleted_at) : isNull(view.deleted_at)
}

/** The view through which a scope is seen. Own rows have a view that needs no condition at all. */
export function rowsInScope(
  scope: Scope,
  callerId: string,
  deleted: DeletedFilter = 'exclude',
): Rows {
  if (scope.kind === 'own' && deleted === 'exclude') {
    return { view: ownTransactions, where: undefined }
  }
  const view = allTransactions
  const userId = scope.kind === 'user' ? scope.userId : callerId
  const owner = scope.kind === 'all' ? undefined : eq(view.user_id, userId)
  return { view, where: and(owner, deletedCondition(view, deleted)) }
}

/** Rows of a scope that match a filter, but for its search: that is for `searchRows`. */
export function matchingRows(scope: Scope, callerId: string, filter: TransactionFilter): Rows {
  const { view, where } = rowsInScope(scope, callerId, filter.deleted)
  const { dateFrom, dateTo, categories, minAmount, maxAmount } = filter
  return {
    view,
    where: and(
      where,
      dateFrom === undefined ? undefined : gte(view.date, dateFrom),
      dateTo === undefined ? undefined : lte(view.date, dateTo),
      categories === undefined ? undefined : inArray(view.category, categories),
      minAmount === undefined ? undefined : gte(view.amount, minAmount),
      maxAmount === undefined ? undefined : lte(view.amount, maxAmount),
      ...exactFilters(transactionFields, view, filter),
    ),
  }
}

export function inPeriod(view: TransactionView, { dateFrom, dateTo }: Period): SQL {
  return between(view.date, dateFrom, dateTo)
}

/** Sums of minor units by type, as bigints; for queries that group by currency. */
export const totalColumns = (view: TransactionView) => ({
  income:
    sql<bigint>`coalesce(sum(${view.amount_minor}) filter (where ${view.type} = 'income'), 0)`.mapWith(
      BigInt,
    ),
  expenses:
    sql<bigint>`coalesce(sum(${view.amount_minor}) filter (where ${view.type} = 'expense'), 0)`.mapWith(
      BigInt,
    ),
  count: sql<number>`count(*)`.mapWith(Number),
})
