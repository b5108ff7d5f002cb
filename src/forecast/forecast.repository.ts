import { gte, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { qb } from '../db/client.ts'
import type { TransactionType } from '../db/enums.ts'
import { addDays } from '../lib/calendar.ts'
import { decisions, latestRows } from '../recurring/recurring.repository.ts'
import { summed, summedRows } from '../transactions/totals.ts'
import type { Timeline } from './timeline.ts'

/** What is forecast of whose transactions. */
export interface ForecastSelection {
  scope: Scope
  callerId: string
  currency?: string | undefined
  byCategory: boolean
}

/** Categories of a currency with a forecast of their own, the largest. */
export const MAX_CATEGORIES = 30
/** With more transactions than these, recurring ones are not looked for. */
const MAX_RECURRING_ROWS = 4000

/** Sums by period in minor units. The category is null for all of a type, or for the others. */
export interface HistoryRow {
  currency: string
  type: TransactionType
  category: string | null
  start: string
  total: bigint
  count: number
}

const columns = {
  currency: sql<string>`placed.currency`,
  type: sql<TransactionType>`placed.type`,
  category: sql<
    string | null
  >`case when placed.place <= ${MAX_CATEGORIES} then placed.category end`,
  start: sql<string>`placed.start`,
  total: sql<bigint>`sum(placed.total)`.mapWith(BigInt),
  count: sql<number>`sum(placed.count)`.mapWith(Number),
}

/** Sums of whole periods and of the current one, from roll-ups. */
function historyOf(selection: ForecastSelection, { interval, whole, current }: Timeline) {
  const { scope, callerId, currency, byCategory } = selection
  const period = { dateFrom: (whole[0] ?? current).from, dateTo: current.to }
  const inMonths = byCategory ? 'categories' : 'months'
  const rows = summedRows(
    scope,
    callerId,
    { currency, ...period },
    interval === 'week' ? 'days' : inMonths,
  )
  const start = sql`date_trunc(${sql.raw(`'${interval}'`)}, ${summed.startsOn}::timestamp)::date`
  const category = byCategory ? summed.category : sql`null::text`
  const sums = sql`select ${summed.currency}, ${summed.type}, ${category} category, ${start} start,
      sum(summed.amount) total, sum(summed.count) count
    from ${rows} group by 1, 2, 3, 4`
  const sized = sql`select sums.*,
      sum(total) over (partition by currency, type, category) size from (${sums}) sums`
  const placed = sql`select sized.*,
      dense_rank() over (partition by currency order by size desc, type, category) place
    from (${sized}) sized`
  return qb
    .select(columns)
    .from(sql`(${placed}) placed`)
    .groupBy(columns.currency, columns.type, sql`3`, columns.start)
    .orderBy(columns.currency, columns.type, sql`3`, columns.start)
}

/** Sums of everything before the current period. */
function openingOf({ scope, callerId, currency }: ForecastSelection, { current }: Timeline) {
  const filter = { currency, dateTo: addDays(current.start, -1) }
  return qb
    .select({
      currency: summed.currency,
      type: summed.type,
      total: summed.total,
      count: summed.count,
    })
    .from(summedRows(scope, callerId, filter, 'months'))
    .groupBy(summed.currency, summed.type)
}

/** The number of transactions in which recurring ones would be looked for. */
function recurringCount({ scope, callerId }: ForecastSelection, timeline: Timeline): SQL {
  const period = { dateFrom: timeline.recurringFrom, dateTo: timeline.current.to }
  const rows = summedRows(scope, callerId, period, 'days')
  return sql`(select coalesce(sum(summed.count), 0) from ${rows})`
}

/** Queries of a forecast, to be run in one batch. */
export function forecastQueries(selection: ForecastSelection, timeline: Timeline) {
  const { scope, callerId } = selection
  const period = { dateFrom: timeline.recurringFrom, dateTo: timeline.today }
  const rows = latestRows(scope, callerId, period).as('recent_rows')
  return {
    history: historyOf(selection, timeline),
    opening: openingOf(selection, timeline),
    // Counted by roll-ups first, so that a large account does not read rows in vain.
    payments: qb
      .select()
      .from(rows)
      .where(gte(sql`${MAX_RECURRING_ROWS}::bigint`, recurringCount(selection, timeline))),
    decisions: decisions(scope),
  }
}

type Queries = ReturnType<typeof forecastQueries>
export type ForecastRows = { [Name in keyof Queries]: Awaited<Queries[Name]> }
