import { and, asc, desc, eq, gte, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { qb, type Caller, type Database } from '../db/client.ts'
import { needs } from '../db/masking.ts'
import { boundedCount, toBoundedTotal } from '../db/bounded-count.ts'
import type { TransactionType } from '../db/enums.ts'
import type { NewRecord, Patch } from '../db/record.ts'
import type { CurrencyTotals } from '../lib/money/totals.ts'
import { usesOf } from './masked-fields.ts'
import { searchRows, withSearch, type Order } from './search.ts'
import { isRolledUp, summed, summedRows, summedTotals } from './totals.ts'
import {
  matchingRows,
  rowsInScope,
  totalColumns,
  type Rows,
  type TransactionFilter,
} from './filters.ts'
import type { transactionFields } from './transaction.fields.ts'
import { allTransactions, ownTransactions, type TransactionView } from './transactions.views.ts'

export type Transaction = typeof ownTransactions.$inferSelect
/** A transaction to insert. */
export type NewTransaction = NewRecord<typeof transactionFields> & { id: string; user_id: string }
export type TransactionChanges = Patch<typeof transactionFields>

export type { CurrencyTotals }

export interface CategoryUse {
  category: string
  type: TransactionType
  count: number
  lastUsed: string
}

export type Sort = Order

/** What to list: filtered, sorted, from behind a position, with or without totals. */
export interface ListQuery {
  scope: Scope
  filter: TransactionFilter
  sort: Sort
  take: number
  withTotals: boolean
}

export type TransactionsRepository = ReturnType<typeof createTransactionsRepository>

const sortTypes: Record<Sort['key'], SQL> = {
  date: sql`date`,
  amount: sql`bigint`,
  updated_at: sql`timestamptz`,
}

function behind(view: TransactionView, sort: Sort, position: readonly string[]): SQL {
  const [value = '', id = ''] = position
  const operator = sort.descending ? sql`<` : sql`>`
  return sql`(${view[sort.key]}, ${view.id}) ${operator} (${value}::${sortTypes[sort.key]}, ${id}::uuid)`
}

function sorted({ view, where }: Rows, sort: Sort, take: number) {
  const direction = sort.descending ? desc : asc
  return qb
    .select()
    .from(view)
    .where(where)
    .orderBy(direction(view[sort.key]), direction(view.id))
    .limit(take)
}

/** From the roll-ups where they know it, else from the rows; exact in both cases. */
function totals({ scope, filter }: ListQuery, callerId: string) {
  if (isRolledUp(filter)) {
    return qb
      .select({ currency: summed.currency, ...summedTotals })
      .from(summedRows(scope, callerId, filter, 'months'))
      .groupBy(summed.currency)
      .orderBy(desc(summed.count), summed.currency)
  }
  const { view, where } = withSearch(matchingRows(scope, callerId, filter), filter.q)
  return qb
    .select({ currency: view.currency, ...totalColumns(view) })
    .from(view)
    .where(where)
    .groupBy(view.currency)
    .orderBy(sql`count(*) desc`, view.currency)
}

/** How many the roll-ups say there are. */
function countedByRollups({ scope, filter }: ListQuery, callerId: string) {
  const total = sql<number>`coalesce(sum(summed.count), 0)`.mapWith(Number)
  return qb.select({ total }).from(summedRows(scope, callerId, filter, 'months'))
}

/** How many there are; counted row by row up to a limit where roll-ups do not know. */
function counted(query: ListQuery, callerId: string) {
  const { scope, filter } = query
  if (isRolledUp(filter)) return countedByRollups(query, callerId)
  const { view, where } = withSearch(matchingRows(scope, callerId, filter), filter.q)
  const all = qb
    .select({ one: sql`1`.as('one') })
    .from(view)
    .where(where)
  return boundedCount(all.$dynamic())
}

/** How many rows a page of a search may skip and still be found the way the first page is. */
const MAX_SEARCH_SKIP = 10_000

/** The rows of a numbered page. Those before it are passed over in the index, and none is read. */
function numbered(matching: Rows, { filter: { q }, sort, take }: ListQuery, skip: number) {
  if (q !== undefined && skip <= MAX_SEARCH_SKIP) {
    return searchRows(matching, q, sort, skip + take).offset(skip)
  }
  const { view, where } = withSearch(matching, q)
  if (skip === 0) return sorted({ view, where }, sort, take)
  const direction = sort.descending ? desc : asc
  const ids = qb
    .select({ id: view.id })
    .from(view)
    .where(where)
    .orderBy(direction(view[sort.key]), direction(view.id))
    .limit(take)
    .offset(skip)
  return sorted({ view, where: inArray(view.id, ids) }, sort, take)
}

/** The day of the last use is looked up by index, in the month that the roll-ups say. */
function usedCategories(scope: Scope, callerId: string) {
  const { view, where } = rowsInScope(scope, callerId)
  const used = qb
    .select({
      category: summed.category.as('used_category'),
      type: summed.type.as('used_type'),
      count: sql`sum(summed.count)`.mapWith(Number).as('uses'),
      month: sql<string>`max(summed.starts_on)`.as('used_month'),
    })
    .from(summedRows(scope, callerId, {}, 'categories'))
    .groupBy(summed.category, summed.type)
    .as('used')
  const inMonth = and(eq(view.category, used.category), gte(view.date, used.month))
  const last = qb
    .select({ date: view.date })
    .from(view)
    .where(and(where, inMonth, eq(view.type, used.type)))
    .orderBy(desc(view.date))
    .limit(1)
  return qb
    .select({
      category: used.category,
      type: used.type,
      count: used.count,
      lastUsed: sql<string>`(${last})`,
    })
    .from(used)
    .orderBy(desc(used.count), used.category, used.type)
}

export function createTransactionsRepository(database: Database) {
  const one = (view: TransactionView, id: string, where?: SQL) =>
    qb
      .select()
      .from(view)
      .where(and(eq(view.id, id), where))

  return {
    /** The rows behind `position`, and the totals of all that match, from one snapshot. */
    async list(caller: Caller, query: ListQuery, position?: readonly string[]) {
      const { scope, filter, sort, take } = query
      const { view, where } = matchingRows(scope, caller.userId, filter)
      const from = position === undefined ? where : and(where, behind(view, sort, position))
      const rows = { view, where: from }
      const page =
        filter.q === undefined ? sorted(rows, sort, take) : searchRows(rows, filter.q, sort, take)
      return database.readNamed(
        caller,
        { rows: page, totals: query.withTotals ? totals(query, caller.userId) : undefined },
        usesOf(filter, sort, query.withTotals),
      )
    },

    /**
     * The rows of a numbered page, how many match, and their totals, from one snapshot. Without
     * totals, a number that roll-ups do not know is exact up to a limit.
     */
    async page(caller: Caller, query: ListQuery, skip: number) {
      const { scope, filter, sort, withTotals } = query
      const { view, where } = matchingRows(scope, caller.userId, filter)
      const rolledUp = isRolledUp(filter)
      // Behind the last page nothing has to be passed over.
      const within =
        rolledUp && skip > 0
          ? sql`(${countedByRollups(query, caller.userId)}) > ${skip}::bigint`
          : undefined
      const found = await database.readNamed(
        caller,
        {
          rows: numbered({ view, where: and(where, within) }, query, skip),
          totals: withTotals ? totals(query, caller.userId) : undefined,
          counted: withTotals ? undefined : counted(query, caller.userId),
        },
        usesOf(filter, sort, withTotals),
      )
      const { rows } = found
      if (found.totals) {
        const total = found.totals.reduce((sum, each) => sum + each.count, 0)
        return { rows, total, totalIsExact: true, totals: found.totals }
      }
      const total = found.counted?.[0]?.total ?? 0
      const count = rolledUp ? { total, totalIsExact: true } : toBoundedTotal(total)
      return { rows, ...count, totals: undefined }
    },

    async find(caller: Caller, id: string, allUsers: boolean, deleted: boolean) {
      const view = allUsers ? allTransactions : ownTransactions
      const [rows] = await database.read(caller, [
        one(view, id, deleted ? undefined : isNull(view.deleted_at)),
      ])
      return rows[0]
    },

    async categories(caller: Caller, scope: Scope): Promise<CategoryUse[]> {
      const [rows] = await database.read(
        caller,
        [usedCategories(scope, caller.userId)],
        needs('category'),
      )
      return rows
    },
  }
}
