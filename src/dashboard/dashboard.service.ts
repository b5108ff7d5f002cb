import type { Anomaly } from '../anomalies/anomaly.ts'
import { matchesFilter } from '../anomalies/filter.ts'
import { anomalyReport } from '../anomalies/report.ts'
import { resolveScope, type Scope, type ScopeRequest } from '../access/scope.ts'
import type { Caller } from '../db/client.ts'
import type { Transaction } from '../transactions/transactions.repository.ts'
import { bucketsOf, type Interval } from '../lib/buckets.ts'
import { utcToday, type Period } from '../lib/calendar.ts'
import { forecastOf, type Forecast } from '../forecast/forecast.ts'
import type { Grouping } from '../forecast/outlook.ts'
import { timelineOf, type ForecastInterval, type Timeline } from '../forecast/timeline.ts'
import { historyUses } from '../recurring/history-fields.ts'
import { historyPeriod } from '../recurring/history.ts'
import type {
  DashboardRepository,
  DashboardRows,
  DashboardQueries,
  UserRow,
} from './dashboard.repository.ts'
import {
  categoriesOf,
  compareTotals,
  totalsOf,
  trendSeries,
  withCurrency,
  withShares,
  type CategoryShare,
  type Comparison,
  type TotalsRow,
  type TrendSeries,
} from './figures.ts'
import { findInsights, type Insight } from './insights.ts'
import { checkPoints, previousPeriod, resolvePeriod } from './period.ts'
import {
  splitSections,
  usesOfSection,
  withheldByMasking,
  type Section,
  type Withheld,
} from './sections.ts'

export interface DashboardRequest extends ScopeRequest, Partial<Period> {
  currency?: string | undefined
  interval?: Interval | undefined
  include?: Section[] | undefined
  limit?: number | undefined
  /** The one section that the response consists of. */
  only?: Section | undefined
}

export interface ForecastRequest extends ScopeRequest {
  currency?: string | undefined
  interval?: ForecastInterval | undefined
  by?: Grouping | undefined
  horizon?: number | undefined
  level?: number | undefined
}

export interface Dashboard {
  scope: Scope
  period: Period
  previousPeriod: Period
  interval: Interval
  totals?: TotalsRow[]
  categories?: CategoryShare[]
  trends?: TrendSeries[]
  comparison?: Comparison[]
  insights?: Insight[]
  forecast?: Forecast
  recent?: Transaction[]
  users?: UserRow[]
  anomalies?: Anomaly[]
  withheld: Withheld[]
}

export type DashboardService = ReturnType<typeof createDashboardService>

const RECENT = 10
const HORIZON = 6
/** Months in the section of the dashboard. */
const SECTION_HORIZON = 3
const LEVEL = 80

interface DashboardContext {
  period: Period
  previous: Period
  interval: Interval
  limit: number
  timeline: Timeline
  history: Period
}

/** The queries for the granted sections. */
function neededQueries(
  granted: ReadonlySet<Section>,
  { period, previous, interval, limit, history, timeline }: DashboardContext,
): DashboardQueries {
  const needs = (...sections: Section[]) => sections.some((section) => granted.has(section))
  const byCategory = needs('categories', 'insights')
  const compared = needs('comparison', 'insights')
  return {
    sums: needs('totals', 'comparison', 'categories', 'insights')
      ? { current: period, previous: compared ? previous : undefined, byCategory }
      : undefined,
    trends: needs('trends') ? { ...period, interval } : undefined,
    recent: needs('recent') ? { limit, period } : undefined,
    users: needs('users') ? period : undefined,
    forecast: needs('forecast') ? { timeline, byCategory: false } : undefined,
    anomalies: needs('anomalies') ? history : undefined,
  }
}

/** The latest of the period that were not dismissed. */
function shownAnomalies(
  { history = [], decisions = [], months = [], dismissals = [] }: DashboardRows,
  { period, limit, history: examined }: DashboardContext,
  currency: string | undefined,
): Anomaly[] {
  const found = anomalyReport({ history, decisions, months, dismissals }, examined)
  const filter = { ...period, currency }
  return found.anomalies.filter((each) => matchesFilter(each, filter)).slice(0, limit)
}

