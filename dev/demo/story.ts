import type { TransactionType } from '../../src/db/enums.ts'
import { addDays, daysBetween, monthEnd, monthStart } from '../../src/lib/calendar.ts'
import type { Person } from './people.ts'
import { createRandom, type Random } from './random.ts'

/** Every category of the demo data. */
export const demoCategories = [
  'Salary',
  'Bonus',
  'Freelance',
  'Interest',
  'Refunds',
  'Rent',
  'Utilities',
  'Groceries',
  'Restaurants',
  'Coffee',
  'Transport',
  'Car',
  'Subscriptions',
  'Insurance',
  'Health',
  'Household',
  'Clothing',
  'Electronics',
  'Leisure',
  'Gifts',
  'Travel',
] as const

export type Category = (typeof demoCategories)[number]
export type Currency = 'EUR' | 'USD'

/** One thing that happened, before it becomes a row. */
export interface Entry {
  date: string
  type: TransactionType
  /** In whole cents: far below what a number holds exactly. */
  amount: number
  currency: Currency
  category: Category
  notes: string | null
  /** Entered by mistake, and taken back this many days later. */
  deletedAfterDays?: number
}

/** What a rule is told about the life it writes a part of. */
export interface Story {
  person: Person
  /** First and last day with data. */
  from: string
  until: string
  /** First days of the months that the period touches. */
  months: readonly string[]
  /** The end of the demo data, which is later than `until` for somebody who has left. */
  today: string
  /** An own sequence for each topic: a change to one rule leaves what the others tell alone. */
  random(topic: string): Random
}

export type Rule = (story: Story) => Entry[]

export function tellStory(person: Person, seed: number, today: string): Story {
  const from = monthStart(today, -person.joinedMonthsAgo)
  const until = person.leftMonthsAgo ? monthEnd(monthStart(today, -person.leftMonthsAgo)) : today
  const months = []
  for (let month = from; month <= until; month = monthStart(month, 1)) months.push(month)
  return {
    person,
    from,
    until,
    months,
    today,
    random: (topic) => createRandom(`${seed}/${person.email}/${topic}`),
  }
}

export function expense(
  story: Story,
  entry: Pick<Entry, 'date' | 'amount' | 'category' | 'notes'> & { currency?: Currency },
): Entry {
  return { type: 'expense', currency: story.person.currency, ...entry }
}

export function income(
  story: Story,
  entry: Pick<Entry, 'date' | 'amount' | 'category' | 'notes'> & { currency?: Currency },
): Entry {
  return { type: 'income', currency: story.person.currency, ...entry }
}

export const yearOf = (date: string) => Number(date.slice(0, 4))

/** 1 for January. */
export const monthNumber = (date: string) => Number(date.slice(5, 7))

/** 0 for Monday, as 1900-01-01 was one. */
export const weekday = (date: string) => (daysBetween('1900-01-01', date) - 1) % 7

/** This day of the month, or its last one in a shorter month. */
export function dayOfMonth(month: string, day: number): string {
  const date = addDays(month, day - 1)
  const end = monthEnd(month)
  return date < end ? date : end
}

/** The Friday before, for a date on a weekend. */
export function workdayBefore(date: string): string {
  return addDays(date, -Math.max(0, weekday(date) - 4))
}
