import { dayNumber } from '../lib/calendar.ts'
import { createLabels } from '../recurring/labels.ts'
import type { StreamRow } from '../recurring/payment.ts'
import { anomalyOf, money, type Anomaly } from './anomaly.ts'
import { kindOf } from './samples.ts'

/* Transactions that were probably entered, or paid, twice. */

const MAX_DAYS = 3
/** Equal payments around a pair, from which on they are a habit: a daily ticket. */
const HABIT_DAYS = 31
const MAX_HABIT = 2
/** Rows after each that are compared with it. */
const MAX_COMPARED = 5

interface Entry {
  row: StreamRow
  day: number
  words: ReadonlySet<string>
}

/** The share of words that two texts have in common, of the shorter one. */
function similarity(a: Entry, b: Entry): number {
  const [few, many] = a.words.size < b.words.size ? [a.words, b.words] : [b.words, a.words]
  if (few.size === 0) return many.size === 0 && a.row.category === b.row.category ? 1 : 0
  let common = 0
  for (const word of few) if (many.has(word)) common += 1
  return common / few.size
}

const dayWords = ['on the same day', 'one day apart', 'two days apart', 'three days apart']

function duplicateOf(earlier: Entry, later: Entry): Anomaly | undefined {
  const days = later.day - earlier.day
  const alike = similarity(earlier, later)
  // Without any text, only those of the same day.
  const isAlike = later.words.size === 0 ? alike === 1 && days === 0 : alike >= 0.5
  if (days > MAX_DAYS || !isAlike) return undefined
  const { row } = later
  return anomalyOf(row, {
    kind: 'likely_duplicate',
    score: Math.round(100 * (0.95 - 0.1 * days) * (0.6 + 0.4 * alike)) / 100,
    reason:
      `${money(row.amount_minor, row.currency)} was recorded twice with similar text, ` +
      `${dayWords[days]}.`,
    usualAmount: earlier.row.amount_minor,
    relatedId: earlier.row.id,
  })
}

/** Whether there are more around one of these, which are in the order of days, than a pair. */
function isHabit(entries: readonly Entry[], index: number): boolean {
  const around = entries.slice(Math.max(0, index - MAX_HABIT - 2), index + MAX_HABIT + 2)
  const { day } = entries[index]!
  return around.filter((entry) => Math.abs(entry.day - day) <= HABIT_DAYS).length > 2 + MAX_HABIT
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function duplicatesAmong(entries: Entry[], areExpected: AreExpected): Anomaly[] {
  const ordered = entries.toSorted((a, b) => a.day - b.day || compare(a.row.id, b.row.id))
  return ordered.flatMap((later, index) => {
    const before = ordered.slice(Math.max(0, index - MAX_COMPARED), index).toReversed()
    const found = before.find((earlier) => duplicateOf(earlier, later) !== undefined)
    if (!found || isHabit(ordered, index) || areExpected(found.row, later.row)) return []
    return duplicateOf(found, later)!
  })
}

/** Whether two payments are both due, however much they look alike: two subscriptions of one price. */
type AreExpected = (earlier: StreamRow, later: StreamRow) => boolean

export function findDuplicates(rows: readonly StreamRow[], areExpected: AreExpected): Anomaly[] {
  const { fold } = createLabels()
  const entryOf = (row: StreamRow): Entry => {
    const words = [row.payee ?? '', row.notes ?? ''].map((text) => (text === '' ? '' : fold(text)))
    return {
      row,
      day: dayNumber(row.date),
      words: new Set(
        words
          .join(' ')
          .split(' ')
          .filter((word) => word !== ''),
      ),
    }
  }
  const groups = Map.groupBy(rows, (row) => `${kindOf(row)} ${row.amount_minor}`)
  return [...groups.values()].flatMap((members) => {
    if (members.length < 2) return []
    return duplicatesAmong(members.map(entryOf), areExpected)
  })
}
