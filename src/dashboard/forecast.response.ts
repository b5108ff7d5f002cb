import type { Scope } from '../access/scope.ts'
import { describeReason, type Forecast } from '../forecast/forecast.ts'
import type { BalanceOutlook, CurrencyOutlook, SeriesOutlook } from '../forecast/outlook.ts'
import type { Range, Trust } from '../forecast/ranges.ts'
import { scopeResponse } from '../http/pagination.schema.ts'
import type { Bucket } from '../lib/buckets.ts'
import { formatDecimal, formatMinor } from '../lib/money/amounts.ts'
import { shares } from '../lib/money/percentages.ts'

/* Converts a forecast to decimal strings and names in snake_case. */

const percentOf = (value: number) => formatDecimal(BigInt(Math.round(value * 100)), 2)
const round = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 1000)

const rangeResponse = ({ point, low, high }: Range, currency: string) => ({
  amount: formatMinor(point, currency),
  low: formatMinor(low, currency),
  high: formatMinor(high, currency),
})

const periodResponse = ({ from, to }: Bucket) => ({ date_from: from, date_to: to })

const trustResponse = ({ origins, mase, benchmarkMase, inside }: Trust) => ({
  origins,
  mase: round(mase),
  seasonal_naive_mase: round(benchmarkMase),
  inside_percent: percentOf(inside),
})

function methodsResponse(methods: SeriesOutlook['methods']) {
  const percents = shares(methods.map(({ weight }) => BigInt(Math.round(weight * 1e6))))
  return methods.map(({ name }, index) => ({ name, weight_percent: percents[index]! }))
}

function seriesResponse(series: SeriesOutlook, currency: string, future: readonly Bucket[]) {
  const [current, ...points] = series.ranges.map((range, step) => ({
    ...rangeResponse(range, currency),
    recurring: formatMinor(series.known[step]!, currency),
  }))
  return {
    kind: series.kind,
    ...(series.type !== null && { type: series.type }),
    ...(series.category !== null && { category: series.category }),
    current: { actual: formatMinor(series.actual, currency), ...current! },
    points: points.map((point, step) => ({ ...periodResponse(future[step]!), ...point })),
    level_reached: series.level,
    periods_used: series.periods,
    seasonal: series.seasonal,
    recurring_streams: series.streams,
    methods: methodsResponse(series.methods),
    backtest: trustResponse(series.trust),
  }
}

function balanceResponse(
  balance: BalanceOutlook,
  currency: string,
  { current, future }: Forecast['timeline'],
) {
  const [first, ...points] = balance.ranges.map((range) => rangeResponse(range, currency))
  return {
    opening: formatMinor(balance.opening, currency),
    recorded: formatMinor(balance.recorded, currency),
    current: { date: current.to, ...first! },
    points: points.map((point, step) => ({ date: future[step]!.to, ...point })),
    level_reached: balance.level,
    inside_percent: percentOf(balance.inside),
  }
}

const reasonResponse = (outlook: CurrencyOutlook, { timeline }: Forecast) =>
  outlook.reason && {
    code: outlook.reason,
    message: describeReason(outlook.reason, outlook, timeline),
  }

export function forecastResponse(scope: Scope, forecast: Forecast) {
  const { timeline, by, level, currencies, omitted } = forecast
  return {
    ...scopeResponse(scope),
    as_of: timeline.today,
    interval: timeline.interval,
    by,
    horizon: timeline.future.length,
    level,
    current_period: periodResponse(timeline.current),
    forecasts: currencies.map((outlook) => {
      const { currency, periods, series, balance } = outlook
      return {
        currency,
        periods,
        reason: reasonResponse(outlook, forecast),
        series: series.map((each) => seriesResponse(each, currency, timeline.future)),
        balance: balance && balanceResponse(balance, currency, timeline),
      }
    }),
    omitted_currencies: omitted,
  }
}

/** One line for each period of a currency. */
function sectionPoints({ currency, series, balance }: CurrencyOutlook, periods: readonly Bucket[]) {
  const at = (kind: SeriesOutlook['kind'], step: number) =>
    series.find((each) => each.kind === kind)!.ranges[step]!
  return periods.map((period, step) => {
    const net = at('net', step)
    const total = balance!.ranges[step]!
    const format = (amount: bigint) => formatMinor(amount, currency)
    return {
      ...periodResponse(period),
      income: format(at('income', step).point),
      expenses: format(at('expense', step).point),
      net: format(net.point),
      net_low: format(net.low),
      net_high: format(net.high),
      balance: format(total.point),
      balance_low: format(total.low),
      balance_high: format(total.high),
    }
  })
}

export function forecastSectionResponse(forecast: Forecast) {
  const { current, future } = forecast.timeline
  return forecast.currencies.map((outlook) => {
    const { currency, series } = outlook
    const reason = reasonResponse(outlook, forecast)
    if (reason !== null) {
      return { currency, reason, level_reached: null, current: null, points: [], backtest: null }
    }
    const [first, ...points] = sectionPoints(outlook, [current, ...future])
    const net = series.find(({ kind }) => kind === 'net')!
    return {
      currency,
      reason,
      level_reached: net.level,
      current: first!,
      points,
      backtest: trustResponse(net.trust),
    }
  })
}
