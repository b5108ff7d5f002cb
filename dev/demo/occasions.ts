import { addDays, monthStart } from '../../src/lib/calendar.ts'
import {
  dayOfMonth,
  expense,
  income,
  monthNumber,
  yearOf,
  type Category,
  type Entry,
  type Rule,
  type Story,
} from './story.ts'

/** When this person is away in the summer of a year. */
export function holidayOf(story: Story, year: number): { start: string; end: string } {
  const random = story.random(`holiday ${year}`)
  const start = addDays(`${year}-07-01`, random.integer(0, 42))
  return { start, end: addDays(start, random.integer(8, 14)) }
}

const holidays: Rule = (story) => {
  const years = new Set(story.months.map(yearOf))
  return [...years].flatMap((year) => oneHoliday(story, year))
}

function oneHoliday(story: Story, year: number): Entry[] {
  const random = story.random(`holiday spending ${year}`)
  const { start, end } = holidayOf(story, year)
  const abroad = (date: string, amount: number, category: Category, notes: string | null) =>
    expense(story, { date, amount, category, notes, currency: story.person.foreignCurrency })

  const flight = { date: addDays(start, -random.integer(40, 70)), amount: random.cents(420, 980) }
  const entries = [
    expense(story, { ...flight, category: 'Travel', notes: 'Albatros Blau, flights ✈️' }),
    abroad(start, random.cents(640, 1380), 'Travel', 'Hotel Miramar'),
  ]
  for (let date = start; date <= end; date = addDays(date, 1)) {
    const dinner = random.pick(['Seafood 🦐', 'Pizza at the port', 'Tacos El Cóndor', null])
    entries.push(abroad(date, random.cents(14, 72), 'Restaurants', dinner))
    const outing = random.pick(['Boat trip ⛵', 'Rental car', 'Museum', 'Train to the coast'])
    const price = random.cents(9, 95)
    if (random.chance(0.5)) entries.push(abroad(date, price, 'Travel', outing))
  }
  return entries
}

const decemberGifts: Rule = (story) => {
  const random = story.random('december gifts')
  const december = story.months.filter((month) => monthNumber(month) === 12)
  return december.flatMap((month) =>
    Array.from({ length: random.integer(4, 9) }, () =>
      expense(story, {
        date: dayOfMonth(month, random.integer(1, 23)),
        amount: random.cents(18, 130),
        category: 'Gifts',
        notes: random.pick([
          'Something for Mum 🎁',
          'Spielzeug für die Kleinen',
          'Books for Chloë',
          'Secret Santa 🎅',
          null,
        ]),
      }),
    ),
  )
}

const outliers: Rule = (story) =>
  story.person.outliers.map(({ monthsAgo, day, amount, category, notes }) =>
    expense(story, {
      date: dayOfMonth(monthStart(story.today, -monthsAgo), day),
      amount: Math.round(amount * 100),
      category,
      notes,
    }),
  )

export const occasionRules: readonly Rule[] = [holidays, decemberGifts, outliers]

const returnable: ReadonlySet<Category> = new Set(['Clothing', 'Household'])

/** Some of what was bought goes back, for all of the money; what stands out is kept. */
export function refunds(story: Story, entries: readonly Entry[]): Entry[] {
  const random = story.random('refunds')
  return entries
    .filter(({ category, amount }) => returnable.has(category) && amount < 200_00)
    .filter(() => random.chance(0.2))
    .map(({ date, amount, category, notes }) =>
      income(story, {
        date: addDays(date, random.integer(4, 15)),
        amount,
        category: 'Refunds',
        notes: `Refund: ${notes ?? category}`,
      }),
    )
}

/** Some things are entered twice, and the second one is deleted: no month lacks what it needs. */
export function duplicates(story: Story, entries: readonly Entry[]): Entry[] {
  const random = story.random('duplicates')
  return entries
    .filter(() => random.chance(0.009))
    .map((entry) => ({ ...entry, deletedAfterDays: random.integer(0, 12) }))
}
