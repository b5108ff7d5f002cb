import { createRoute } from '@hono/zod-openapi'
import type { ErrorCode } from '../lib/errors.ts'
import { datesOf } from '../lib/schemas.ts'
import { scopeResponse } from '../http/pagination.schema.ts'
import { createRouter } from '../http/router.ts'
import { guarded, guardedProblems, jsonContent } from '../http/route.ts'
import { transactionResponse } from '../transactions/transactions.schema.ts'
import { dashboardResponse, contextResponse, sectionsResponse } from './dashboard.response.ts'
import {
  categoriesSchema,
  dashboardQuerySchema,
  dashboardSchema,
  recentQuerySchema,
  recentSchema,
  summaryQuerySchema,
  summarySchema,
  trendsQuerySchema,
  trendsSchema,
} from './dashboard.schema.ts'
import { forecastResponse } from './forecast.response.ts'
import { forecastQuerySchema, forecastSchema } from './forecast.schema.ts'
import type { DashboardRequest, ForecastRequest } from './dashboard.service.ts'

const tags = ['Dashboard']
const errorResponses = (...codes: ErrorCode[]) =>
  guardedProblems('validation_failed', 'not_found', ...codes)

const overview = createRoute({
  method: 'get',
  path: '/dashboard',
  operationId: 'getDashboard',
  tags,
  summary: 'Get the dashboard',
  description:
    'Viewers get totals and recent transactions; analysts also categories, trends, comparison, ' +
    'insights, a forecast and anomalies; admins also totals per user. `withheld` lists the sections ' +
    'that the role does not include, or that need a field that is masked for it. Forecast and ' +
    'anomalies take longer, so they are only returned if `include` names them. All sections come ' +
    'from one snapshot.',
  ...guarded('dashboard:summary', 'expensive'),
  request: { query: dashboardQuerySchema },
  responses: { 200: jsonContent(dashboardSchema, 'The dashboard'), ...errorResponses() },
})

const summary = createRoute({
  method: 'get',
  path: '/dashboard/summary',
  operationId: 'getDashboardSummary',
  tags,
  summary: 'Get the totals',
  description: 'Returns income, expenses and net balance per currency.',
  ...guarded('dashboard:summary', 'expensive'),
  request: { query: summaryQuerySchema },
  responses: {
    200: jsonContent(summarySchema, 'Totals per currency'),
    ...errorResponses('field_masked'),
  },
})

const categories = createRoute({
  method: 'get',
  path: '/dashboard/categories',
  operationId: 'getDashboardCategories',
  tags,
  summary: 'Get the totals per category',
  description: 'Returns totals and shares per category and currency, the largest first.',
  ...guarded('dashboard:insights', 'expensive'),
  request: { query: summaryQuerySchema },
  responses: {
    200: jsonContent(categoriesSchema, 'Totals per category'),
    ...errorResponses('field_masked'),
  },
})

const trends = createRoute({
  method: 'get',
  path: '/dashboard/trends',
  operationId: 'getDashboardTrends',
  tags,
  summary: 'Get the totals over time',
  description: 'Returns one series per currency. Intervals without transactions are zero.',
  ...guarded('dashboard:insights', 'expensive'),
  request: { query: trendsQuerySchema },
  responses: {
    200: jsonContent(trendsSchema, 'One series per currency'),
    ...errorResponses('field_masked'),
  },
})

const recent = createRoute({
  method: 'get',
  path: '/dashboard/recent',
  operationId: 'getDashboardRecent',
  tags,
  summary: 'Get recent transactions',
  description: 'Returns the latest transactions, of any date unless a period is given.',
  ...guarded('dashboard:summary', 'read'),
  request: { query: recentQuerySchema },
  responses: {
    200: jsonContent(recentSchema, 'Recent transactions, newest first'),
    ...errorResponses(),
  },
})

const forecast = createRoute({
  method: 'get',
  path: '/dashboard/forecast',
  operationId: 'getDashboardForecast',
  tags,
  summary: 'Get a forecast',
  description:
    'Returns what to expect of the current period and of those that follow, with intervals, the ' +
    'balance over time, and how good such forecasts of this account were. Recurring payments are ' +
    'laid out on their dates. A currency with fewer than three whole periods has a `reason` instead.',
  ...guarded('dashboard:insights', 'expensive'),
  request: { query: forecastQuerySchema },
  responses: {
    200: jsonContent(forecastSchema, 'One forecast per currency'),
    ...errorResponses('field_masked'),
  },
})

interface SelectionQuery {
  month?: string | undefined
  date_from?: string | undefined
  date_to?: string | undefined
  user_id?: string | undefined
}

/** The parameters as the service names them. */
const toRequest = <T extends SelectionQuery>(query: T) => {
  const { month, date_from, date_to, user_id: userId, ...rest } = query
  const { dateFrom, dateTo } = datesOf({ month, date_from, date_to })
  return {
    ...rest,
    ...(dateFrom !== undefined && { dateFrom }),
    ...(dateTo !== undefined && { dateTo }),
    userId,
  }
}

export const dashboardRoutes = createRouter()
  .openapi(overview, async (c) => {
    const request: DashboardRequest = toRequest(c.req.valid('query'))
    const dashboard = await c.get('services').dashboard.overview(c.get('caller'), request)
    return c.json(dashboardResponse(dashboard), 200)
  })
  .openapi(summary, async (c) => {
    const request: DashboardRequest = { ...toRequest(c.req.valid('query')), only: 'totals' }
    const dashboard = await c.get('services').dashboard.overview(c.get('caller'), request)
    const { totals = [] } = sectionsResponse(dashboard)
    return c.json({ ...contextResponse(dashboard), totals }, 200)
  })
  .openapi(categories, async (c) => {
    const request: DashboardRequest = {
      ...toRequest(c.req.valid('query')),
      only: 'categories',
    }
    const dashboard = await c.get('services').dashboard.overview(c.get('caller'), request)
    const { categories: rows = [] } = sectionsResponse(dashboard)
    return c.json({ ...contextResponse(dashboard), categories: rows }, 200)
  })
  .openapi(trends, async (c) => {
    const request: DashboardRequest = { ...toRequest(c.req.valid('query')), only: 'trends' }
    const dashboard = await c.get('services').dashboard.overview(c.get('caller'), request)
    const { trends: series = [] } = sectionsResponse(dashboard)
    const { interval } = dashboard
    return c.json({ ...contextResponse(dashboard), interval, trends: series }, 200)
  })
  .openapi(forecast, async (c) => {
    const { user_id: userId, ...query } = c.req.valid('query')
    const request: ForecastRequest = { ...query, userId }
    const result = await c.get('services').dashboard.forecast(c.get('caller'), request)
    return c.json(forecastResponse(result.scope, result.forecast), 200)
  })
  .openapi(recent, async (c) => {
    const request: DashboardRequest = toRequest(c.req.valid('query'))
    const result = await c.get('services').dashboard.recent(c.get('caller'), request)
    return c.json(
      { ...scopeResponse(result.scope), recent: result.recent.map(transactionResponse) },
      200,
    )
  })
