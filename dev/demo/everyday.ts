import { addDays } from '../../src/lib/calendar.ts'
import { holidayOf } from './occasions.ts'
import { expense, weekday, yearOf, type Category, type Entry, type Story } from './story.ts'

/** Something that is bought again and again. */
interface Habit {
  name: string
  category: Category
  /** Chance of it on each day of the week, Monday first. */
  week: readonly number[]
  /** Lowest and highest price. */
  price: readonly [low: number, high: number]
  notes: readonly string[]
  onlyWithCar?: boolean
}

const everyDay = (chance: number) => Array<number>(7).fill(chance)

const habits: readonly Habit[] = [
  {
    name: 'weekly shop',
    category: 'Groceries',
    week: [0, 0, 0, 0, 0.08, 0.92, 0],
    price: [44, 112],
    notes: ['Kornblum Markt', 'Kornblum Markt, weekly shop', 'Fennel & Fig', 'Grünspecht Bio'],
  },
  {
    name: 'small shop',
    category: 'Groceries',
    week: [0.12, 0.38, 0.2, 0.36, 0.16, 0, 0],
    price: [5, 31],
    notes: ['Kornblum Markt', 'Superette Mésange', 'Bäckerei Kröll 🥨', 'Milk, eggs, bread'],
  },
  {
    name: 'coffee',
    category: 'Coffee',
    week: [0.24, 0.18, 0.22, 0.18, 0.28, 0.16, 0.08],
    price: [2.6, 7.4],
    notes: ['Café Zoë ☕', 'Ostwind Café', 'Flat white', 'Cappuccino and croissant 🥐'],
  },
  {
    name: 'lunch',
    category: 'Restaurants',
    week: [0.08, 0.12, 0.14, 0.12, 0.15, 0, 0],
    price: [8.9, 17.5],
    notes: ['Lunch with the team', 'Phở Sông Xanh 🍜', 'Kantine am Kanal', 'Falafel Yasmin'],
  },
  {
    name: 'dinner',
    category: 'Restaurants',
    week: [0.01, 0.02, 0.03, 0.06, 0.26, 0.32, 0.1],
    price: [22, 84],
    notes: ['Trattoria Pìo 🍝', 'Zur Alten Mühle', 'Sushi Kawasemi', 'Dinner with Zoé and Björn'],
  },
  {
    name: 'ride',
    category: 'Transport',
    week: [0.05, 0.05, 0.05, 0.06, 0.12, 0.14, 0.08],
    price: [3.2, 27],
    notes: ['Taxi home 🚕', 'Train ticket', 'Bike share', 'Night bus'],
  },
  {
    name: 'fuel',
    category: 'Car',
    week: [0.11, 0.04, 0.05, 0.04, 0.12, 0.06, 0.02],
    price: [41, 78],
    notes: ['Fuel', 'Tankhof Süd', 'Fuel and car wash'],
    onlyWithCar: true,
  },
  {
    name: 'health',
    category: 'Health',
    week: [0.04, 0.03, 0.03, 0.03, 0.03, 0.01, 0],
    price: [6, 58],
    notes: ['Apotheke am Markt', 'Physiotherapy', 'Contact lenses', 'Pharmacy 🤧'],
  },
  {
    name: 'household',
    category: 'Household',
    week: everyDay(0.035),
    price: [9, 95],
    notes: ['Eisenwaren Göttlich', 'Lamp', 'Cleaning things', 'Plants for the balcony 🌿'],
  },
  {
    name: 'clothing',
    category: 'Clothing',
    week: [0.01, 0.01, 0.02, 0.02, 0.03, 0.08, 0],
    price: [19, 149],
    notes: ['Winter coat', 'Shoes', 'Nadel & Faden', 'Jeans', 'Running shoes 👟'],
  },
  {
    name: 'leisure',
    category: 'Leisure',
    week: [0.02, 0.03, 0.03, 0.04, 0.1, 0.14, 0.1],
    price: [8, 62],
    notes: ['Kino Lichtblick 🎬', 'Book', 'Concert', 'Museum', 'Bouldering with Søren'],
  },
  {
    name: 'birthday',
    category: 'Gifts',
    week: everyDay(0.012),
    price: [15, 70],
    notes: ['Birthday present', 'Flowers 💐', 'Wedding gift for Inês and João'],
  },
]

/** Everyday spending at home: nothing of it happens on holidays. */
export function everyday(story: Story): Entry[] {
  return habits.flatMap((habit) => {
    if (habit.onlyWithCar && !story.person.hasCar) return []
    const random = story.random(habit.name)
    const entries: Entry[] = []
    for (let date = story.from; date <= story.until; date = addDays(date, 1)) {
      const happens = random.chance(habit.week[weekday(date)]! * story.person.diligence)
      if (!happens || isAway(story, date)) continue
      entries.push(
        expense(story, {
          date,
          amount: random.cents(...habit.price),
          category: habit.category,
          notes: random.chance(0.3) ? null : random.pick(habit.notes),
        }),
      )
    }
    return entries
  })
}

function isAway(story: Story, date: string): boolean {
  const { start, end } = holidayOf(story, yearOf(date))
  return date >= start && date <= end
}
