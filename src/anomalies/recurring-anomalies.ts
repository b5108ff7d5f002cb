import { addDays, dateOfDay, dayNumber } from '../lib/calendar.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import { changePercent } from '../lib/money/percentages.ts'
import type { Stream } from '../recurring/stream.ts'
import { anomalyKey, shortName, type Anomaly, type AnomalyKind } from './anomaly.ts'

/* Recurring payments that are late, missing or dearer. */

const PERIOD = { weekly: 7, fortnightly: 14, monthly: 30.44, quarterly: 91.3, yearly: 365.25 }
/** A stream that is less certain than this may have ended, or never have been one. */
const MIN_CONFIDENCE = 0.65
/** Gaps as long as this many periods have a missing payment in them. */
const GAP = 1.6
const SAME_PRICE = 1.01
const MIN_RISE = 1.02
/** The share of payments that have the price of the one before, where there are prices at all. */
const MIN_FIXED = 0.7

interface Due {
  kind: AnomalyKind
  date: string
  amount: bigint
  reason: string
  /** The payment before. */
  relatedId: string
}

const anomalyOf = (stream: Stream, { kind, date, amount, reason, relatedId }: Due): Anomaly => ({
  userId: stream.userId,
  // A late payment that is given up is the same one.
  key: anomalyKey('recurring_due', relatedId, date.slice(0, 7)),
  kind,
  date,
  type: stream.type,
  currency: stream.currency,
  category: stream.category,
  payee: stream.payee,
  amount,
  usualAmount: stream.amount,
  score: stream.confidence,
  reason,
  transactionId: null,
  relatedId,
  streamKey: stream.key,
  dismissed: null,
})

const describe = ({ cadence, name, currency, amount }: Stream) =>
  `The ${cadence} payment ${shortName(name)} of ${formatMinor(amount, currency)}`

/**
 * The payment that is overdue, or that never came. `recorded` is the day of the user's latest
 * transaction: what was due later may only not have been recorded yet.
 */
function overdue(stream: Stream, today: string, recorded: string): Anomaly[] {
  if (stream.state === 'active') return []
  const last = stream.transactions.at(-1)!
  const date =
    stream.nextDate ?? dateOfDay(Math.round(dayNumber(last.date) + PERIOD[stream.cadence]))
  if (date >= recorded) return []
  const days = dayNumber(today) - dayNumber(date)
  const isLate = stream.state === 'late'
  const reason = isLate
    ? `${describe(stream)} was due on ${date} and is ${days} days late.`
    : `${describe(stream)} was due on ${date} and did not come; the last one was on ${last.date}.`
  const kind = isLate ? 'recurring_late' : 'recurring_missing'
  return [anomalyOf(stream, { kind, date, amount: stream.amount, reason, relatedId: last.id })]
}

/** Payments that were left out, with others after them. */
function skipped(stream: Stream): Anomaly[] {
  const period = PERIOD[stream.cadence]
  return stream.transactions.flatMap((next, index) => {
    const previous = stream.transactions[index - 1]
    if (!previous) return []
    const gap = dayNumber(next.date) - dayNumber(previous.date)
    if (gap < GAP * period) return []
    const date = addDays(previous.date, Math.round(period))
    const reason =
      `${describe(stream)} did not come between ${previous.date} and ${next.date}, ` +
      `${Math.round(gap)} days apart.`
    const kind = 'recurring_missing'
    return anomalyOf(stream, { kind, date, amount: stream.amount, reason, relatedId: previous.id })
  })
}

const isSame = (a: bigint, b: bigint) => Number(a > b ? a : b) <= SAME_PRICE * Number(a > b ? b : a)

function hasPrices({ transactions }: Stream): boolean {
  const same = transactions.filter(({ amount }, index) => {
    const before = transactions[index - 1]
    return before !== undefined && isSame(before.amount, amount)
  })
  return same.length >= MIN_FIXED * (transactions.length - 1)
}

/** Payments whose price rose. */
function dearer(stream: Stream): Anomaly[] {
  if (stream.type !== 'expense' || !hasPrices(stream)) return []
  return stream.transactions.flatMap((payment, index, all) => {
    const [one, two] = [all[index - 2], all[index - 1]]
    if (!one || !two || !isSame(one.amount, two.amount)) return []
    if (Number(payment.amount) < MIN_RISE * Number(two.amount)) return []
    const { currency } = stream
    const reason =
      `The ${stream.cadence} payment ${shortName(stream.name)} rose from ` +
      `${formatMinor(two.amount, currency)} to ${formatMinor(payment.amount, currency)}, by ` +
      `${changePercent(two.amount, payment.amount)} %.`
    const rise = Number(payment.amount) / Number(two.amount) - 1
    return {
      ...anomalyOf(stream, { kind: 'recurring_dearer', ...payment, reason, relatedId: two.id }),
      key: anomalyKey('recurring_dearer', payment.id, payment.amount),
      usualAmount: two.amount,
      transactionId: payment.id,
      score: Math.round(100 * Math.max(0.5, Math.min(1, stream.confidence * (0.6 + rise)))) / 100,
    }
  })
}

/** Streams that people dismissed are not expected. */
export const findRecurringAnomalies = (
  streams: readonly Stream[],
  today: string,
  recorded: ReadonlyMap<string, string>,
): Anomaly[] =>
  streams.flatMap((stream) => {
    const isCertain = stream.confidence >= MIN_CONFIDENCE || stream.status === 'confirmed'
    if (stream.status === 'dismissed' || !isCertain) return []
    return [
      ...overdue(stream, today, recorded.get(stream.userId) ?? ''),
      ...skipped(stream),
      ...dearer(stream),
    ]
  })
