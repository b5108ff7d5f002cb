import type { TransactionType } from '../db/enums.ts'
import { dateOfDay, dayOfMonth } from '../lib/calendar.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import { lowerMedianOf, robustDeviation } from '../lib/robust-statistics.ts'
import { anomalyKey, formatFactor, scoreAbove, shortName, type Anomaly } from './anomaly.ts'

/* Categories whose total of a month is out of line with the months around and with its season. */

/** The total of a category in a month. */
export interface MonthRow {
  userId: string
  type: TransactionType
  currency: string
  category: string
  /** Its first day. */
  month: string
  amount: bigint
  count: number
}

/** A month is compared with a year around it. */
const MIN_MONTHS = 9
const AROUND = 6
/** Categories that have payments in fewer of the months around have no usual month. */
const MIN_PRESENT = 0.8
const THRESHOLD = 3
const MIN_SPREAD = 0.22
/** Few payments make totals that vary: the spread of a total of one payment. */
const SPREAD_OF_ONE = 1.1
/** Months of fewer payments may well have none. */
const MIN_COUNT = 8
const MIN_FACTOR = 1.8
/** The difference, as a share of what the user spends (or earns) in a month. */
const MIN_SHARE = 0.05

const numberOf = (month: string) => {
  const [year, of] = month.split('-').map(Number)
  return year! * 12 + of! - 1
}
const startOf = (month: number) => dateOfDay(dayOfMonth(month, 1))

interface Series {
  rows: Map<number, MonthRow>
  first: number
  last: number
}

const amountIn = ({ rows }: Series, month: number) => rows.get(month)?.amount ?? 0n
const totalIn = (series: Series, month: number) => Number(amountIn(series, month))

const isIn = ({ first, last }: Series, month: number) => month >= first && month <= last

function monthsAround(series: Series, month: number): number[] {
  // At the ends of the series, more of the other side.
  const from = Math.max(series.first, Math.min(month - AROUND, series.last - 2 * AROUND))
  const to = Math.min(series.last, from + 2 * AROUND)
  const months: number[] = []
  for (let each = from; each <= to; each++) if (each !== month) months.push(each)
  return months
}

interface Judged {
  usual: number
  z: number
  count: number
  /** Whether there are months of other years to compare with. */
  hasSeason: boolean
}

/** Compares a month with those around and with the same month of other years; the nearer one counts. */
function judge(series: Series, month: number): Judged | undefined {
  const months = monthsAround(series, month)
  const around = months.map((each) => totalIn(series, each))
  const present = around.filter((total) => total > 0)
  if (around.length < MIN_MONTHS || present.length < MIN_PRESENT * around.length) return undefined
  const level = lowerMedianOf(around)
  const years = [-24, -12, 12, 24].filter((offset) => isIn(series, month + offset))
  const season = years.map((offset) => totalIn(series, month + offset)).filter((total) => total > 0)
  const total = totalIn(series, month)
  const references = season.length > 0 ? [level, lowerMedianOf(season)] : [level]
  const isMore = total > level
  const usual = isMore ? Math.max(...references) : Math.min(...references)
  const count = lowerMedianOf(months.map((each) => series.rows.get(each)?.count ?? 0))
  if (isMore ? total <= usual : total >= usual || count < MIN_COUNT) return undefined
  const deviations = present.map((each) => Math.abs(Math.log(each / level)))
  const floor = Math.max(MIN_SPREAD, SPREAD_OF_ONE / Math.sqrt(Math.max(1, count)))
  const spread = Math.max(floor, robustDeviation(deviations))
  const z = Math.log((total + 0.05 * level) / (1.05 * usual)) / spread
  return { usual, z, count: around.length, hasSeason: season.length > 0 }
}

function anomalyIn(series: Series, month: number, ofAll: number): Anomaly[] {
  const judged = judge(series, month)
  if (!judged || judged.usual === 0) return []
  const { usual, z, count, hasSeason } = judged
  const total = totalIn(series, month)
  const factor = total > usual ? total / usual : usual / Math.max(total, 1)
  const isMaterial = Math.abs(total - usual) >= MIN_SHARE * ofAll
  if (Math.abs(z) < THRESHOLD || factor < MIN_FACTOR || !isMaterial) return []
  const { userId, type, currency, category } = [...series.rows.values()][0]!
  const amount = amountIn(series, month)
  const usualAmount = BigInt(usual)
  const date = startOf(month)
  const said = formatMinor(amount, currency)
  const expected = `the usual ${formatMinor(usualAmount, currency)} for ${shortName(category)} in a month`
  const comparison =
    total === 0
      ? `Nothing was recorded, instead of ${expected}`
      : total > usual
        ? `${said} is ${formatFactor(factor)} times ${expected}`
        : `${said} is only ${Math.round((100 * total) / usual)} % of ${expected}`
  const compared = `median of ${count} months${hasSeason ? ', and the same month of other years' : ''}`
  return [
    {
      userId,
      key: anomalyKey('unusual_month', userId, type, currency, category, date, amount),
      kind: 'unusual_month',
      date,
      type,
      currency,
      category,
      payee: null,
      amount,
      usualAmount,
      score: scoreAbove(Math.abs(z), THRESHOLD),
      reason: `${comparison} (${compared}).`,
      transactionId: null,
      relatedId: null,
      streamKey: null,
      dismissed: null,
    },
  ]
}

/**
 * Whole months only: the current one is not over, and the first one may have begun in the middle.
 * `ofUser` are all months of one user, type and currency.
 */
function anomaliesOfUser(ofUser: readonly MonthRow[], current: number, from: number): Anomaly[] {
  const whole = ofUser.filter(({ month }) => numberOf(month) < current)
  if (whole.length === 0) return []
  const byMonth = Map.groupBy(whole, ({ month }) => numberOf(month))
  const last = Math.max(...byMonth.keys())
  const first = Math.min(...byMonth.keys()) + 1
  const sums = [...byMonth.values()].map((rows) =>
    rows.reduce((sum, row) => sum + Number(row.amount), 0),
  )
  const ofAll = lowerMedianOf(sums)
  return [...Map.groupBy(whole, ({ category }) => category).values()].flatMap((rows) => {
    const series = {
      rows: new Map(rows.map((row) => [numberOf(row.month), row])),
      first: Math.max(first, Math.min(...rows.map(({ month }) => numberOf(month)))),
      last,
    }
    const months = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    return months
      .filter((month) => month >= from && isIn(series, month))
      .flatMap((month) => anomalyIn(series, month, ofAll))
  })
}

/** Months since a day that are over. Totals beyond 2^53 are compared as rounded numbers. */
export function findUnusualMonths(
  months: readonly MonthRow[],
  since: string,
  today: string,
): Anomaly[] {
  const groups = Map.groupBy(
    months,
    ({ userId, type, currency }) => `${userId} ${type} ${currency}`,
  )
  return [...groups.values()].flatMap((rows) =>
    anomaliesOfUser(rows, numberOf(today), numberOf(since)),
  )
}
