import { z } from '@hono/zod-openapi'
import { anomalySchema } from '../anomalies/anomalies.schema.ts'
import { userRole } from '../db/enums.ts'
import {
  calendarDate,
  checkDates,
  currency,
  decimal,
  integerParameter,
  listParameter,
  monthParameter,
  percent,
} from '../lib/schemas.ts'
import { scopeFields, scopeParameters } from '../http/pagination.schema.ts'
import { totalsSchema } from '../http/totals.schema.ts'
import { MASKABLE_FIELDS } from '../transactions/masked-fields.ts'
import { type } from '../transactions/transaction.fields.ts'
import { transactionSchema } from '../transactions/transactions.schema.ts'
import { intervals } from '../lib/buckets.ts'
import { forecastSectionSchema } from './forecast.schema.ts'
import { sections } from './sections.ts'

const dateRange = {
  date_from: calendarDate.optional().openapi({
    description: 'First day, inclusive. The default period is the last twelve months.',
  }),
  date_to: calendarDate.optional().openapi({ description: 'Last day, inclusive.' }),
  month: monthParameter.optional(),
}
const selection = {
  ...dateRange,
  currency: currency
    .optional()
    .openapi({ description: 'Currency (ISO 4217). Currencies are never added up.' }),
  ...scopeParameters,
}
const interval = z
  .enum(intervals)
  .optional()
  .openapi({ description: '`month` by default. Weeks begin on Monday.' })
const limit = integerParameter(1, 50)
  .optional()
  .openapi({ description: 'Number of recent transactions and of anomalies, 10 by default.' })

export const summaryQuerySchema = z.strictObject(selection).superRefine(checkDates)
export const trendsQuerySchema = z.strictObject({ ...selection, interval }).superRefine(checkDates)
export const recentQuerySchema = z.strictObject({ ...selection, limit }).superRefine(checkDates)
export const dashboardQuerySchema = z
  .strictObject({
    ...selection,
    interval,
    limit,
    include: listParameter(sections).optional().openapi({
      description:
        'Sections to return. By default all that the role includes, but for forecast and anomalies.',
    }),
  })
  .superRefine(checkDates)

const periodSchema = z
  .object({ date_from: calendarDate, date_to: calendarDate })
  .openapi('Period', { example: { date_from: '2025-04-01', date_to: '2026-03-31' } })

const categoryTotalSchema = z
  .object({
    currency,
    type,
    category: z.string(),
    total: decimal,
    count: z.int(),
    share_percent: percent.openapi({
      description: 'Share of its type and currency; all shares add up to 100.00.',
    }),
  })
  .openapi('CategoryTotal', {
    example: {
      currency: 'EUR',
      type: 'expense',
      category: 'Groceries',
      total: '512.40',
      count: 9,
      share_percent: '23.89',
    },
  })

const trendSchema = z
  .object({
    currency,
    points: z.array(
      z.object({
        date_from: calendarDate,
        date_to: calendarDate,
        income: decimal,
        expenses: decimal,
        net: decimal,
        count: z.int(),
      }),
    ),
  })
  .openapi('Trend', {
    example: {
      currency: 'EUR',
      points: [
        {
          date_from: '2026-03-01',
          date_to: '2026-03-31',
          income: '3200.00',
          expenses: '2145.30',
          net: '1054.70',
          count: 61,
        },
      ],
    },
  })

const amounts = z.object({ income: decimal, expenses: decimal, net: decimal, count: z.int() })

const comparisonSchema = z
  .object({
    currency,
    current: amounts,
    previous: amounts,
    change_percent: z.object({
      income: percent.nullable(),
      expenses: percent.nullable(),
      net: percent.nullable(),
    }),
  })
  .openapi('Comparison', {
    description: 'Change from the previous period of the same length; null if that was zero.',
  })

const insightSchema = z
  .object({
    kind: z.enum([
      'savings_rate',
      'largest_expense_category',
      'largest_increase',
      'largest_decrease',
    ]),
    currency,
    percent: percent.nullable().openapi({
      description:
        'The share of income saved, the share of the category, or its change from the previous ' +
        'period (null if that was zero).',
    }),
    category: z.string().optional(),
    amount: decimal.optional(),
    previous_amount: decimal.optional(),
  })
  .openapi('Insight', {
    example: { kind: 'savings_rate', currency: 'EUR', percent: '32.96' },
  })

const userTotalsSchema = z
  .object({
    user_id: z.uuid(),
    name: z.string(),
    currency,
    income: decimal,
    expenses: decimal,
    net: decimal,
    count: z.int(),
  })
  .openapi('UserTotals')

const withheldSchema = z.array(
  z.object({
    section: z.enum(sections),
    required_role: z
      .enum(userRole.enumValues)
      .optional()
      .openapi({ description: 'The weakest role that includes it.' }),
    masked_field: z.enum(MASKABLE_FIELDS).optional().openapi({
      description: 'The field that is masked for your role, without which it is not shown.',
    }),
  }),
)

const contextFields = { ...scopeFields, period: periodSchema }
const sectionSchemas = {
  totals: z.array(totalsSchema).openapi({ description: 'One entry per currency.' }),
  categories: z.array(categoryTotalSchema),
  trends: z.array(trendSchema).openapi({ description: 'One series per currency.' }),
  comparison: z.array(comparisonSchema),
  insights: z.array(insightSchema),
  forecast: forecastSectionSchema,
  anomalies: z.array(anomalySchema).openapi({
    description: 'The latest that were not dismissed, of the last 24 months.',
  }),
  recent: z.array(transactionSchema),
  users: z.array(userTotalsSchema),
}

export const dashboardSchema = z
  .object({
    ...contextFields,
    previous_period: periodSchema,
    interval: z.enum(intervals),
    ...z.object(sectionSchemas).partial().shape,
    withheld: withheldSchema.openapi({
      description: 'Requested sections that your role does not see, and why.',
      example: [{ section: 'users', required_role: 'admin' }],
    }),
  })
  .openapi('Dashboard')

export const summarySchema = z
  .object({ ...contextFields, totals: sectionSchemas.totals })
  .openapi('Summary')
export const categoriesSchema = z
  .object({ ...contextFields, categories: sectionSchemas.categories })
  .openapi('CategoryBreakdown')
export const trendsSchema = z
  .object({ ...contextFields, interval: z.enum(intervals), trends: sectionSchemas.trends })
  .openapi('Trends')
export const recentSchema = z
  .object({ ...scopeFields, recent: sectionSchemas.recent })
  .openapi('Recent')
