import { z } from '@hono/zod-openapi'
import { methodNames } from '../forecast/methods.ts'
import { groupings, noForecastCodes, seriesKinds } from '../forecast/outlook.ts'
import { MAX_HORIZON, forecastIntervals } from '../forecast/timeline.ts'
import { scopeFields, scopeParameters } from '../http/pagination.schema.ts'
import { calendarDate, currency, decimal, integerParameter, percent } from '../lib/schemas.ts'
import { type } from '../transactions/transaction.fields.ts'

export const forecastQuerySchema = z
  .strictObject({
    horizon: integerParameter(1, MAX_HORIZON).optional().openapi({
      description: 'Number of periods after the current one, 6 by default.',
    }),
    interval: z.enum(forecastIntervals).optional().openapi({
      description: '`month` by default. Weeks begin on Monday.',
    }),
    currency: currency
      .optional()
      .openapi({ description: 'Currency (ISO 4217). Currencies are never added up.' }),
    by: z
      .enum(groupings)
      .optional()
      .openapi({
        description:
          '`total` (default) for the net, `type` also for income and expenses, `category` also for ' +
          'the 30 largest categories of a currency. Categories are forecast by month only.',
      }),
    level: integerParameter(50, 99)
      .optional()
      .openapi({
        description:
          'How many of a hundred actual values the interval should contain, 80 by default. ' +
          '`level_reached` says what the history supports.',
      }),
    ...scopeParameters,
  })
  .superRefine(({ interval, by }, context) => {
    if (interval === 'week' && by === 'category') {
      context.addIssue({
        code: 'custom',
        path: ['by'],
        message: 'Categories are forecast by month. Send interval=month, or by=type.',
      })
    }
  })

const level = z.int().openapi({
  description: 'The level that the back-test supports: with few origins below the requested one.',
  example: 80,
})

const pointSchema = z
  .object({
    date_from: calendarDate,
    date_to: calendarDate,
    amount: decimal,
    low: decimal,
    high: decimal,
    recurring: decimal.openapi({ description: 'Recurring payments that are part of `amount`.' }),
  })
  .openapi('ForecastPoint', {
    example: {
      date_from: '2026-04-01',
      date_to: '2026-04-30',
      amount: '2145.30',
      low: '1980.11',
      high: '2310.49',
      recurring: '1250.00',
    },
  })

const currentSchema = pointSchema
  .omit({ date_from: true, date_to: true })
  .extend({ actual: decimal.openapi({ description: 'Recorded so far.' }) })
  .openapi('ForecastOfCurrentPeriod', {
    description: 'The current period, which is not over: what is recorded, and what is expected.',
  })

const backtestSchema = z
  .object({
    origins: z.int().openapi({ description: 'Times at which the history was cut off.' }),
    mase: z
      .number()
      .nullable()
      .openapi({
        description:
          'Mean absolute scaled error: below 1, forecasts were closer than the seasonal naive ' +
          'forecast is on average. Null for a series that never changed.',
      }),
    seasonal_naive_mase: z.number().nullable().openapi({
      description: 'The same for the seasonal naive forecast from the same origins.',
    }),
    inside_percent: percent.openapi({
      description: 'Share of the actual values inside the interval from the other origins.',
    }),
  })
  .openapi('ForecastBacktest', {
    description: 'How forecasts of this series from earlier would have done.',
    example: { origins: 18, mase: 0.812, seasonal_naive_mase: 1.02, inside_percent: '81.20' },
  })

const seriesSchema = z
  .object({
    kind: z.enum(seriesKinds),
    type: type.optional().openapi({ description: 'Absent for the net.' }),
    category: z.string().optional().openapi({ description: 'Only of the kind `category`.' }),
    current: currentSchema,
    points: z.array(pointSchema),
    level_reached: level,
    periods_used: z.int().openapi({ description: 'Whole periods that the methods used.' }),
    seasonal: z.boolean().openapi({
      description: 'Whether seasonal methods were used, which need two years.',
    }),
    recurring_streams: z.int().openapi({ description: 'Recurring payments that are laid out.' }),
    methods: z
      .array(z.object({ name: z.enum(methodNames), weight_percent: percent }))
      .openapi({ description: 'The methods and their weights. Empty for the net, a difference.' }),
    backtest: backtestSchema,
  })
  .openapi('ForecastSeries')

const balanceSchema = z
  .object({
    opening: decimal.openapi({ description: 'Recorded before the current period.' }),
    recorded: decimal.openapi({ description: 'With what is recorded in the current period.' }),
    current: z.object({ date: calendarDate, amount: decimal, low: decimal, high: decimal }),
    points: z.array(z.object({ date: calendarDate, amount: decimal, low: decimal, high: decimal })),
    level_reached: level,
    inside_percent: percent,
  })
  .openapi('ForecastBalance', {
    description: 'All income minus all expenses, at the end of each period.',
  })

const reasonSchema = z
  .object({ code: z.enum(noForecastCodes), message: z.string() })
  .openapi('NoForecast', { description: 'Why a forecast is not possible.' })

const currencySchema = z
  .object({
    currency,
    periods: z.int().openapi({ description: 'Whole periods since the first one with records.' }),
    reason: reasonSchema.nullable(),
    series: z.array(seriesSchema),
    balance: balanceSchema.nullable(),
  })
  .openapi('CurrencyForecast')

export const forecastSchema = z
  .object({
    ...scopeFields,
    as_of: calendarDate,
    interval: z.enum(forecastIntervals),
    by: z.enum(groupings),
    horizon: z.int(),
    level: z.int(),
    current_period: z.object({ date_from: calendarDate, date_to: calendarDate }),
    forecasts: z.array(currencySchema).openapi({
      description: 'One for each currency, the one with most records first.',
    }),
    omitted_currencies: z.array(currency).openapi({
      description: 'Currencies with fewer records; request them with `currency`.',
    }),
  })
  .openapi('Forecast')

const sectionPointSchema = z.object({
  date_from: calendarDate,
  date_to: calendarDate,
  income: decimal,
  expenses: decimal,
  net: decimal,
  net_low: decimal,
  net_high: decimal,
  balance: decimal,
  balance_low: decimal,
  balance_high: decimal,
})

/** The forecast as a section of the dashboard. */
export const forecastSectionSchema = z
  .array(
    z.object({
      currency,
      reason: reasonSchema.nullable(),
      level_reached: level.nullable(),
      current: sectionPointSchema.nullable(),
      points: z.array(sectionPointSchema),
      backtest: backtestSchema.nullable(),
    }),
  )
  .openapi({
    description:
      'The next three months in each currency, from today, whatever the period of the dashboard. ' +
      'More of it is in `GET /v1/dashboard/forecast`.',
  })
