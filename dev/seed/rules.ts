import { addDays, daysBetween, monthEnd, monthStart } from '../../src/lib/calendar.ts'
import type { Persona } from './personas.ts'

export type Day = ReturnType<typeof describeDay>

/** What the rules ask about a day. */
export function describeDay(persona: Persona, from: string, date: string, today: string) {
  const wanted = `${date.slice(0, 8)}${persona.payday}`
  const payday = wanted < monthEnd(date) ? wanted : monthEnd(date)
  const [holidayStart, holidayEnd] = persona.holiday
  const monthDay = date.slice(5)
  return {
    persona,
    date,
    day: Number(date.slice(8)),
    month: Number(date.slice(5, 7)),
    /** 0 for Monday. */
    weekday: weekdayOf(date),
    isMonth: (monthsAgo: number) => monthStart(date) === monthStart(today, -monthsAgo),
    /** Whole years since the data of this user began. */
    years: Math.floor(daysBetween(from, date) / 366),
    // The Friday before a weekend.
    isPayday: date === addDays(payday, -Math.max(0, weekdayOf(payday) - 4)),
    holidayStarts: monthDay === holidayStart,
    onHoliday: monthDay >= holidayStart && monthDay <= holidayEnd,
  }
}

// 1900-01-01 was a Monday.
const weekdayOf = (date: string) => (daysBetween('1900-01-01', date) - 1) % 7

/** Something that is earned or bought, usually again and again. */
export interface Rule {
  category: string
  /** Whether, or how probably, it happens on a day. */
  when: (day: Day) => boolean | number
  /** In whole units of the currency: fixed, or lowest and highest. */
  price: readonly [number, number?] | ((day: Day) => number)
  /** One of them is picked. */
  notes: readonly (string | null)[] | ((persona: Persona) => string)
  type: 'income' | 'expense'
  currency: 'currency' | 'foreignCurrency'
}

type Make = (
  category: string,
  notes: Rule['notes'],
  price: Rule['price'],
  when: Rule['when'],
  currency?: Rule['currency'],
) => Rule

const spend: Make = (category, notes, price, when, currency = 'currency') => {
  return { category, notes, price, when, currency, type: 'expense' }
}
const earn: Make = (...fields) => ({ ...spend(...fields), type: 'income' })

/** A purchase that stands out. */
function outlier(who: string, monthsAgo: number, price: number, category: string, notes: string) {
  const when = ({ persona, day, isMonth }: Day) =>
    persona.email.startsWith(who) && isMonth(monthsAgo) && day === 1 + (price % 25)
  return spend(category, [notes], [price], when)
}

const monthly = (onDay: number) => (day: Day) => day.day === onDay

/** The chance on a day at home, from Monday to Friday and at the weekend. */
const habit =
  (workday: number, saturday = workday, sunday = workday) =>
  ({ weekday, onHoliday, persona }: Day) =>
    !onHoliday && persona.activity * (weekday < 5 ? workday : weekday === 5 ? saturday : sunday)

const isPayday = (day: Day) => day.isPayday
const salary = (day: Day) => day.persona.salary * (1 + 0.04 * day.years)
const invoice = (share: number) => (day: Day) => (share * day.persona.freelance) / 30
const rent = (day: Day) => Math.round(day.persona.salary / 3) * (1 + 0.03 * day.years)
const winter = [1.7, 1.6, 1.35, 1.1, 0.9, 0.8, 0.75, 0.75, 0.85, 1, 1.3, 1.6]
const heating = (day: Day) => 95 * winter[day.month - 1]!
const onHoliday = (chance: number) => (day: Day) => day.onHoliday && chance

const clients = ['Invoice, Fernweh Film', 'Invoice, Ostwind Café', 'Invoice, Pebblecrest LLC']
const shops = ['Kornblum Markt', 'Fennel & Fig', 'Grünspecht Bio', null]
const lunches = ['Phở Sông Xanh 🍜', 'Kantine am Kanal', null]
const dinners = ['Trattoria Pìo 🍝', 'Dinner with Zoé and Björn', null]

