import type { TransactionType } from '../db/enums.ts'
import { dateOfDay, dayNumber, dayOfMonth } from '../lib/calendar.ts'
import { lowerMedianOf } from '../lib/robust-statistics.ts'
import { shortHash } from '../lib/short-hash.ts'
import type { Fit } from './fit.ts'
import { dayOfSlot, slotOf, type Cadence } from './grid.ts'
import { fitsOfGroup } from './group.ts'
import { createLabels } from './labels.ts'
import { byDate, createPayments, relativeSpread, type Payment, type StreamRow } from './payment.ts'

export const streamStates = ['active', 'late', 'ended'] as const
export type StreamState = (typeof streamStates)[number]
export const streamStatuses = ['detected', 'confirmed', 'dismissed'] as const
export type StreamStatus = (typeof streamStatuses)[number]

/** Payments that come again and again. Amounts are in minor units. */
export interface Stream {
  userId: string
  key: string
  /** What streams of one payee have in common: a hash of it. */
  group: string
  type: TransactionType
  currency: string
  category: string
  payee: string | null
  /** The payee, the notes or the category. */
  defaultName: string
  /** What a person called it; else the default. */
  name: string
  cadence: Cadence
  firstDate: string
  lastDate: string
  /** The day on which the next payment is due, or was if it is late; null if the stream ended. */
  nextDate: string | null
  /** Due every so many days, or months on a day of the month. */
  every: { days: number } | { months: number; day: number }
  amount: bigint
  low: bigint
  high: bigint
  confidence: number
  state: StreamState
  status: StreamStatus
  /** Who decided on it and when; null where nobody did. */
  decided: { by: string; at: Date } | null
  /** Oldest first. */
  transactions: { id: string; date: string; amount: bigint }[]
}

/** Days after the due day, by cadence, before a payment is late. */
const GRACE: Record<Cadence, number> = {
  weekly: 3,
  fortnightly: 4,
  monthly: 6,
  quarterly: 12,
  yearly: 20,
}
/** Days after the due day, by cadence, after which no payment is expected any more. */
const ENDED: Record<Cadence, number> = {
  weekly: 14,
  fortnightly: 21,
  monthly: 38,
  quarterly: 60,
  yearly: 60,
}
/** Amounts that differ less are one price. */
const PRICE_SPREAD = 0.02
const SAME_PRICE = 1.02
const VARIABLE_DAYS = 366

const isSamePrice = (a: Payment, b: Payment) =>
  Math.max(a.amount, b.amount) <= SAME_PRICE * Math.min(a.amount, b.amount)

/** The payments at the latest price; those of a year, where each has another amount. */
function atLatestPrice(payments: readonly Payment[]): Payment[] {
  const last = payments.at(-1)!
  const start = payments.findLastIndex((payment) => !isSamePrice(payment, last)) + 1
  const same = payments.slice(start)
  if (same.length > 1) return same
  const before = payments.slice(0, -1)
  const earlier = before.slice(-3)
  // The first payment at a new price, or an exception: the next one will tell.
  if (earlier.length === 3 && relativeSpread(earlier.map(({ amount }) => amount)) < PRICE_SPREAD) {
    return earlier.every((payment) => isSamePrice(payment, earlier[0]!))
      ? [last]
      : payments.slice(-3)
  }
  return payments.filter(({ day }) => day > last.day - VARIABLE_DAYS)
}

function confidenceOf({ score, payments, slots }: Fit): number {
  const length = slots.at(-1)! - slots[0]! + 1
  const share = Math.min(1, new Set(slots).size / length)
  const spread = Math.min(1, relativeSpread(payments.map(({ amount }) => amount)))
  const certainty = 1 - 10 ** (-score / 7)
  return Math.round(100 * certainty * share * (1 - 0.4 * spread)) / 100
}

function stateOf(cadence: Cadence, next: number, today: number): StreamState {
  if (today <= next + GRACE[cadence]) return 'active'
  return today <= next + ENDED[cadence] ? 'late' : 'ended'
}

