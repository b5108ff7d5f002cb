import { bucketStart } from '../lib/buckets.ts'
import { expectedPayments, type Stream } from '../recurring/stream.ts'
import { repeat, sumOf } from './numbers.ts'
import type { Timeline } from './timeline.ts'

/*
 * Recurring payments that are laid out on their dates: those whose amount hardly changes. Others,
 * such as a bill that follows the seasons, are left to the methods.
 */

const MAX_SPREAD = 0.1
const MIN_CONFIDENCE = 0.5

export function isLaidOut({ status, nextDate, amount, low, high, confidence }: Stream): boolean {
  if (status === 'dismissed' || nextDate === null) return false
  if (status === 'confirmed') return true
  return Number(high - low) <= MAX_SPREAD * Number(amount) && confidence >= MIN_CONFIDENCE
}

/** Amounts of recurring payments by period, in minor units. */
export interface Known {
  streams: number
  /** Whole periods in which recurring payments were looked for. */
  periods: number
  /** What was paid in each of these, oldest first, and in the current period. */
  past: number[]
  paid: number
  /** What is expected: in the rest of the current period, then in each future one. */
  future: number[]
  /** What was paid more than expected in a period, as seen from before another. */
  error(origin: number, at: number): number
}

/** The last payment before each period that has begun. */
function usualAmounts({ transactions }: Stream, starts: readonly string[]): number[] {
  let next = 0
  let usual = 0
  return starts.map((start) => {
    for (; next < transactions.length && transactions[next]!.date < start; next++) {
      usual = Number(transactions[next]!.amount)
    }
    return usual
  })
}

export function knownOf(streams: readonly Stream[], timeline: Timeline): Known {
  const { interval, whole, current, future, recurringFrom } = timeline
  const covered = whole.filter(({ start }) => start >= recurringFrom)
  const starts = [...covered, current, ...future].map(({ start }) => start)
  const placeOf = new Map(starts.map((start, place) => [start, place]))
  const begun = starts.slice(0, covered.length + 1)
  const place = (date: string) => placeOf.get(bucketStart(date, interval))
  const last = (future.at(-1) ?? current).to
  const expected = Array<number>(future.length + 1).fill(0)
  const byStream = streams.map((stream) => {
    const paid = Array<number>(begun.length).fill(0)
    const counts = Array<number>(begun.length).fill(0)
    for (const { date, amount } of stream.transactions) {
      const at = place(date)
      if (at === undefined || at >= begun.length) continue
      paid[at]! += Number(amount)
      counts[at]!++
    }
    // From the first day of the period: what is a few days overdue is still expected.
    for (const { date, amount } of expectedPayments(stream, current.from, last)) {
      const at = place(date)
      if (at !== undefined) expected[at - covered.length]! += Number(amount)
    }
    return { paid, counts, usual: usualAmounts(stream, begun) }
  })
  const total = repeat(begun.length, (at) => sumOf(byStream.map(({ paid }) => paid[at]!)))
  return {
    streams: streams.length,
    periods: covered.length,
    past: total.slice(0, -1),
    paid: total.at(-1)!,
    future: expected,
    error: (origin, at) =>
      sumOf(byStream.map(({ paid, counts, usual }) => paid[at]! - usual[origin]! * counts[at]!)),
  }
}
