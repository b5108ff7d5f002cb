import { can } from '../access/permissions.ts'
import { resolveScope, type Scope, type ScopeRequest } from '../access/scope.ts'
import type { Caller } from '../db/client.ts'
import { AppError } from '../lib/errors.ts'
import type { Cursors } from '../lib/pagination/cursor.ts'
import {
  checkPageRequest,
  cursorPage,
  numberedPage,
  type Page,
  type PageRequest,
} from '../lib/pagination/pages.ts'
import { newTransaction, type TransactionInput } from './new-transaction.ts'
import type { TransactionWritesRepository } from './transaction-writes.repository.ts'
import { checkDeletedAccess, permittedFilter, type TransactionFilter } from './filters.ts'
import type {
  CategoryUse,
  CurrencyTotals,
  ListQuery,
  Sort,
  Transaction,
  TransactionChanges,
  TransactionsRepository,
} from './transactions.repository.ts'

/** Versions that the caller may have seen; undefined for any. */
type Versions = readonly number[] | undefined

export interface ListRequest extends ScopeRequest, PageRequest {
  filter: TransactionFilter
  sort: Sort
  withTotals: boolean
}

export interface TransactionList {
  scope: Scope
  page: Page<Transaction>
  totals: CurrencyTotals[] | undefined
}

export type TransactionsService = ReturnType<typeof createTransactionsService>

const found = (transaction: Transaction | undefined): Transaction => {
  if (!transaction) throw new AppError('not_found', { detail: 'No such transaction.' })
  return transaction
}

/** The database refuses to sort by a field that is masked, which would be null. */
const keyOf = (sort: Sort) => (row: Transaction) => [String(row[sort.key]), row.id]

/** Everything that decides which rows a list has and in which order, in a form that can be signed. */
const fingerprint = (caller: Caller, { scope, filter, sort }: ListQuery) => [
  'transactions',
  caller.userId,
  scope,
  sort,
  Object.entries(filter)
    .map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'bigint' ? value.toString() : value,
    ])
    .filter(([, value]) => value !== undefined),
]

export function createTransactionsService(
  transactions: TransactionsRepository,
  writes: TransactionWritesRepository,
  cursors: Cursors,
) {
  return {
    async list(caller: Caller, request: ListRequest): Promise<TransactionList> {
      checkPageRequest(request)
      const { sort, withTotals, limit, page, cursor } = request
      const filter = permittedFilter(caller.role, request.filter)
      const scope = resolveScope(caller, request)
      if (page !== undefined) {
        const query = { scope, filter, sort, withTotals, take: limit + 1 }
        const { totals, ...result } = await transactions.page(caller, query, (page - 1) * limit)
        return { scope, page: numberedPage(result, page, limit), totals }
      }
      const query = { scope, filter, sort, withTotals, take: limit + 1 }
      const list = fingerprint(caller, query)
      const position = cursor === undefined ? undefined : await cursors.read(list, cursor)
      const { rows, totals } = await transactions.list(caller, query, position)
      return { scope, page: await cursorPage(cursors, list, rows, limit, keyOf(sort)), totals }
    },

    async read(caller: Caller, id: string, deleted: boolean): Promise<Transaction> {
      checkDeletedAccess(caller.role, deleted ? 'include' : 'exclude')
      return found(
        await transactions.find(caller, id, can(caller.role, 'transactions:read_all'), deleted),
      )
    },

    async create(caller: Caller, input: TransactionInput): Promise<Transaction> {
      const anyUser = can(caller.role, 'transactions:create_for_others')
      return writes.create(caller, newTransaction(caller, input), anyUser)
    },

    /** @throws AppError `not_found`, or `precondition_failed` where it has none of the versions */
    async update(
      caller: Caller,
      id: string,
      versions: Versions,
      changes: TransactionChanges,
    ): Promise<Transaction> {
      return found(await writes.update(caller, id, versions, changes))
    },

    /** @throws AppError `not_found`, or `precondition_failed` where it has none of the versions */
    async delete(caller: Caller, id: string, versions: Versions): Promise<void> {
      found(await writes.softDelete(caller, id, versions))
    },

    /**
     * Restoring a transaction that is not deleted changes nothing.
     * @throws AppError `not_found`, or `precondition_failed` where it has none of the versions
     */
    async restore(caller: Caller, id: string, versions: Versions): Promise<Transaction> {
      try {
        return await writes.restore(caller, id, versions)
      } catch (error) {
        const nothingRestored = error instanceof AppError && error.code === 'not_found'
        // The current state is read for the response; that read tells whether the row exists.
        throw nothingRestored && versions ? new AppError('precondition_failed') : error
      }
    },

    async categories(caller: Caller, request: ScopeRequest) {
      const scope = resolveScope(caller, request)
      const categories: CategoryUse[] = await transactions.categories(caller, scope)
      return { scope, categories }
    },
  }
}
