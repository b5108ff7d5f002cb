import { resolveScope, type Scope, type ScopeRequest } from '../auth/scope.ts'
import type { Caller } from '../database/client.ts'
import type { Role } from '../database/enums.ts'
import type { Transaction } from '../transactions/transactions.repository.ts'
import type { Period } from '../transactions/transaction-rows.ts'
import type {
  DashboardRepository,
  DashboardRows,
  Parts,
  TotalsRow,
  UserRow,
} from './dashboard.repository.ts'
import {
  compareTotals,
  trendSeries,
  withCurrency,
  withShares,
  type CategoryShare,
  type Comparison,
  type TrendSeries,
} from './figures.ts'
import { findInsights, type Insight } from './insights.ts'
import { checkPoints, previousPeriod, resolvePeriod, type Interval } from './period.ts'
import { divideSections, type Section, type Withheld } from './sections.ts'

type Actor = Caller & { role: Role }

export interface DashboardRequest extends ScopeRequest, Partial<Period> {
  currency?: string | undefined
  interval?: Interval | undefined
  include?: Section[] | undefined
  limit?: number | undefined
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
  recent?: Transaction[]
  users?: UserRow[]
  withheld: Withheld[]
}

export type DashboardService = ReturnType<typeof createDashboardService>

const RECENT = 10

interface Frame {
  period: Period
  previous: Period
  interval: Interval
  limit: number
}

/** What has to be read for the sections that are shown. */
function neededParts(
  granted: ReadonlySet<Section>,
  { period, previous, interval, limit }: Frame,
): Parts {
  const any = (...sections: Section[]) => sections.some((section) => granted.has(section))
  return {
    totals: any('totals', 'comparison', 'insights') ? period : undefined,
    previousTotals: any('comparison') ? previous : undefined,
    categories: any('categories', 'insights') ? period : undefined,
    previousCategories: any('insights') ? previous : undefined,
    trends: any('trends') ? { ...period, interval } : undefined,
    recent: any('recent') ? { limit, period } : undefined,
    users: any('users') ? period : undefined,
  }
}

function shownSections(granted: ReadonlySet<Section>, rows: DashboardRows, currency?: string) {
  const { totals = [], previousTotals = [], categories = [], previousCategories = [] } = rows
  return {
    ...(granted.has('totals') && { totals: withCurrency(totals, currency) }),
    ...(granted.has('categories') && { categories: withShares(categories) }),
    ...(granted.has('trends') && {
      trends: trendSeries(rows.buckets?.rows ?? [], rows.trends ?? [], currency),
    }),
    ...(granted.has('comparison') && { comparison: compareTotals(totals, previousTotals) }),
    ...(granted.has('insights') && {
      insights: findInsights(totals, categories, previousCategories),
    }),
    ...(granted.has('recent') && { recent: rows.recent ?? [] }),
    ...(granted.has('users') && { users: rows.users ?? [] }),
  }
}

export function createDashboardService(dashboard: DashboardRepository, now: () => Date) {
  return {
    /** The sections that the role allows, all from one snapshot, and which it withholds. */
    async overview(caller: Actor, request: DashboardRequest): Promise<Dashboard> {
      const scope = resolveScope(caller, request)
      const period = resolvePeriod(request, now())
      const previous = previousPeriod(period)
      const { interval = 'month', limit = RECENT, currency } = request
      const { granted, withheld } = divideSections(caller.role, request.include)
      if (granted.has('trends')) checkPoints(period, interval)
      const parts = neededParts(granted, { period, previous, interval, limit })
      const rows = await dashboard.read(caller, { scope, currency }, parts)
      return {
        scope,
        period,
        previousPeriod: previous,
        interval,
        ...shownSections(granted, rows, currency),
        withheld,
      }
    },

    /** The latest transactions, of all times unless a period is given. */
    async recent(caller: Actor, request: DashboardRequest) {
      const scope = resolveScope(caller, request)
      const given = request.dateFrom !== undefined || request.dateTo !== undefined
      const period = given ? resolvePeriod(request, now()) : undefined
      const recent = { limit: request.limit ?? RECENT, period }
      const rows = await dashboard.read(caller, { scope, currency: request.currency }, { recent })
      return { scope, recent: rows.recent ?? [] }
    },
  }
}
