import { compareTexts } from '../lib/compare.ts'
import { lowerMedianOf } from '../lib/robust-statistics.ts'
import type { StreamRow } from '../recurring/payment.ts'
import type { Stream } from '../recurring/stream.ts'
import type { Anomaly } from './anomaly.ts'
import { findDuplicates } from './duplicates.ts'
import { findFirstPayments } from './first-payments.ts'
import { findRecurringAnomalies } from './recurring-anomalies.ts'
import { findUnusualAmounts } from './unusual-amounts.ts'
import { findUnusualMonths, type MonthRow } from './unusual-months.ts'

/** Payments of a stream that are larger than this many times its usual are not what was expected. */
const MAX_FACTOR = 2

export interface Material {
  rows: readonly StreamRow[]
  streams: readonly Stream[]
  months: readonly MonthRow[]
  /** The first day of which all transactions are known. */
  since: string
  today: string
}

/** The latest first, and of one day the most conspicuous first. */
const inOrder = (a: Anomaly, b: Anomaly) =>
  compareTexts(b.date, a.date) || b.score - a.score || compareTexts(a.key, b.key)

/** All that stands out, whatever the order of the rows. */
export function findAnomalies({ rows, streams, months, since, today }: Material): Anomaly[] {
  const streamOf = new Map<string, Stream>()
  const limits = new Map<Stream, number>()
  for (const stream of streams) {
    if (stream.status === 'dismissed') continue
    const amounts = stream.transactions.map(({ amount }) => Number(amount))
    limits.set(stream, MAX_FACTOR * lowerMedianOf(amounts))
    for (const { id } of stream.transactions) streamOf.set(id, stream)
  }
  const isExpected = (row: StreamRow) => {
    const stream = streamOf.get(row.id)
    return stream !== undefined && Number(row.amount_minor) <= limits.get(stream)!
  }
  const recorded = new Map<string, string>()
  for (const { user_id: user, date } of rows) {
    if (date > (recorded.get(user) ?? '')) recorded.set(user, date)
  }
  const first = findFirstPayments(rows, isExpected)
  const isFirst = new Set(first.map(({ transactionId }) => transactionId))
  const recurring = findRecurringAnomalies(streams, today, recorded)
  const isDearer = new Set(recurring.map(({ transactionId }) => transactionId))
  const amounts = findUnusualAmounts(rows, isExpected).filter(
    ({ transactionId }) => !isDearer.has(transactionId),
  )
  // One anomaly says it: a first payment that is unusual for its category too.
  const unusual = new Set(amounts.map(({ transactionId }) => transactionId))
  const explained = [...first, ...amounts]
  return [
    ...amounts,
    ...first.filter(({ transactionId }) => !unusual.has(transactionId)),
    ...findDuplicates(rows, ({ id }) => streamOf.get(id)).filter(
      ({ transactionId }) => !isFirst.has(transactionId),
    ),
    ...recurring,
    ...findUnusualMonths(months, since, today).filter((month) => !isExplained(month, explained)),
  ].toSorted(inOrder)
}

/** Whether a payment that is reported by itself makes up most of what a month has too much. */
function isExplained(month: Anomaly, payments: readonly Anomaly[]): boolean {
  const excess = Number(month.amount - (month.usualAmount ?? 0n))
  return payments.some(
    (payment) =>
      payment.userId === month.userId &&
      payment.type === month.type &&
      payment.currency === month.currency &&
      payment.category === month.category &&
      payment.date.slice(0, 7) === month.date.slice(0, 7) &&
      Number(payment.amount) > 0.5 * excess,
  )
}
