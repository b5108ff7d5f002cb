import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../auth/scope.ts'
import { queries, type Caller, type Database } from '../database/client.ts'
import { allUsers } from '../database/views.ts'
import { summed, summedRows, summedTotals, type Detail } from '../transactions/summed-rows.ts'
import { inPeriod, matchingRows, type Period, type Rows } from '../transactions/transaction-rows.ts'
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

/** What is summed up: whose, of which currency, and when. */
type Sums = Selection & { callerId: string }

const summedIn = ({ scope, currency, callerId }: Sums, period: Period, detail: Detail) =>
  summedRows(scope, callerId, { currency, ...period }, detail)

function totals(sums: Sums, period: Period) {
  return queries
    .select({ currency: summed.currency, ...summedTotals })
    .from(summedIn(sums, period, 'months'))
    .groupBy(summed.currency)
    .orderBy(desc(summed.count), summed.currency)
}

function categories(sums: Sums, period: Period) {
  const { currency, type, category, total, count } = summed
  return queries
    .select({ currency, type, category, total, count })
    .from(summedIn(sums, period, 'categories'))
    .groupBy(currency, type, category)
    .orderBy(currency, type, desc(total), category)
}

const shorterThanMonth: ReadonlySet<Interval> = new Set(['day', 'week'])

function trends(sums: Sums, period: Period, interval: Interval) {
  const start = bucketOf(summed.startsOn, interval)
  return queries
    .select({ currency: summed.currency, start, ...summedTotals })
    .from(summedIn(sums, period, shorterThanMonth.has(interval) ? 'days' : 'months'))
    .groupBy(summed.currency, sql`2`)
    .orderBy(summed.currency, sql`2`)
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

function users(sums: Sums, period: Period) {
  const { userId, currency } = summed
  return queries
    .select({ userId, name: allUsers.name, currency, ...summedTotals })
    .from(summedIn(sums, period, 'months'))
    .innerJoin(allUsers, eq(allUsers.id, userId))
    .groupBy(userId, allUsers.name, currency)
    .orderBy(allUsers.name, userId, currency)
}

export function createDashboardRepository(database: Database) {
  return {
    read(caller: Caller, { scope, currency }: Selection, parts: Parts) {
      const rows = matchingRows(scope, caller.userId, { currency })
      const sums = { scope, currency, callerId: caller.userId }
      return database.readNamed(caller, {
        totals: parts.totals && totals(sums, parts.totals),
        previousTotals: parts.previousTotals && totals(sums, parts.previousTotals),
        categories: parts.categories && categories(sums, parts.categories),
        previousCategories: parts.previousCategories && categories(sums, parts.previousCategories),
        trends: parts.trends && trends(sums, parts.trends, parts.trends.interval),
        buckets: parts.trends && buckets(parts.trends, parts.trends.interval),
        recent: parts.recent && recent(rows, parts.recent.limit, parts.recent.period),
        users: parts.users && users(sums, parts.users),
      })
    },
  }
}