/** The most frequent one; of several, that of the latest payment. */
function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values.toReversed()) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]![0]
}

const minor = (amount: number) => BigInt(amount)

function streamOf(fit: Fit, group: string, today: number): Stream {
  const { schedule, payments, extra } = fit
  const { cadence } = fit.pattern
  const last = payments.at(-1)!
  const { user_id: userId, type, currency, payee, notes } = last.row
  const next = dayOfSlot(schedule, slotOf(schedule, last) + 1)
  const state = stateOf(cadence, next, today)
  const amounts = atLatestPrice(payments).map(({ amount }) => amount)
  const category = mostFrequent(payments.map(({ row }) => row.category))
  const name = payee ?? notes?.split('\n', 1)[0]?.slice(0, 100) ?? category
  return {
    userId,
    key: '',
    group: shortHash(group),
    type,
    currency,
    category,
    payee,
    defaultName: name,
    name,
    cadence,
    firstDate: payments[0]!.row.date,
    lastDate: last.row.date,
    nextDate: state === 'ended' ? null : dateOfDay(next),
    every:
      'days' in schedule ? { days: schedule.days } : { months: schedule.months, day: schedule.day },
    amount: minor(lowerMedianOf(amounts)),
    low: minor(Math.min(...amounts)),
    high: minor(Math.max(...amounts)),
    confidence: confidenceOf(fit),
    state,
    status: 'detected',
    decided: null,
    transactions: [...payments, ...extra]
      .toSorted(byDate)
      .map(({ row }) => ({ id: row.id, date: row.date, amount: row.amount_minor })),
  }
}

/** The key of a stream, by its place among those of its group in the order of amounts. */
export const streamKey = (group: string, place: number) => `rec_${shortHash(`${group}/${place}`)}`

function streamsOfGroup(group: string, payments: readonly Payment[], today: number): Stream[] {
  return fitsOfGroup(payments)
    .map((fit) => streamOf(fit, group, today))
    .toSorted((a, b) => Number(a.amount - b.amount) || (a.firstDate < b.firstDate ? -1 : 1))
    .map((stream, place) => ({ ...stream, key: streamKey(stream.group, place) }))
}

/** The recurring payments among rows of one or several users, whatever their order. */
export function findStreams(rows: readonly StreamRow[], today: string): Stream[] {
  const { groupOf } = createLabels()
  const paymentOf = createPayments()
  const groups = Map.groupBy(rows, groupOf)
  const day = dayNumber(today)
  const streams = [...groups].flatMap(([group, members]) =>
    members.length < 2 ? [] : streamsOfGroup(group, members.map(paymentOf), day),
  )
  return streams.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** The payments that a stream will bring in a period, both ends included. */
export function expectedPayments(
  { nextDate, every, amount, status }: Stream,
  from: string,
  to: string,
): { date: string; amount: bigint }[] {
  if (nextDate === null || status === 'dismissed') return []
  const expected: { date: string; amount: bigint }[] = []
  const start = dayNumber(nextDate)
  const [year, month] = nextDate.split('-').map(Number)
  const firstMonth = year! * 12 + month! - 1
  const last = dayNumber(to)
  for (let index = 0; ; index++) {
    const day =
      'days' in every
        ? start + index * every.days
        : dayOfMonth(firstMonth + index * every.months, every.day)
    if (day > last) return expected
    const date = dateOfDay(day)
    if (date >= from) expected.push({ date, amount })
  }
}

interface StoredStream extends Omit<Stream, 'amount' | 'low' | 'high' | 'transactions'> {
  amount: string
  low: string
  high: string
  transactions: { id: string; date: string; amount: string }[]
}

/** A stream out of the JSON that a stored response has of it. */
export function streamFromJson(json: unknown): Stream {
  const { amount, low, high, transactions, ...stream } = json as StoredStream
  return {
    ...stream,
    amount: BigInt(amount),
    low: BigInt(low),
    high: BigInt(high),
    transactions: transactions.map((each) => ({ ...each, amount: BigInt(each.amount) })),
  }
}
