import { v7 } from 'uuid'
import { addDays, isCalendarDate, LAST_DATE, monthEnd, monthStart } from '../../src/lib/calendar.ts'
import { compareTexts } from '../../src/lib/compare.ts'
import { personas, type Persona } from './personas.ts'
import { createRandom, type Random } from './random.ts'
import { describeDay, rules, type Day, type Rule } from './rules.ts'

/** Rows for the users and transactions tables, with the names of their columns. */
export type DemoData = ReturnType<typeof generateDemoData>
export type DemoTransaction = DemoData['transactions'][number]

/**
 * The last 24 months and the days so far of the current one, for all demo users. The same seed and
 * the same day give the same data, id for id.
 *
 * @throws RangeError for an invalid or unsupported `today`
 */
export function generateDemoData({ seed, today }: { seed: number; today: string }) {
  if (!isCalendarDate(today) || today < '2000-01-01' || today > LAST_DATE) {
    throw new RangeError(`demo data cannot end at ${JSON.stringify(today)}`)
  }
  const accounts = personas.map((persona, index) => createAccount(persona, index, seed, today))
  const admin = accounts[0]!.user
  const transactions = accounts.flatMap((account) => {
    const { user, random } = account
    // A viewer cannot write.
    const author = user.role === 'viewer' ? admin : user
    const entries = entriesOf(account, today)
    // Some are entered twice, and the second one is deleted.
    const duplicates = entries.filter(() => random.chance(0.009))
    const row = (entry: Entry) => toRow(entry, user.id, author.id, today, random)
    return [...entries.map(row), ...duplicates.map(row).map(deleted)]
  })
  transactions.sort(
    (one, other) => compareTexts(one.date, other.date) || compareTexts(one.id, other.id),
  )
  return { users: accounts.map(({ user }) => user), transactions }
}

type Account = ReturnType<typeof createAccount>
type Entry = ReturnType<typeof toEntry>

function createAccount(persona: Persona, index: number, seed: number, today: string) {
  const { email, name, role, joinedMonthsAgo, leftMonthsAgo } = persona
  const random = createRandom(`${seed}/${email}`)
  const from = monthStart(today, -joinedMonthsAgo)
  const active = leftMonthsAgo === 0
  const until = active ? today : monthEnd(monthStart(today, -leftMonthsAgo))
  const created_at = `${addDays(from, -1)}T09:0${index}:00.000Z`
  const updated_at = active ? created_at : `${addDays(until, 1)}T09:00:00.000Z`
  const id = timedId(created_at, random)
  const user = { id, email, name, role, active, created_at, updated_at }
  return { persona, user, from, until, random }
}

function entriesOf({ persona, from, until, random }: Account, today: string) {
  const entries: Entry[] = []
  for (let date = from; date <= until; date = addDays(date, 1)) {
    const day = describeDay(persona, from, date, today)
    for (const rule of rules) {
      if (random.chance(Number(rule.when(day)))) entries.push(toEntry(rule, day, random))
    }
  }
  return entries
}

function toEntry({ category, type, currency, price, notes }: Rule, day: Day, random: Random) {
  // More often in the middle than at the ends.
  const position = (random.integer(0, 1000) + random.integer(0, 1000)) / 2000
  const [low, high = low] = typeof price === 'function' ? [price(day)] : price
  return {
    date: day.date,
    type,
    amount_minor: Math.round((low + (high - low) * position) * 100),
    currency: day.persona[currency],
    category,
    notes: typeof notes === 'function' ? notes(day.persona) : random.pick(notes),
  }
}

function toRow(entry: Entry, userId: string, authorId: string, today: string, random: Random) {
  // Nothing was entered in the future: what happens today was entered as it began.
  const time = entry.date < today ? random.integer(6 * 3_600_000, 22 * 3_600_000) : 0
  const created_at = new Date(Date.parse(entry.date) + time).toISOString()
  return {
    id: timedId(created_at, random),
    user_id: userId,
    ...entry,
    created_by: authorId,
    created_at,
    updated_at: created_at,
    deleted_at: null as string | null,
  }
}

const deleted = (row: ReturnType<typeof toRow>) => ({ ...row, deleted_at: row.updated_at })

function timedId(instant: string, random: Random): string {
  const bytes = Uint8Array.from({ length: 16 }, () => random.integer(0, 255))
  return v7({ msecs: Date.parse(instant), seq: random.integer(0, 2 ** 31 - 1), random: bytes })
}
