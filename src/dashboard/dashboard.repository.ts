import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import type { Period } from '../lib/calendar.ts'
import { qb, type Caller, type Database } from '../db/client.ts'
import { anomalyQueries } from '../anomalies/anomalies.repository.ts'
import type { FieldUse } from '../db/masking.ts'
import { allUsers } from '../accounts/users/users.views.ts'
import { forecastQueries } from '../forecast/forecast.repository.ts'
import type { Timeline } from '../forecast/timeline.ts'
import { summed, summedRows, summedTotals, type Detail } from '../transactions/totals.ts'
import { inPeriod, matchingRows, type Rows } from '../transactions/filters.ts'
import type { Interval } from '../lib/buckets.ts'

/** Rows of a dashboard. Each query adds its own period. */
export interface Selection {
  scope: Scope
  currency?: string | undefined
}

export type PeriodName = 'current' | 'previous'

/** Queries to run, in one snapshot. */
export interface DashboardQueries {
  /** By currency and type, optionally by category. */
  sums?: { current: Period; previous?: Period | undefined; byCategory: boolean } | undefined
  trends?: (Period & { interval: Interval }) | undefined
  recent?: { limit: number; period?: Period | undefined } | undefined
  users?: Period | undefined
  forecast?: { timeline: Timeline; byCategory: boolean } | undefined
  /** The period in which anomalies are looked for. */
  anomalies?: Period | undefined
}

export type DashboardRepository = ReturnType<typeof createDashboardRepository>
export type DashboardRows = Awaited<ReturnType<DashboardRepository['read']>>

/** In minor units. The category is empty unless sums are by category. */
export type SumRow = NonNullable<DashboardRows['sums']>[number]
export type TrendRow = NonNullable<DashboardRows['trends']>[number]
export type UserRow = NonNullable<DashboardRows['users']>[number]

/** The first day of the interval that contains a date. Weeks begin on Monday. */
const bucketOf = (date: SQL, interval: Interval) =>
  sql<string>`date_trunc(${sql.raw(`'${interval}'`)}, ${date}::timestamp)::date`

type Sums = Selection & { callerId: string }

const summedIn = ({ scope, currency, callerId }: Sums, period: Period, detail: Detail) =>
  summedRows(scope, callerId, { currency, ...period }, detail)

/** One statement for both periods, because Neon's proxy forwards each statement separately. */
function sumsOf(
  sums: Sums,
  { current, previous, byCategory }: NonNullable<DashboardQueries['sums']>,
) {
  const { currency, type, category, total, count } = summed
  const periodName = sql<PeriodName>`summed.period_name`
  const rowsOf = (name: PeriodName, period: Period) =>
    sql`select ${name}::text period_name, summed.* from ${summedIn(sums, period, byCategory ? 'categories' : 'months')}`
  const slots = [rowsOf('current', current), ...(previous ? [rowsOf('previous', previous)] : [])]
  return qb
    .select({ periodName, currency, type, category, total, count })
    .from(sql`(${sql.join(slots, sql` union all `)}) summed`)
    .groupBy(periodName, currency, type, category)
    .orderBy(currency, type, desc(total), category)
}

const shorterThanMonth: ReadonlySet<Interval> = new Set(['day', 'week'])

function trends(sums: Sums, period: Period, interval: Interval) {
  const start = bucketOf(summed.startsOn, interval)
  return qb
    .select({ currency: summed.currency, start, ...summedTotals })
    .from(summedIn(sums, period, shorterThanMonth.has(interval) ? 'days' : 'months'))
    .groupBy(summed.currency, sql`2`)
    .orderBy(summed.currency, sql`2`)
}

function recent({ view, where }: Rows, limit: number, period: Period | undefined) {
  return qb
    .select()
    .from(view)
    .where(and(where, period && inPeriod(view, period)))
    .orderBy(desc(view.date), desc(view.id))
    .limit(limit)
}

function users(sums: Sums, period: Period) {
  const { userId, currency } = summed
  return qb
    .select({ userId, name: allUsers.name, currency, ...summedTotals })
    .from(summedIn(sums, period, 'users'))
    .innerJoin(allUsers, eq(allUsers.id, userId))
    .groupBy(userId, allUsers.name, currency)
    .orderBy(allUsers.name, userId, currency)
}

export function createDashboardRepository(database: Database) {
  return {
    /** @param uses what cannot be withheld if it is masked */
    read(
      caller: Caller,
      { scope, currency }: Selection,
      wanted: DashboardQueries,
      uses?: readonly FieldUse[],
    ) {
      const rows = matchingRows(scope, caller.userId, { currency })
      const sums = { scope, currency, callerId: caller.userId }
      const { forecast } = wanted
      const future =
        forecast && forecastQueries({ ...sums, byCategory: forecast.byCategory }, forecast.timeline)
      const { anomalies } = wanted
      const queries = {
        sums: wanted.sums && sumsOf(sums, wanted.sums),
        trends: wanted.trends && trends(sums, wanted.trends, wanted.trends.interval),
        recent: wanted.recent && recent(rows, wanted.recent.limit, wanted.recent.period),
        users: wanted.users && users(sums, wanted.users),
        ...(anomalies && anomalyQueries(scope, caller.userId, anomalies)),
        forecastHistory: future?.history,
        forecastOpening: future?.opening,
        forecastPayments: future?.payments,
        forecastDecisions: future?.decisions,
      }
      return database.readNamed(caller, queries, uses)
    },
  }
}
