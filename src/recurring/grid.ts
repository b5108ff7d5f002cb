import { dayOfMonth } from '../lib/calendar.ts'
import type { Payment } from './payment.ts'

/* Grids of the days on which payments of a cadence are due, one for each slot. */

export const cadences = ['weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly'] as const
export type Cadence = (typeof cadences)[number]

/** Every so many days, or months on a day of the month (its last day where it is shorter). */
export type Schedule =
  { days: number; phase: number } | { months: number; phase: number; day: number }

/** How payments of a cadence may deviate, in days. */
export interface Pattern {
  cadence: Cadence
  days?: number
  months?: number
  /** The length of a period, in days. */
  period: number
  /** A narrow and a wide tolerance: weekends, holidays and ends of months move payments. */
  tolerances: readonly number[]
  /** Payments that are needed to tell it, and within payments that do not belong to it. */
  least: number
  leastAmongOthers: number
  /** Slots without a payment that end a stream. */
  gap: number
  /** The largest relative spread of amounts. */
  spread: number
}

const weekly: Pattern = {
  cadence: 'weekly',
  days: 7,
  period: 7,
  tolerances: [0, 1],
  least: 4,
  leastAmongOthers: 6,
  gap: 5,
  spread: 0.1,
}
const monthly: Pattern = {
  cadence: 'monthly',
  months: 1,
  period: 30.4,
  tolerances: [1, 4],
  least: 3,
  leastAmongOthers: 4,
  gap: 4,
  spread: 0.6,
}

/** Every 28 or 30 days count as monthly, as people say it. */
export const patterns: readonly Pattern[] = [
  weekly,
  { ...weekly, cadence: 'fortnightly', days: 14, period: 14, tolerances: [0, 2], gap: 4 },
  monthly,
  {
    cadence: 'monthly',
    days: 28,
    period: 28,
    tolerances: [1],
    least: 4,
    leastAmongOthers: 5,
    gap: 3,
    spread: 0.3,
  },
  {
    cadence: 'monthly',
    days: 30,
    period: 30,
    tolerances: [1],
    least: 4,
    leastAmongOthers: 5,
    gap: 3,
    spread: 0.3,
  },
  { ...monthly, cadence: 'quarterly', months: 3, period: 91.3, tolerances: [2, 6], gap: 2 },
  {
    ...monthly,
    cadence: 'yearly',
    months: 12,
    period: 365.25,
    tolerances: [3, 10],
    least: 2,
    leastAmongOthers: 3,
    gap: 1,
    spread: 0.3,
  },
]

/** The day of a slot. */
export const dayOfSlot = (schedule: Schedule, slot: number): number =>
  'days' in schedule
    ? schedule.phase + slot * schedule.days
    : dayOfMonth(schedule.phase + slot * schedule.months, schedule.day)

/** The slot nearest to a payment. */
export function slotOf(schedule: Schedule, { day, month }: Payment): number {
  if ('days' in schedule) return Math.round((day - schedule.phase) / schedule.days)
  const near = Math.round((month - schedule.phase) / schedule.months)
  let best = near
  // Nearer than half of the shortest period: no other slot is.
  if (Math.abs(dayOfSlot(schedule, near) - day) <= 13 * schedule.months) return near
  for (const slot of [near - 1, near + 1]) {
    const distance = Math.abs(dayOfSlot(schedule, slot) - day)
    if (distance < Math.abs(dayOfSlot(schedule, best) - day)) best = slot
  }
  return best
}

const mod = (value: number, by: number) => ((value % by) + by) % by

/** Where in a period a payment lies, as the number of a bin. */
function binOf({ days, months }: Pattern, payment: Payment): number {
  if (months === undefined) return mod(payment.day, days!)
  return mod(payment.month, months) * 31 + payment.dayOfMonth - 1
}

function scheduleOf({ days, months }: Pattern, bin: number): Schedule {
  if (months === undefined) return { days: days!, phase: bin }
  return { months, phase: Math.floor(bin / 31), day: (bin % 31) + 1 }
}

/** The most frequent bin of the fullest window; of several, the one nearest to its middle. */
function fullestBin(bins: Uint16Array, size: number, width: number): number {
  const count = bins.length
  const at = (index: number) => (index < count ? bins[index]! : bins[index - count]! + size)
  let end = 0
  let [from, to] = [0, 0]
  for (let start = 0; start < count; start++) {
    while (end < start + count && at(end) <= at(start) + width) end += 1
    if (end - start > to - from) [from, to] = [start, end]
  }
  const middle = (at(from) + at(to - 1)) / 2
  let [best, most] = [at(from), 0]
  for (let index = from; index < to;) {
    const bin = at(index)
    const first = index
    while (index < to && at(index) === bin) index += 1
    const isNearer = Math.abs(bin - middle) < Math.abs(best - middle)
    if (index - first > most || (index - first === most && isNearer)) {
      ;[best, most] = [bin, index - first]
    }
  }
  return best % size
}

/** A schedule around which most payments lie, and how far. */
export interface Likely {
  schedule: Schedule
  tolerance: number
}

/** Schedules on the most frequent day for each tolerance, and on the end of the month. */
export function likelySchedules(pattern: Pattern, payments: readonly Payment[]): Likely[] {
  const size = pattern.months === undefined ? pattern.days! : pattern.months * 31
  const bins = Uint16Array.from(payments, (payment) => binOf(pattern, payment)).toSorted()
  return pattern.tolerances.flatMap((tolerance) => {
    const bin = fullestBin(bins, size, 2 * tolerance)
    const likely = [{ schedule: scheduleOf(pattern, bin), tolerance }]
    if (pattern.months !== undefined && bin % 31 >= 24 && bin % 31 < 30) {
      likely.push({ schedule: scheduleOf(pattern, bin - (bin % 31) + 30), tolerance })
    }
    return likely
  })
}