/** All companies are invented. */
export const rules: readonly Rule[] = [
  earn('Salary', (persona) => persona.employer, salary, isPayday),
  earn('Bonus', ['Year-end bonus 🎉'], salary, (day) => day.isPayday && day.month === 12),
  earn('Freelance', clients, [350, 1600], invoice(0.65)),
  earn('Freelance', clients, [350, 1600], invoice(0.35), 'foreignCurrency'),
  earn('Interest', ['Savings account'], [14, 46], (day) => day.day === 2 && day.month % 3 === 1),
  earn('Refunds', ['Refund: shoes', 'Refund: lamp'], [19, 95], habit(0.02)),

  spend('Rent', ['Rent'], rent, monthly(1)),
  spend('Utilities', ['Voltamoor, power and heating'], heating, monthly(8)),
  spend('Utilities', ['Glasfaden Internet'], [34.95], monthly(12)),
  spend('Utilities', ['Mobile phone'], [14.99], monthly(16)),
  spend('Subscriptions', ['Streamoose'], (day) => 12.99 + day.years, monthly(4)),
  spend('Subscriptions', ['Tunewren family plan 🎵'], [16.99], monthly(11)),
  spend('Subscriptions', ['Cloudlarder 2 TB'], [9.99], monthly(19)),
  spend('Insurance', ['Anker & Eiche, household'], [43.8], monthly(3)),
  spend('Transport', ['Monthly pass'], [49], (day) => !day.persona.hasCar && day.day === 1),
  spend('Car', ['Fuel', 'Tankhof Süd'], [41, 78], (day) => day.persona.hasCar && day.day % 9 === 7),

  spend('Groceries', shops, [44, 112], habit(0.02, 0.92, 0)),
  spend('Groceries', ['Bäckerei Kröll 🥨', null], [5, 31], habit(0.24, 0, 0)),
  spend('Coffee', ['Café Zoë ☕', 'Flat white', null], [2.6, 7.4], habit(0.2)),
  spend('Restaurants', lunches, [9, 17.5], habit(0.13, 0, 0)),
  spend('Restaurants', dinners, [22, 84], habit(0.08, 0.32, 0.1)),
  spend('Transport', ['Taxi home 🚕', 'Train ticket', null], [3.2, 27], habit(0.08)),
  spend('Health', ['Apotheke am Markt', 'Physiotherapy', null], [6, 58], habit(0.03)),
  spend('Household', ['Eisenwaren Göttlich', 'Plants 🌿', null], [9, 95], habit(0.035)),
  spend('Clothing', ['Nadel & Faden', 'Shoes 👟'], [19, 149], habit(0.02, 0.08, 0)),
  spend('Leisure', ['Kino Lichtblick 🎬', 'Concert'], [8, 62], habit(0.05, 0.14, 0.1)),
  spend('Gifts', ['Birthday present', 'Flowers 💐'], [15, 70], habit(0.012)),
  spend(
    'Gifts',
    ['Books for Chloë', '🎁'],
    [18, 130],
    (day) => day.month === 12 && day.day % 4 === 1,
  ),

  spend('Travel', ['Albatros Blau ✈️'], [420, 980], (day) => day.month === 5 && day.day === 14),
  spend('Travel', ['Hotel Miramar'], [640, 1380], (day) => day.holidayStarts, 'foreignCurrency'),
  spend('Travel', ['Boat trip ⛵', 'Museum'], [9, 95], onHoliday(0.5), 'foreignCurrency'),
  spend('Restaurants', ['Seafood 🦐', null], [14, 72], onHoliday(1), 'foreignCurrency'),

  outlier('admin', 4, 2349, 'Electronics', 'Laptop 💻'),
  outlier('admin', 9, 1486, 'Car', 'Timing belt and brakes'),
  outlier('admin', 17, 879, 'Household', 'Washing machine'),
  outlier('analyst', 6, 1849, 'Leisure', 'Vélo électrique 🚲'),
  outlier('analyst', 14, 1120, 'Health', 'Dental crown'),
  outlier('viewer', 7, 1234, 'Car', 'New clutch 🚗'),
  outlier('priya', 8, 2799, 'Electronics', 'Camera 📷'),
]
