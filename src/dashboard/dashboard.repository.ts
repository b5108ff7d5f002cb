import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../auth/scope.ts'
import { queries, type Caller, type Database } from '../database/client.ts'
import { allUsers } from '../database/views.ts'
import {
  inPeriod,
  matchingRows,
  totalColumns,
  type Period,
  type Rows,
} from '../transactions/transaction-rows.ts'
import type { Interval } from './period.ts'

/** Which rows a dashboard is about; every part has a period of its own beside it. */
export interface Selection {
  scope: Scope
  currency?: string | undefined
}

/** The parts that are asked for; all come from one snapshot. */
export interface Parts {
  totals?: Period | undefined
  previousTotals?: Period | undefined
  categories?: Period | undefined
  previousCategories?: Period | undefined
  trends?: (Period & { interval: Interval }) | undefined
  recent?: { limit: number; period?: Period | undefined } | undefined
  users?: Period | undefined
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>
export type DashboardRows = Awaited<ReturnType<DashboardRepository['read']>>

/** One interval: where it starts by the calendar, and its part inside the period. */
export interface Bucket extends Record<string, unknown> {
  start: string
  from: string
  to: string
}

export type TotalsRow = NonNullable<DashboardRows['totals']>[number]
export type CategoryRow = NonNullable<DashboardRows['categories']>[number]
export type TrendRow = NonNullable<DashboardRows['trends']>[number]
export type UserRow = NonNullable<DashboardRows['users']>[number]

const steps: Record<Interval, string> = {
  day: '1 day',
  week: '1 week',
  month: '1 month',
  quarter: '3 months',
  year: '1 year',
}

/** The first day of the interval that a date lies in; weeks begin on Monday. */
const bucketOf = (date: SQL, interval: Interval) =>
  sql<string>`date_trunc(${sql.raw(`'${interval}'`)}, ${date}::timestamp)::date`

function totals({ view, where }: Rows, period: Period) {
  return queries
    .select({ currency: view.currency, ...totalColumns(view) })
    .from(view)
    .where(and(where, inPeriod(view, period)))
    .groupBy(view.currency)
    .orderBy(sql`count(*) desc`, view.currency)
}

function categories({ view, where }: Rows, period: Period) {
  const total = sql<bigint>`sum(${view.amountMinor})`.mapWith(BigInt)
  return queries
    .select({
      currency: view.currency,
      type: view.type,
      category: view.category,
      total,
      count: sql<number>`count(*)`.mapWith(Number),
    })
    .from(view)
    .where(and(where, inPeriod(view, period)))
    .groupBy(view.currency, view.type, view.category)
    .orderBy(view.currency, view.type, desc(sql`sum(${view.amountMinor})`), view.category)
}

function trends({ view, where }: Rows, period: Period, interval: Interval) {
  return queries
    .select({
      currency: view.currency,
      start: bucketOf(sql`${view.date}`, interval),
      ...totalColumns(view),
    })
    .from(view)
    .where(and(where, inPeriod(view, period)))
    .groupBy(view.currency, sql`2`)
    .orderBy(view.currency, sql`2`)
}

/** Every interval that a period touches, so that empty ones are shown too. */
function buckets({ dateFrom, dateTo }: Period, interval: Interval) {
  const first = bucketOf(sql`${dateFrom}`, interval)
  const step = sql.raw(`interval '${steps[interval]}'`)
  return queries.execute<Bucket>(sql`
    select start::date::text "start",
           greatest(start::date, ${dateFrom}::date)::text "from",
           least((start + ${step})::date - 1, ${dateTo}::date)::text "to"
      from generate_series(${first}::timestamp, ${dateTo}::timestamp, ${step}) start
     order by start`)
}

function recent({ view, where }: Rows, limit: number, period: Period | undefined) {
  return queries
    .select()
    .from(view)
    .where(and(where, period && inPeriod(view, period)))
    .orderBy(desc(view.date), desc(view.id))
    .limit(limit)
}

function users({ view, where }: Rows, period: Period) {
  return queries
    .select({
      userId: view.userId,
      name: allUsers.name,
      currency: view.currency,
      ...totalColumns(view),
    })
    .from(view)
    .innerJoin(allUsers, eq(allUsers.id, view.userId))
    .where(and(where, inPeriod(view, period)))
    .groupBy(view.userId, allUsers.name, view.currency)
    .orderBy(allUsers.name, view.userId, view.currency)
}

export function createDashboardRepository(database: Database) {
  return {
    read(caller: Caller, { scope, currency }: Selection, parts: Parts) {
      const rows = matchingRows(scope, caller.userId, { currency })
      return database.readNamed(caller, {
        totals: parts.totals && totals(rows, parts.totals),
        previousTotals: parts.previousTotals && totals(rows, parts.previousTotals),
        categories: parts.categories && categories(rows, parts.categories),
        previousCategories: parts.previousCategories && categories(rows, parts.previousCategories),
        trends: parts.trends && trends(rows, parts.trends, parts.trends.interval),
        buckets: parts.trends && buckets(parts.trends, parts.trends.interval),
        recent: parts.recent && recent(rows, parts.recent.limit, parts.recent.period),
        users: parts.users && users(rows, parts.users),
      })
    },
  }
}
