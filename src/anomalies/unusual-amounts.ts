import { formatMinor } from '../lib/money/amounts.ts'
import { createLabels } from '../recurring/labels.ts'
import type { StreamRow } from '../recurring/payment.ts'
import { anomalyOf, formatFactor, scoreAbove, shortName, type Anomaly } from './anomaly.ts'
import { amountOf, kindOf, sampleOf, withPrior, zScore, type Sample } from './samples.ts'

/* Amounts far from the usual of their category and payee. */

const MIN_SAMPLE = 6
const THRESHOLD = 3.5
/** What is asked more of a small sample, whose spread may be far from the true one. */
const SMALLNESS = 2
const MIN_FACTOR = 2
/** Amounts that several others come near are usual too: dinners among lunches. */
const NEAR = 1.5
const MAX_SHARE = 0.03

function samplesBy(rows: readonly StreamRow[], groupOf: (row: StreamRow) => string) {
  const samples = new Map<string, Sample>()
  for (const [group, members] of Map.groupBy(rows, groupOf)) {
    if (members.length >= MIN_SAMPLE) samples.set(group, sampleOf(members.map(amountOf)))
  }
  return samples
}

/** Groups by payee where there are enough payments to it, and by category otherwise. */
export function findUnusualAmounts(
  rows: readonly StreamRow[],
  isExpected: (row: StreamRow) => boolean,
): Anomaly[] {
  const { fold } = createLabels()
  const categoryOf = (row: StreamRow) => `${kindOf(row)} ${fold(row.category)}`
  const payeeOf = (row: StreamRow) => `${categoryOf(row)} ${fold(row.payee ?? '')}`
  const all = samplesBy(rows, kindOf)
  const byCategory = samplesBy(rows, categoryOf)
  const byPayee = samplesBy(
    rows.filter(({ payee }) => payee !== null),
    payeeOf,
  )
  return rows.flatMap((row) => {
    if (isExpected(row)) return []
    const atPayee = row.payee === null ? undefined : byPayee.get(payeeOf(row))
    const inCategory = byCategory.get(categoryOf(row))
    const sample = atPayee ? withPrior(atPayee, inCategory) : inCategory
    if (!sample) return []
    const amount = amountOf(row)
    const z = zScore(amount, sample)
    const factor = amount / sample.median
    const isMaterial = amount - sample.median >= (all.get(kindOf(row))?.median ?? 0)
    const threshold = THRESHOLD * (1 + SMALLNESS / sample.count)
    if (z < threshold || factor < MIN_FACTOR || !isMaterial) return []
    const others = sample.countFrom(amount / NEAR) - 1
    if (others > Math.max(1, MAX_SHARE * sample.count)) return []
    const usualAmount = BigInt(sample.median)
    const place = shortName(row.category) + (atPayee ? ' at this payee' : '')
    const reason =
      `${formatMinor(row.amount_minor, row.currency)} is ${formatFactor(factor)} times the usual ` +
      `${formatMinor(usualAmount, row.currency)} for ${place} (median of ${sample.count}).`
    return anomalyOf(row, {
      kind: 'unusual_amount',
      score: scoreAbove(z, threshold),
      reason,
      usualAmount,
    })
  })
}
