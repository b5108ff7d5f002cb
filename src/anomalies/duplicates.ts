import { dayNumber } from '../lib/calendar.ts'
import { compareTexts } from '../lib/compare.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import { createLabels } from '../recurring/labels.ts'
import type { StreamRow } from '../recurring/payment.ts'
import type { Stream } from '../recurring/stream.ts'
import { anomalyOf, type Anomaly } from './anomaly.ts'
import { kindOf } from './samples.ts'

/* Transactions that were probably entered, or paid, twice. */

const MAX_DAYS = 3
/** Rows after each that are compared with it. */
const MAX_COMPARED = 5
/** Pairs like this one that may be expected by chance, where equal amounts are common at a payee. */
const MAX_EXPECTED = 0.03

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
      `${formatMinor(row.amount_minor, row.currency)} was recorded twice with similar text, ` +
      `${dayWords[days]}.`,
    usualAmount: earlier.row.amount_minor,
    relatedId: earlier.row.id,
  })
}

const byDay = (a: Entry, b: Entry) => a.day - b.day || compareTexts(a.row.id, b.row.id)

/**
 * How many pairs of equal amounts a payee has per day between them, if all came at random: so a daily
 * ticket is not a duplicate, and a coffee of the usual price is not.
 */
function pairsPerDay(entries: readonly Entry[]): number {
  const days = entries.map(({ day }) => day)
  const span = Math.max(...days) - Math.min(...days) + 1
  const amounts = Map.groupBy(entries, ({ row }) => row.amount_minor)
  const pairs = [...amounts.values()].reduce(
    // One pair may be the duplicate itself.
    (sum, { length }) => sum + Math.max(0, (length * (length - 1)) / 2 - 1),
    0,
  )
  return pairs / span
}

const labelOf = ({ row, words }: Entry) =>
  `${kindOf(row)} ${words.size === 0 ? row.category : [...words].join(' ')}`

/** The stream that a payment belongs to. */
type StreamOf = (row: StreamRow) => Stream | undefined

function duplicatesAmong(
  entries: readonly Entry[],
  chance: ReadonlyMap<string, number>,
  streamOf: StreamOf,
): Anomaly[] {
  const ordered = entries.toSorted(byDay)
  return ordered.flatMap((later, index) => {
    const before = ordered.slice(Math.max(0, index - MAX_COMPARED), index).toReversed()
    const earlier = before.find((each) => duplicateOf(each, later) !== undefined)
    if (!earlier) return []
    const [one, two] = [streamOf(earlier.row), streamOf(later.row)]
    // Two subscriptions of one price are both due.
    if (one && two && one !== two) return []
    const expected = (chance.get(labelOf(later)) ?? 0) * (2 * (later.day - earlier.day) + 1)
    return one === undefined && expected > MAX_EXPECTED ? [] : duplicateOf(earlier, later)!
  })
}

export function findDuplicates(rows: readonly StreamRow[], streamOf: StreamOf): Anomaly[] {
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
  const entries = rows.map(entryOf)
  const single = entries.filter(({ row }) => streamOf(row) === undefined)
  const chance = new Map(
    [...Map.groupBy(single, labelOf)].map(([label, group]) => [label, pairsPerDay(group)]),
  )
  const groups = Map.groupBy(entries, ({ row }) => `${kindOf(row)} ${row.amount_minor}`)
  return [...groups.values()].flatMap((group) =>
    group.length < 2 ? [] : duplicatesAmong(group, chance, streamOf),
  )
}
