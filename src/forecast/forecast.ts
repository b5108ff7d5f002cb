import { addDays } from '../lib/calendar.ts'
import { isLaidOut } from './known.ts'
import { streamsOf } from '../recurring/history.ts'
import { MIN_PERIODS } from './forecast-series.ts'
import type { ForecastRows } from './forecast.repository.ts'
import { historiesOf } from './history.ts'
import { outlookOf, type CurrencyOutlook, type Grouping, type NoForecast } from './outlook.ts'
import type { Timeline } from './timeline.ts'

/** Currencies with a forecast, those with most records; with categories each costs far more. */
const MAX_CURRENCIES: Record<Grouping, number> = { total: 10, type: 10, category: 3 }

export interface ForecastOptions {
  timeline: Timeline
  horizon: number
  by: Grouping
  level: number
  currency?: string | undefined
}

export interface Forecast {
  timeline: Timeline
  by: Grouping
  level: number
  currencies: CurrencyOutlook[]
  /** Currencies with fewer records, which have to be requested one by one. */
  omitted: string[]
}

/** The first periods of an outlook. */
function firstOf(outlook: CurrencyOutlook, horizon: number): CurrencyOutlook {
  const { series, balance } = outlook
  const steps = horizon + 1
  return {
    ...outlook,
    series: series.map((each) => ({
      ...each,
      ranges: each.ranges.slice(0, steps),
      known: each.known.slice(0, steps),
    })),
    balance: balance && { ...balance, ranges: balance.ranges.slice(0, steps) },
  }
}

/** What to expect in each currency. */
export function forecastOf(rows: ForecastRows, options: ForecastOptions): Forecast {
  const { timeline, horizon, by, level, currency } = options
  const histories = historiesOf(rows, timeline, { currency, byCategory: by === 'category' })
  const streams = streamsOf(rows.payments, rows.decisions, timeline.today).filter(isLaidOut)
  const shown = histories.slice(0, MAX_CURRENCIES[by])
  return {
    timeline: { ...timeline, future: timeline.future.slice(0, horizon) },
    by,
    level,
    currencies: shown.map((history) =>
      firstOf(outlookOf(history, streams, { timeline, by, level }), horizon),
    ),
    omitted: histories.slice(shown.length).map((history) => history.currency),
  }
}

/** Why a forecast is not possible, in words. */
export function describeReason(
  reason: NoForecast,
  { currency, periods }: CurrencyOutlook,
  { interval, whole, current }: Timeline,
): string {
  switch (reason) {
    case 'no_transactions':
      return `No transactions in ${currency} on or before ${current.to}.`
    case 'no_recent_transactions':
      return `No transactions in ${currency} since ${(whole[0] ?? current).from}.`
    case 'too_few_periods': {
      const found = `${periods} whole ${interval}${periods === 1 ? '' : 's'}`
      const end = addDays(current.start, -1)
      return `${currency} has ${found} of history up to ${end}. A forecast needs at least ${MIN_PERIODS}.`
    }
  }
}
