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

/** The schedules around which most payments lie: by their most frequent day, and by the end of months. */
export function likelySchedules(
  pattern: Pattern,
  payments: readonly Payment[],
  tolerance: number,
): Schedule[] {
  const size = pattern.months === undefined ? pattern.days! : pattern.months * 31
  const bins = Array.from({ length: size }, () => 0)
  for (const payment of payments) bins[binOf(pattern, payment)]! += 1
  let window = 0
  for (let offset = -tolerance; offset <= tolerance; offset++) window += bins[mod(offset, size)]!
  let most = 0
  let center = 0
  for (const [bin, count] of bins.entries()) {
    // Equal windows: the one with most payments in its middle.
    if (window + count / 1024 > most) [most, center] = [window + count / 1024, bin]
    window += bins[(bin + tolerance + 1) % size]! - bins[mod(bin - tolerance, size)]!
  }
  const schedules = [scheduleOf(pattern, center)]
  if (pattern.months !== undefined && center % 31 >= 24) {
    const monthStart = center - (center % 31)
    schedules.push(scheduleOf(pattern, monthStart + 30))
  }
  return schedules
}