const forecastRows = (rows: DashboardRows) => ({
  history: rows.forecastHistory ?? [],
  opening: rows.forecastOpening ?? [],
  payments: rows.forecastPayments ?? [],
  decisions: rows.forecastDecisions ?? [],
})

function shownSections(
  granted: ReadonlySet<Section>,
  rows: DashboardRows,
  context: DashboardContext,
  currency?: string,
) {
  const { sums = [], trends = [], recent = [], users = [] } = rows
  const { period, interval, timeline } = context
  // On demand: without the amounts there are none.
  const totals = () => totalsOf(sums, 'current')
  const categories = () => categoriesOf(sums, 'current')
  return {
    ...(granted.has('totals') && { totals: withCurrency(totals(), currency) }),
    ...(granted.has('categories') && { categories: withShares(categories()) }),
    ...(granted.has('trends') && {
      trends: trendSeries(bucketsOf(period, interval), trends, currency),
    }),
    ...(granted.has('comparison') && {
      comparison: compareTotals(totals(), totalsOf(sums, 'previous')),
    }),
    ...(granted.has('insights') && {
      insights: findInsights(totals(), categories(), categoriesOf(sums, 'previous')),
    }),
    ...(granted.has('forecast') && {
      forecast: forecastOf(forecastRows(rows), {
        timeline,
        horizon: SECTION_HORIZON,
        by: 'type',
        level: LEVEL,
        currency,
      }),
    }),
    ...(granted.has('recent') && { recent }),
    ...(granted.has('users') && { users }),
    ...(granted.has('anomalies') && { anomalies: shownAnomalies(rows, context, currency) }),
  }
}

export function createDashboardService(dashboard: DashboardRepository, now: () => Date) {
  return {
    /** The sections that the role can see, from one snapshot, and a list of those it cannot. */
    async overview(caller: Caller, request: DashboardRequest): Promise<Dashboard> {
      const scope = resolveScope(caller, request)
      const period = resolvePeriod(request, now())
      const previous = previousPeriod(period)
      const { interval = 'month', limit = RECENT, currency } = request
      const { only } = request
      const { granted, withheld } = splitSections(caller.role, only ? [only] : request.include)
      if (granted.has('trends')) checkPoints(period, interval)
      const today = utcToday(now())
      const history = historyPeriod(today)
      const timeline = timelineOf(today, 'month')
      const context = { period, previous, interval, limit, history, timeline }
      const wanted = neededQueries(granted, context)
      const uses = only && usesOfSection(only)
      const rows = await dashboard.read(caller, { scope, currency }, wanted, uses)
      const masked = withheldByMasking(granted, rows.masked)
      for (const { section } of masked) granted.delete(section)
      return {
        scope,
        period,
        previousPeriod: previous,
        interval,
        ...shownSections(granted, rows, context, currency),
        withheld: [...withheld, ...masked],
      }
    },

    /** What to expect of the current period and those that follow. */
    async forecast(caller: Caller, request: ForecastRequest) {
      const scope = resolveScope(caller, request)
      const { currency, by = 'total', interval = 'month' } = request
      const timeline = timelineOf(utcToday(now()), interval)
      const forecast = { timeline, byCategory: by === 'category' }
      const rows = await dashboard.read(caller, { scope, currency }, { forecast }, historyUses)
      const { horizon = HORIZON, level = LEVEL } = request
      return {
        scope,
        forecast: forecastOf(forecastRows(rows), { timeline, horizon, by, level, currency }),
      }
    },

    /** The latest transactions, of all time without a period. */
    async recent(caller: Caller, request: DashboardRequest) {
      const scope = resolveScope(caller, request)
      const given = request.dateFrom !== undefined || request.dateTo !== undefined
      const period = given ? resolvePeriod(request, now()) : undefined
      const recent = { limit: request.limit ?? RECENT, period }
      const rows = await dashboard.read(caller, { scope, currency: request.currency }, { recent })
      return { scope, recent: rows.recent ?? [] }
    },
  }
}
