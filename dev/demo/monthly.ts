import { addDays } from '../../src/lib/calendar.ts'
import {
  dayOfMonth,
  expense,
  income,
  monthNumber,
  workdayBefore,
  yearOf,
  type Entry,
  type Rule,
} from './story.ts'

/*
 * What comes with the calendar. All companies are invented.
 */

const services = [
  { notes: 'Streamoose', price: 12.99, day: 4 },
  { notes: 'Tunewren family plan 🎵', price: 16.99, day: 11 },
  { notes: 'Cloudlarder 2 TB', price: 9.99, day: 19 },
  { notes: 'Der Morgenfalter, digital', price: 24.9, day: 2 },
  { notes: 'Kletterhalle Überhang', price: 39, day: 1 },
] as const

/** Heating and light, January to December. */
const winterFactor = [1.7, 1.6, 1.35, 1.1, 0.9, 0.8, 0.75, 0.75, 0.85, 1, 1.3, 1.6]

const salary: Rule = (story) => {
  const { employer, payday, raisePercent } = story.person
  return story.months.flatMap((month) => {
    let amount = story.person.salary * 100
    for (let year = yearOf(story.from); year < yearOf(month); year++) {
      amount = Math.round((amount * (100 + raisePercent)) / 100)
    }
    const date = workdayBefore(dayOfMonth(month, payday))
    const entries = [income(story, { date, amount, category: 'Salary', notes: employer })]
    if (monthNumber(month) === 12) {
      const bonus = Math.round(amount * 0.6)
      entries.push(
        income(story, { date, amount: bonus, category: 'Bonus', notes: 'Year-end bonus 🎉' }),
      )
    }
    return entries
  })
}

const rent: Rule = (story) =>
  story.months.map((month, age) =>
    expense(story, {
      date: month,
      // The rent rises once, after a year.
      amount: Math.round(story.person.rent * (age < 12 ? 100 : 103)),
      category: 'Rent',
      notes: 'Rent',
    }),
  )

const utilities: Rule = (story) => {
  const random = story.random('utilities')
  return story.months.flatMap((month) => {
    const factor = winterFactor[monthNumber(month) - 1]!
    const bill = (day: number, amount: number, notes: string): Entry =>
      expense(story, { date: dayOfMonth(month, day), amount, category: 'Utilities', notes })
    const energy = Math.round(random.cents(88, 104) * factor)
    const bills = [
      bill(8, energy, 'Voltamoor, power and heating'),
      bill(12, 3495, 'Glasfaden Internet'),
      bill(16, 1499, 'Mobile phone'),
    ]
    const water = random.cents(46, 64)
    return monthNumber(month) % 3 === 2 ? [...bills, bill(21, water, 'Water')] : bills
  })
}

const subscriptions: Rule = (story) =>
  services.slice(0, story.person.subscriptions).flatMap(({ notes, price, day }, place) =>
    story.months.map((month, age) => {
      // Each service raises its price once, and not all in the same month.
      const raise = age >= 9 + 3 * place ? 1.1 : 1
      const amount = Math.round(price * 100 * raise)
      return expense(story, {
        date: dayOfMonth(month, day),
        amount,
        category: 'Subscriptions',
        notes,
      })
    }),
  )

const insurance: Rule = (story) =>
  story.months.flatMap((month) => {
    const premium = (amount: number, notes: string): Entry =>
      expense(story, { date: dayOfMonth(month, 3), amount, category: 'Insurance', notes })
    const premiums = [premium(4380, 'Anker & Eiche, household and liability')]
    if (story.person.hasCar && monthNumber(month) === 1) {
      premiums.push(premium(61240, 'Anker & Eiche, car, one year'))
    }
    return premiums
  })

const transitPass: Rule = (story) =>
  story.person.hasCar
    ? []
    : story.months.map((month) =>
        expense(story, { date: month, amount: 4900, category: 'Transport', notes: 'Monthly pass' }),
      )

const interest: Rule = (story) => {
  const random = story.random('interest')
  return story.months
    .filter((month) => monthNumber(month) % 3 === 1)
    .map((month) =>
      income(story, {
        date: workdayBefore(addDays(month, 1)),
        amount: random.cents(14, 46),
        category: 'Interest',
        notes: 'Savings account',
      }),
    )
}

const freelance: Rule = (story) => {
  const random = story.random('freelance')
  const { currency, foreignCurrency } = story.person
  let invoice = 100
  return story.months.flatMap((month) => {
    const date = workdayBefore(dayOfMonth(month, random.integer(5, 28)))
    const amount = random.cents(350, 1600)
    const client = random.pick(['Fernweh Film', 'Ostwind Café', 'Pebblecrest LLC', 'Núria Estudi'])
    const paidIn = random.chance(0.35) ? foreignCurrency : currency
    if (!random.chance(story.person.freelance)) return []
    const notes = `Invoice ${++invoice}, ${client}`
    return [income(story, { date, amount, category: 'Freelance', notes, currency: paidIn })]
  })
}

export const monthlyRules: readonly Rule[] = [
  salary,
  rent,
  utilities,
  subscriptions,
  insurance,
  transitPass,
  interest,
  freelance,
]
