import { lowerMedianOf } from '../lib/robust-statistics.ts'
import { findFit, type Fit } from './fit.ts'
import { dayOfSlot, slotOf } from './grid.ts'
import { byDate, type Payment } from './payment.ts'

/* The streams among the payments of one group: one payee, or one category and text. */

/** Factors between neighbouring amounts that separate them, from fine to coarse. */
const AMOUNT_STEPS = [1.01, 1.1, 1.4]
/** Two prices of one subscription. */
const MAX_CHANGE = 2
const MAX_CHANGE_WITH_DAY = 1.25
const MAX_CHANGE_ALONE = 2.5
const MAX_CHANGE_AMONG_OTHERS = 1.3
/** Double payments are of the same amount. */
const SAME = 1.1
const MAX_STREAMS = 20

const ratio = (a: number, b: number) => (a > b ? a / b : b / a)

const usual = ({ payments }: Fit) => lowerMedianOf(payments.map(({ amount }) => amount))

/** Splits payments where the next larger amount is further away than a factor. */
function byAmount(payments: readonly Payment[], step: number): Payment[][] {
  const clusters: Payment[][] = []
  let last = 0
  for (const payment of payments.toSorted((a, b) => a.amount - b.amount)) {
    if (clusters.length === 0 || payment.amount > last * step) clusters.push([])
    clusters.at(-1)!.push(payment)
    last = payment.amount
  }
  return clusters.map((cluster) => cluster.toSorted(byDate))
}

/** The payments of a fit, and doubles of them; the others stay for other streams. */
function taken(fit: Fit): Set<Payment> {
  const bySlot = new Map(fit.slots.map((slot, index) => [slot, fit.payments[index]!]))
  const doubles = fit.extra.filter((payment) => {
    const main = bySlot.get(slotOf(fit.schedule, payment))
    return main !== undefined && ratio(main.amount, payment.amount) <= SAME
  })
  // As many as payments: they are a stream of their own.
  const included = doubles.length < fit.payments.length / 2 ? doubles : []
  fit.extra = included
  return new Set([...fit.payments, ...included])
}

/** All of them, if they are one stream: also with prices that rise, or amounts that vary. */
function wholeGroup(payments: readonly Payment[]): Fit | undefined {
  const fit = findFit({ cluster: payments, all: payments })
  return fit && taken(fit).size >= 0.9 * payments.length ? fit : undefined
}

/** The streams among payments of similar amounts. */
function streamsIn(cluster: readonly Payment[], all: readonly Payment[]): Fit[] {
  const fits: Fit[] = []
  let left = cluster
  for (;;) {
    const fit = findFit({ cluster: left, all })
    if (!fit || fits.length === MAX_STREAMS) return fits
    fits.push(fit)
    const members = taken(fit)
    left = left.filter((payment) => !members.has(payment))
  }
}

function clusteredFits(payments: readonly Payment[]): { fits: Fit[]; rest: Payment[] } {
  const fits: Fit[] = []
  let rest = [...payments]
  for (const step of AMOUNT_STEPS) {
    const found = byAmount(rest, step).flatMap((cluster) => streamsIn(cluster, rest))
    fits.push(...found)
    const members = new Set(found.flatMap((fit) => [...fit.payments, ...fit.extra]))
    rest = rest.filter((payment) => !members.has(payment))
  }
  return { fits, rest }
}

const slack = ({ pattern }: Fit) => pattern.tolerances.at(-1)!

function joined(fit: Fit, other: Fit): Fit {
  const payments = [...fit.payments, ...other.payments].toSorted(byDate)
  const slots = payments.map((payment) => slotOf(fit.schedule, payment))
  return {
    ...fit,
    payments,
    slots,
    extra: [...fit.extra, ...other.extra],
    score: fit.score + other.score,
  }
}

/** One stream out of two whose payments fill the slots of one schedule, or of which one follows the other. */
function merged(fit: Fit, other: Fit): Fit | undefined {
  if (fit.pattern.cadence !== other.pattern.cadence) return undefined
  const change = ratio(usual(fit), usual(other))
  const [first, second] =
    fit.payments.at(-1)!.day >= other.payments.at(-1)!.day ? [other, fit] : [fit, other]
  const slots = new Set(second.slots)
  const shared = first.payments.filter((payment) => slots.has(slotOf(second.schedule, payment)))
  const off = first.payments.filter((payment) => {
    const due = dayOfSlot(second.schedule, slotOf(second.schedule, payment))
    return Math.abs(payment.day - due) > slack(second)
  })
  if (change <= MAX_CHANGE && shared.length === 0 && off.length === 0) return joined(second, first)
  const gap = (second.payments[0]!.day - first.payments.at(-1)!.day) / second.pattern.period
  const follows = gap > 0.4 && gap < 2 && change <= MAX_CHANGE_WITH_DAY
  return follows ? joined(second, first) : undefined
}

function mergeAll(fits: readonly Fit[]): Fit[] {
  const result: Fit[] = []
  for (const fit of fits.toSorted((a, b) => byDate(a.payments[0]!, b.payments[0]!))) {
    // The one with the nearest amount, if several could go on with it.
    const near = [...result.keys()].toSorted(
      (a, b) => ratio(usual(result[a]!), usual(fit)) - ratio(usual(result[b]!), usual(fit)),
    )
    const place = near.find((index) => merged(result[index]!, fit) !== undefined)
    if (place === undefined) result.push(fit)
    else result[place] = merged(result[place]!, fit)!
  }
  return result
}

/** Gives payments that fill a missing slot to a stream, such as the first one at a new price. */
function absorb(fits: readonly Fit[], rest: readonly Payment[], most: number): void {
  const inOrder = rest.toSorted(byDate)
  for (const payment of [...inOrder, ...inOrder.toReversed()]) {
    const fitting = fits.filter((fit) => {
      const slot = slotOf(fit.schedule, payment)
      const isDue = Math.abs(dayOfSlot(fit.schedule, slot) - payment.day) <= slack(fit)
      const isNear = slot >= fit.slots[0]! - 1 && slot <= fit.slots.at(-1)! + 1
      return (
        isDue && isNear && !fit.slots.includes(slot) && ratio(usual(fit), payment.amount) <= most
      )
    })
    const [best] = fitting.toSorted(
      (a, b) => ratio(usual(a), payment.amount) - ratio(usual(b), payment.amount),
    )
    if (!best || best.payments.includes(payment)) continue
    best.payments = [...best.payments, payment].toSorted(byDate)
    best.slots = best.payments.map((each) => slotOf(best.schedule, each))
  }
}

export function fitsOfGroup(payments: readonly Payment[]): Fit[] {
  const ordered = payments.toSorted(byDate)
  const whole = wholeGroup(ordered)
  if (whole) {
    const members = new Set([...whole.payments, ...whole.extra])
    absorb(
      [whole],
      ordered.filter((payment) => !members.has(payment)),
      MAX_CHANGE_ALONE,
    )
    return [whole]
  }
  const { fits, rest } = clusteredFits(ordered)
  const streams = mergeAll(fits)
  const isAlone = rest.length <= Math.max(2, 0.2 * payments.length)
  absorb(streams, rest, isAlone ? MAX_CHANGE_ALONE : MAX_CHANGE_AMONG_OTHERS)
  return streams
}
