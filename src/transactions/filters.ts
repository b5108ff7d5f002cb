import { and, between, eq, gte, inArray, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import type { Period } from '../lib/calendar.ts'
import type { TransactionType } from '../db/enums.ts'
import { allTransactions, ownTransactions, type TransactionView } from '../db/views.ts'

export type DeletedFilter = 'exclude' | 'include' | 'only'

export interface TransactionFilter {
  dateFrom?: string | undefined
  dateTo?: string | undefined
  categories?: string[] | undefined
  type?: TransactionType | undefined
  currency?: string | undefined
  /** Face values in ten-thousandths, whatever the currency. */
  minAmount?: bigint | undefined
  maxAmount?: bigint | undefined
  /** Part of the notes or of the category, whatever its case. */
  q?: string | undefined
  externalId?: string | undefined
  source?: string | undefined
  deleted?: DeletedFilter | undefined
}

/** A view and the condition for what is asked for. */
export interface Rows {
  view: TransactionView
  where: SQL | undefined
}

const deletedCondition = (view: TransactionView, deleted: DeletedFilter) => {
  if (deleted === 'include') return undefined
  return deleted === 'only' ? isNotNull(view.deletedAt) : isNull(view.deletedAt)
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
  const owner = scope.kind === 'all' ? undefined : eq(view.userId, userId)
  return { view, where: and(owner, deletedCondition(view, deleted)) }
}

/** Rows of a scope that match a filter, but for its search: that is for `searchRows`. */
export function matchingRows(scope: Scope, callerId: string, filter: TransactionFilter): Rows {
  const { view, where } = rowsInScope(scope, callerId, filter.deleted)
  const { dateFrom, dateTo, categories, type, currency, minAmount, maxAmount } = filter
  const { externalId, source } = filter
  return {
    view,
    where: and(
      where,
      dateFrom === undefined ? undefined : gte(view.date, dateFrom),
      dateTo === undefined ? undefined : lte(view.date, dateTo),
      categories === undefined ? undefined : inArray(view.category, categories),
      type === undefined ? undefined : eq(view.type, type),
      currency === undefined ? undefined : eq(view.currency, currency),
      minAmount === undefined ? undefined : gte(view.amountScaled, minAmount),
      maxAmount === undefined ? undefined : lte(view.amountScaled, maxAmount),
      externalId === undefined ? undefined : eq(view.externalId, externalId),
      source === undefined ? undefined : eq(view.source, source),
    ),
  }
}

export function inPeriod(view: TransactionView, { dateFrom, dateTo }: Period): SQL {
  return between(view.date, dateFrom, dateTo)
}

/** Sums of minor units by type, as bigints; for queries that group by currency. */
export const totalColumns = (view: TransactionView) => ({
  income:
    sql<bigint>`coalesce(sum(${view.amountMinor}) filter (where ${view.type} = 'income'), 0)`.mapWith(
      BigInt,
    ),
  expenses:
    sql<bigint>`coalesce(sum(${view.amountMinor}) filter (where ${view.type} = 'expense'), 0)`.mapWith(
      BigInt,
    ),
  count: sql<number>`count(*)`.mapWith(Number),
})
