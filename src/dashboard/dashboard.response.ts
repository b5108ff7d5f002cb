import { anomalyResponse } from '../anomalies/anomalies.schema.ts'
import { scopeResponse } from '../http/pagination.schema.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import { totalsResponse } from '../http/totals.schema.ts'
import { transactionResponse } from '../transactions/transactions.schema.ts'
import type { Period } from '../lib/calendar.ts'
import type { Dashboard } from './dashboard.service.ts'
import {
  net,
  type CategoryShare,
  type Comparison,
  type Totals,
  type TrendSeries,
} from './figures.ts'
import { forecastSectionResponse } from './forecast.response.ts'
import type { Insight } from './insights.ts'

/* Converts minor units to decimal strings and names to snake_case. */

const periodResponse = ({ dateFrom, dateTo }: Period) => ({ date_from: dateFrom, date_to: dateTo })

const amountsResponse = (totals: Totals, currency: string) => ({
  income: formatMinor(totals.income, currency),
  expenses: formatMinor(totals.expenses, currency),
  net: formatMinor(net(totals), currency),
  count: totals.count,
})

const categoryResponse = ({ currency, type, category, total, count, share }: CategoryShare) => ({
  currency,
  type,
  category,
  total: formatMinor(total, currency),
  count,
  share_percent: share,
})

const trendResponse = ({ currency, points }: TrendSeries) => ({
  currency,
  points: points.map(({ from, to, ...totals }) => ({
    date_from: from,
    date_to: to,
    ...amountsResponse(totals, currency),
  })),
})

const comparisonResponse = ({ currency, current, previous, change }: Comparison) => ({
  currency,
  current: amountsResponse(current, currency),
  previous: amountsResponse(previous, currency),
  change_percent: change,
})

function insightResponse(insight: Insight) {
  const { kind, currency } = insight
  switch (insight.kind) {
    case 'savings_rate':
      return { kind, currency, percent: insight.percent }
    case 'largest_expense_category':
      return {
        kind,
        currency,
        percent: insight.share,
        category: insight.category,
        amount: formatMinor(insight.amount, currency),
      }
    case 'largest_increase':
    case 'largest_decrease':
      return {
        kind,
        currency,
        percent: insight.change,
        category: insight.category,
        amount: formatMinor(insight.amount, currency),
        previous_amount: formatMinor(insight.previousAmount, currency),
      }
  }
}

/** Omits the sections that the dashboard does not have. */
export function sectionsResponse(dashboard: Dashboard) {
  const { totals, categories, trends, comparison, insights } = dashboard
  const { forecast, recent, users, anomalies } = dashboard
  return {
    ...(totals && { totals: totals.map(totalsResponse) }),
    ...(categories && { categories: categories.map(categoryResponse) }),
    ...(trends && { trends: trends.map(trendResponse) }),
    ...(comparison && { comparison: comparison.map(comparisonResponse) }),
    ...(insights && { insights: insights.map(insightResponse) }),
    ...(forecast && { forecast: forecastSectionResponse(forecast) }),
    ...(anomalies && { anomalies: anomalies.map(anomalyResponse) }),
    ...(recent && { recent: recent.map(transactionResponse) }),
    ...(users && {
      users: users.map(({ userId, name, ...row }) => ({
        user_id: userId,
        name,
        ...totalsResponse(row),
      })),
    }),
  }
}

export const contextResponse = ({ scope, period }: Dashboard) => ({
  ...scopeResponse(scope),
  period: periodResponse(period),
})

export const dashboardResponse = (dashboard: Dashboard) => ({
  ...contextResponse(dashboard),
  previous_period: periodResponse(dashboard.previousPeriod),
  interval: dashboard.interval,
  ...sectionsResponse(dashboard),
  withheld: dashboard.withheld.map(({ section, requiredRole, maskedField }) => ({
    section,
    ...(requiredRole && { required_role: requiredRole }),
    ...(maskedField && { masked_field: maskedField }),
  })),
})
