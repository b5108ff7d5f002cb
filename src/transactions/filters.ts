import { and, between, eq, gte, inArray, isNotNull, isNull, lte, sql, type SQL } from 'drizzle-orm'
import { can } from '../access/permissions.ts'
import type { Scope } from '../access/scope.ts'
import type { Role } from '../db/enums.ts'
import { AppError } from '../lib/errors.ts'
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
  /** Only rows that were changed at this instant or later. */
  updatedSince?: string | undefined
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

/** @throws AppError `forbidden` */
export function checkDeletedAccess(role: Role, deleted: DeletedFilter): void {
  if (deleted !== 'exclude' && !can(role, 'transactions:read_deleted')) {
    throw new AppError('forbidden', { detail: 'Your role cannot read deleted transactions.' })
  }
}

/**
 * A filter as the role may use it. A synchronization finds deleted rows too, unless it says otherwise,
 * because a client must delete its copies.
 * @throws AppError `forbidden`
 */
export function permittedFilter(role: Role, filter: TransactionFilter): TransactionFilter {
  checkDeletedAccess(role, filter.deleted ?? 'exclude')
  const isSynchronization = filter.updatedSince !== undefined && filter.deleted === undefined
  const seesDeleted = isSynchronization && can(role, 'transactions:read_deleted')
  return seesDeleted ? { ...filter, deleted: 'include' } : filter
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
  const { dateFrom, dateTo, categories, minAmount, maxAmount, updatedSince } = filter
  return {
    view,
    where: and(
      where,
      dateFrom === undefined ? undefined : gte(view.date, dateFrom),
      dateTo === undefined ? undefined : lte(view.date, dateTo),
      categories === undefined ? undefined : inArray(view.category, categories),
      minAmount === undefined ? undefined : gte(view.amount, minAmount),
      maxAmount === undefined ? undefined : lte(view.amount, maxAmount),
      updatedSince === undefined
        ? undefined
        : sql`${view.updated_at} >= ${updatedSince}::timestamptz`,
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
