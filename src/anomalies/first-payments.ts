import { dayNumber } from '../lib/calendar.ts'
import { compareTexts } from '../lib/compare.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import { lowerMedianOf } from '../lib/robust-statistics.ts'
import { createLabels } from '../recurring/labels.ts'
import type { StreamRow } from '../recurring/payment.ts'
import { anomalyOf, formatFactor, scoreAbove, shortName, type Anomaly } from './anomaly.ts'
import { amountOf, kindOf } from './samples.ts'

/* Large payments to a payee, or in a category, that had none before. */

/** What has to be known of a user before something can be new. */
const MIN_DAYS = 90
const MIN_ROWS = 30
const SHARE = 0.97
const MIN_FACTOR = 5

const byDate = (a: StreamRow, b: StreamRow) =>
  compareTexts(a.date, b.date) || compareTexts(a.id, b.id)

function firstPaymentsAmong(
  rows: readonly StreamRow[],
  identityOf: (row: StreamRow) => string,
  isExpected: (row: StreamRow) => boolean,
): Anomaly[] {
  const ordered = rows.toSorted(byDate)
  const amounts = ordered.map(amountOf).toSorted((a, b) => a - b)
  const large = amounts[Math.floor(SHARE * amounts.length)] ?? Infinity
  const median = lowerMedianOf(amounts)
  const known = new Set<string>()
  const start = ordered[0] ? dayNumber(ordered[0].date) : 0
  return ordered.flatMap((row, index) => {
    const identity = identityOf(row)
    if (known.has(identity)) return []
    known.add(identity)
    const amount = amountOf(row)
    const isLarge = amount >= large && amount >= MIN_FACTOR * median
    const isKnown = index >= MIN_ROWS && dayNumber(row.date) - start >= MIN_DAYS
    if (!isLarge || !isKnown || isExpected(row)) return []
    const usualAmount = BigInt(median)
    const what =
      row.payee === null ? `in ${shortName(row.category)}` : `with ${shortName(row.payee)}`
    const all = row.type === 'expense' ? 'expense' : 'income'
    return anomalyOf(row, {
      kind: 'large_first_payment',
      score: scoreAbove(amount / median, MIN_FACTOR),
      reason:
        `${formatMinor(row.amount_minor, row.currency)} is the first payment ${what}, and ` +
        `${formatFactor(amount / median)} times the usual ${all} of ` +
        `${formatMinor(usualAmount, row.currency)} (median of ${amounts.length}).`,
      usualAmount,
    })
  })
}

export function findFirstPayments(
  rows: readonly StreamRow[],
  isExpected: (row: StreamRow) => boolean,
): Anomaly[] {
  const { fold } = createLabels()
  const identityOf = ({ payee, category }: StreamRow) =>
    payee === null ? `category ${fold(category)}` : `payee ${fold(payee)}`
  return [...Map.groupBy(rows, kindOf).values()].flatMap((members) =>
    firstPaymentsAmong(members, identityOf, isExpected),
  )
}
