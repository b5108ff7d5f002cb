import type { Role, TransactionType } from '../../src/db/enums.ts'
import { addDays, isCalendarDate, LAST_DATE, monthStart } from '../../src/lib/calendar.ts'
import { everyday } from './everyday.ts'
import { monthlyRules } from './monthly.ts'
import { duplicates, occasionRules, refunds } from './occasions.ts'
import { people, type Person } from './people.ts'
import { timedId, type Random } from './random.ts'
import { tellStory, type Entry, type Story } from './story.ts'

/** A row of book.users, named as its columns; the password comes with the seed. */
export interface DemoUser {
  id: string
  email: string
  name: string
  role: Role
  active: boolean
  created_at: string
  updated_at: string
}

/** A row of book.transactions, named as its columns. */
export interface DemoTransaction {
  id: string
  user_id: string
  type: TransactionType
  amount_minor: number
  currency: string
  category: string
  date: string
  notes: string | null
  created_by: string
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export interface DemoData {
  users: DemoUser[]
  transactions: DemoTransaction[]
}

/**
 * The last 24 months and what has passed of the current one, for all demo users. The same seed and
 * the same day give the same data, id for id.
 *
 * @throws RangeError where `today` is no date that the data can end at
 */
export function generateDemoData({ seed, today }: { seed: number; today: string }): DemoData {
  if (!isCalendarDate(today) || today < '2000-01-01' || today > LAST_DATE) {
    throw new RangeError(`demo data cannot end at ${JSON.stringify(today)}`)
  }
  const stories = people.map((person) => tellStory(person, seed, today))
  const users = stories.map(userOf)
  const admin = users[0]!
  const transactions = stories.flatMap((story, place) => {
    const user = users[place]!
    const author = user.role === 'viewer' ? admin : user
    const random = story.random('rows')
    return entriesOf(story).map((entry) => rowOf(entry, user, author, today, random))
  })
  transactions.sort((one, other) => compare(one.date, other.date) || compare(one.id, other.id))
  return { users, transactions }
}

function userOf(story: Story, place: number): DemoUser {
  const { email, name, role } = story.person
  // The admin is first and makes the others, a minute each.
  const createdAt = `${addDays(story.from, -1)}T09:0${place}:00.000Z`
  const active = story.until === story.today
  return {
    id: timedId(createdAt, story.random('user')),
    email,
    name,
    role,
    active,
    created_at: createdAt,
    updated_at: active ? createdAt : `${monthAfterLeaving(story.person, story)}T09:00:00.000Z`,
  }
}

function monthAfterLeaving(person: Person, story: Story): string {
  return monthStart(story.today, 1 - (person.leftMonthsAgo ?? 1))
}

function entriesOf(story: Story): Entry[] {
  const rules = [...monthlyRules, ...occasionRules, everyday]
  const told = rules.flatMap((rule) => rule(story))
  const complete = [...told, ...refunds(story, told)].filter(
    ({ date }) => date >= story.from && date <= story.until,
  )
  return [...complete, ...duplicates(story, complete)]
}

function rowOf(
  entry: Entry,
  user: DemoUser,
  author: DemoUser,
  today: string,
  random: Random,
): DemoTransaction {
  const { type, amount, currency, category, date, notes, deletedAfterDays } = entry
  const createdAt = instantOn(date, today, random)
  const deletedAt =
    deletedAfterDays === undefined
      ? null
      : later(createdAt, instantOn(addDays(date, deletedAfterDays), today, random))
  return {
    id: timedId(createdAt, random),
    user_id: user.id,
    type,
    amount_minor: amount,
    currency,
    category,
    date,
    notes,
    created_by: author.id,
    created_at: createdAt,
    updated_at: deletedAt ?? createdAt,
    deleted_at: deletedAt,
  }
}

/** Some time of that day, or the first moment of today: nothing was entered in the future. */
function instantOn(date: string, today: string, random: Random): string {
  const time = [random.integer(6, 21), random.integer(0, 59), random.integer(0, 59)]
  const milliseconds = random.integer(0, 999)
  if (date >= today) return `${today}T00:00:00.000Z`
  const [hour, minute, second] = time.map((part) => String(part).padStart(2, '0'))
  return `${date}T${hour}:${minute}:${second}.${String(milliseconds).padStart(3, '0')}Z`
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** ISO instants of the same length sort as text. */
const later = (one: string, other: string) => (one > other ? one : other)
