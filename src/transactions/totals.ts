import { and, eq, gte, inArray, lte, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { splitByMonths } from '../lib/calendar.ts'
import type { RollupGrain, TransactionType } from '../db/enums.ts'
import { rollupsByUser, userRollups, rollupsTotal, type RollupView } from './rollups.views.ts'
import type { TransactionView } from './transactions.views.ts'
import { matchingRows, type TransactionFilter } from './filters.ts'

/*
 * Sums of transactions without reading them: whole months come from the roll-ups of months, the days
 * at broken ends from those of days. With totals by category, such days come from the rows
 * themselves, by an index that has all that is needed.
 */

/** Filters that roll-ups support. Others need the rows. */
const rolledUp = ['dateFrom', 'dateTo', 'categories', 'type', 'currency'] as const
const ROLLED_UP: ReadonlySet<string> = new Set(rolledUp)

export type RolledUpFilter = Pick<TransactionFilter, (typeof rolledUp)[number]>

export function isRolledUp(filter: TransactionFilter): boolean {
  const { deleted = 'exclude', ...rest } = filter
  return (
    deleted === 'exclude' &&
    Object.entries(rest).every(([name, value]) => value === undefined || ROLLED_UP.has(name))
  )
}

/** What sums are grouped by, besides the currency. */
export type Detail = 'days' | 'months' | 'categories' | 'users'

/** The columns of `summedRows`: a row is a day or a month, with the first day of it. */
export const summed = {
  userId: sql<string>`summed.user_id`,
  startsOn: sql<string>`summed.starts_on`,
  currency: sql<string>`summed.currency`,
  type: sql<TransactionType>`summed.type`,
  category: sql<string>`summed.category`,
  total: sql<bigint>`sum(summed.amount)`.mapWith(BigInt),
  count: sql<number>`sum(summed.count)`.mapWith(Number),
}

/** Sums of minor units by type, as bigints; for queries that group by currency. */
export const summedTotals = {
  income:
    sql<bigint>`coalesce(sum(summed.amount) filter (where summed.type = 'income'), 0)`.mapWith(
      BigInt,
    ),
  expenses:
    sql<bigint>`coalesce(sum(summed.amount) filter (where summed.type = 'expense'), 0)`.mapWith(
      BigInt,
    ),
  count: summed.count,
}

type Source = RollupView | TransactionView
type Value =
  SQL | RollupView['amount' | 'count' | 'starts_on'] | TransactionView['amount_minor' | 'date']

const NO_USER = sql`null::uuid`

const part = (view: Source, startsOn: Value, amount: Value, count: Value, where: SQL | undefined) =>
  sql`select ${'user_id' in view ? view.user_id : NO_USER}, ${startsOn}, ${view.currency}, ${view.type}, ${view.category},
             ${amount}, ${count} from ${view} where ${where ?? sql`true`}`

function rollupPart(
  scope: Scope,
  view: RollupView,
  grain: RollupGrain,
  filter: RolledUpFilter,
): SQL {
  const { dateFrom, dateTo, categories, type, currency } = filter
  const where = and(
    scope.kind === 'user' && 'user_id' in view ? eq(view.user_id, scope.userId) : undefined,
    eq(view.grain, grain),
    dateFrom === undefined ? undefined : gte(view.starts_on, dateFrom),
    dateTo === undefined ? undefined : lte(view.starts_on, dateTo),
    categories === undefined ? undefined : inArray(view.category, categories),
    type === undefined ? undefined : eq(view.type, type),
    currency === undefined ? undefined : eq(view.currency, currency),
  )
  return part(view, view.starts_on, view.amount, view.count, where)
}

/** Days that make up no month, row by row in the form of roll-ups. */
function rowPart(scope: Scope, callerId: string, filter: RolledUpFilter): SQL {
  const { view, where } = matchingRows(scope, callerId, filter)
  return part(view, view.date, view.amount_minor, sql`1`, where)
}

/** A table of sums of all rows that match, for the FROM of a query on the columns of `summed`. */
export function summedRows(
  scope: Scope,
  callerId: string,
  filter: RolledUpFilter,
  detail: Detail,
): SQL {
  const byCategory = detail === 'categories' || filter.categories !== undefined
  const { months, days } =
    detail === 'days' ? { months: undefined, days: [filter] } : splitByMonths(filter)
  const shared = detail === 'users' ? rollupsByUser : rollupsTotal
  const view = { own: userRollups, user: rollupsByUser, all: shared }[scope.kind]
  const grain = byCategory ? 'category' : 'month'
  const parts = [
    ...(months ? [rollupPart(scope, view, grain, { ...filter, ...months })] : []),
    ...days.map((range) =>
      byCategory
        ? rowPart(scope, callerId, { ...filter, ...range })
        : rollupPart(scope, view, 'day', { ...filter, ...range }),
    ),
  ]
  const columns = sql`(user_id, starts_on, currency, type, category, amount, count)`
  return sql`(${sql.join(parts, sql` union all `)}) summed ${columns}`
}
