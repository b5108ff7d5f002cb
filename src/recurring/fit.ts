import {
  dayOfSlot,
  likelySchedules,
  patterns,
  slotOf,
  type Pattern,
  type Schedule,
} from './grid.ts'
import { relativeSpread, type Payment } from './payment.ts'

/* Whether payments are regular. */

/** A payment for each slot, in order; others that fell on the same slots. */
export interface Fit {
  pattern: Pattern
  schedule: Schedule
  payments: Payment[]
  slots: number[]
  extra: Payment[]
  /** Decimal logarithm of how unlikely it is by chance. */
  score: number
  /** The mean distance from the due day. */
  deviation: number
}

/** How many schedules and tolerances are tried. */
const TRIALS = 20
/** A chance of one in 3,000; a second payment a year later has to be enough sometimes. */
const ENOUGH = 3.5
const ENOUGH_FOR_TWO = 2.7
/** Payments among others of the same payee: one of many amounts could repeat by chance. */
const ENOUGH_AMONG_OTHERS = 4.5
const RANGE_AMONG_OTHERS = 1.1
/** The shares of its group, during its time and of all times, that make a stream what it is about. */
const SHARE_OF_ITS_TIME = 0.6
const SHARE_OF_ALL = 0.35
const DATES_ENOUGH = 0.3
/** Amounts of unrelated payments differ by a factor of up to ten. */
const AMOUNT_RANGE = Math.log(10)
const MAX_AMOUNT_SCORE = 5

/** The relative entropy of two probabilities: Chernoff's bound for the tail of a binomial distribution. */
function entropy(share: number, chance: number): number {
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance))
  return share * Math.log(share / chance) + rest
}

/** Payments of similar amounts, and all of their payee; both in the order of their dates. */
export interface Group {
  cluster: readonly Payment[]
  all: readonly Payment[]
}

interface Hit {
  payment: Payment
  slot: number
  deviation: number
}

/** The longest sequence of slots without a gap that ends a stream. */
function longestRun(hits: readonly Hit[], gap: number): Hit[] {
  let best: Hit[] = []
  let run: Hit[] = []
  for (const hit of hits) {
    const previous = run.at(-1)
    if (previous && hit.slot - previous.slot > gap) run = []
    run.push(hit)
    if (run.length >= best.length) best = run
  }
  return best
}

/** What similar amounts add to the score. */
function amountScore(payments: readonly Payment[]): number {
  const amounts = payments.map(({ amount }) => amount)
  const width = Math.log(Math.max(...amounts) / Math.min(...amounts)) + 0.01
  const score = (payments.length - 1) * -Math.log10(Math.min(1, width / AMOUNT_RANGE))
  return Math.min(MAX_AMOUNT_SCORE, score)
}

/** Payments from one day to another, by bisection. */
function countBetween(payments: readonly Payment[], from: number, to: number): number {
  const before = (isBefore: (day: number) => boolean) => {
    let [low, high] = [0, payments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(payments[middle]!.day)) low = middle + 1
      else high = middle
    }
    return low
  }
  return before((day) => day <= to) - before((day) => day < from)
}

/** How improbable a run is if the payments around it had come at random. */
function dateScore(run: readonly Hit[], all: readonly Payment[], pattern: Pattern): number {
  const [first, last] = [run[0]!, run.at(-1)!]
  const from = first.payment.day - pattern.period / 2
  const to = last.payment.day + pattern.period / 2
  const near = countBetween(all, from, to)
  const widest = Math.max(...run.map(({ deviation }) => deviation))
  const chance = Math.min(0.999, 1 - Math.exp((-near / (to - from)) * (2 * widest + 1)))
  const length = last.slot - first.slot + 1
  const share = run.length / length
  if (share <= chance) return -Infinity
  return ((length - 1) * entropy(share, chance)) / Math.LN10 - Math.log10(TRIALS)
}

/** Takes the payment nearest to its due day for each slot; the others are extra. */
function hitsOf(payments: readonly Payment[], schedule: Schedule, tolerance: number) {
  const bySlot = new Map<number, Hit>()
  const extra: Hit[] = []
  for (const payment of payments) {
    const slot = slotOf(schedule, payment)
    const deviation = Math.abs(payment.day - dayOfSlot(schedule, slot))
    if (deviation > tolerance) continue
    const hit = { payment, slot, deviation }
    const other = bySlot.get(slot)
    if (!other) bySlot.set(slot, hit)
    else if (deviation < other.deviation) {
      bySlot.set(slot, hit)
      extra.push(other)
    } else extra.push(hit)
  }
  return { hits: [...bySlot.values()].toSorted((a, b) => a.slot - b.slot), extra }
}

/** The score of a run, or undefined if it is not enough. */
function scoreOf(run: readonly Hit[], group: Group, pattern: Pattern): number | undefined {
  const found = run.map(({ payment }) => payment)
  const amounts = found.map(({ amount }) => amount)
  if (relativeSpread(amounts) > pattern.spread) return undefined
  const [first, last] = [run[0]!, run.at(-1)!]
  const share = run.length / countBetween(group.all, first.payment.day, last.payment.day)
  const dates = dateScore(run, group.cluster, pattern)
  if (dates < DATES_ENOUGH) return undefined
  if (share < SHARE_OF_ITS_TIME || run.length < SHARE_OF_ALL * group.all.length) {
    const isOnePrice = Math.max(...amounts) <= RANGE_AMONG_OTHERS * Math.min(...amounts)
    const isLong = run.length >= pattern.leastAmongOthers
    return isLong && isOnePrice && dates >= ENOUGH_AMONG_OTHERS ? dates : undefined
  }
  const score = dates + amountScore(found)
  const enough = run.length === 2 && group.all.length === 2 ? ENOUGH_FOR_TWO : ENOUGH
  return score >= enough ? score : undefined
}

function fitSchedule(
  group: Group,
  pattern: Pattern,
  schedule: Schedule,
  tolerance: number,
): Fit | undefined {
  const { hits, extra } = hitsOf(group.cluster, schedule, tolerance)
  const run = longestRun(hits, pattern.gap)
  if (run.length < pattern.least) return undefined
  const [first, last] = [run[0]!.slot, run.at(-1)!.slot]
  if (run.length / (last - first + 1) < 0.75) return undefined
  const score = scoreOf(run, group, pattern)
  if (score === undefined) return undefined
  const within = extra.filter(({ slot }) => slot >= first && slot <= last)
  return {
    pattern,
    schedule,
    payments: run.map(({ payment }) => payment),
    slots: run.map(({ slot }) => slot),
    extra: within.map(({ payment }) => payment),
    score,
    deviation: run.reduce((sum, { deviation }) => sum + deviation, 0) / run.length,
  }
}

const isBetter = (fit: Fit, than: Fit | undefined) =>
  !than ||
  fit.payments.length > than.payments.length ||
  (fit.payments.length === than.payments.length && fit.deviation < than.deviation)

/** The most regular payments of a cluster of a group. */
export function findFit(group: Group): Fit | undefined {
  const { cluster } = group
  if (cluster.length < 2) return undefined
  const length = cluster.at(-1)!.day - cluster[0]!.day
  const possible = patterns.filter(
    ({ least, period }) => cluster.length >= least && length > (least - 1.5) * period,
  )
  const fits = possible.flatMap((pattern) =>
    likelySchedules(pattern, cluster).map(({ schedule, tolerance }) =>
      fitSchedule(group, pattern, schedule, tolerance),
    ),
  )
  let best: Fit | undefined
  for (const fit of fits) if (fit && isBetter(fit, best)) best = fit
  return best
}
