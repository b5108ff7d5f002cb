import type { Role } from '../../src/db/enums.ts'
import type { Category, Currency } from './story.ts'

/** A purchase that stands out. */
interface Outlier {
  monthsAgo: number
  day: number
  amount: number
  category: Category
  notes: string
}

/** Who a demo user is, and how that person lives. Amounts are in whole units of `currency`. */
export interface Person {
  email: string
  name: string
  role: Role
  /** At most 24. */
  joinedMonthsAgo: number
  /** The last month with data of somebody whose account is no longer active. */
  leftMonthsAgo?: number
  currency: Currency
  /** What is spent on holidays, and what some clients pay in. */
  foreignCurrency: Currency
  employer: string
  salary: number
  payday: number
  raisePercent: number
  rent: number
  hasCar: boolean
  /** Chance of an invoice in a month. */
  freelance: number
  /** How much of everyday life is written down: 1 is diligent. */
  diligence: number
  subscriptions: number
  outliers: readonly Outlier[]
}

const european = { currency: 'EUR', foreignCurrency: 'USD', joinedMonthsAgo: 24 } as const

/** The first three are the logins that the local stack shows. */
export const people: readonly Person[] = [
  {
    ...european,
    email: 'admin@example.com',
    name: 'Ada Admin',
    role: 'admin',
    employer: 'Halbmond Robotics',
    salary: 3940,
    payday: 25,
    raisePercent: 4,
    rent: 1420,
    hasCar: true,
    freelance: 0.3,
    diligence: 1,
    subscriptions: 5,
    outliers: [
      { monthsAgo: 4, day: 9, amount: 2349, category: 'Electronics', notes: 'Laptop 💻' },
      { monthsAgo: 9, day: 17, amount: 1486.3, category: 'Car', notes: 'Timing belt and brakes' },
      { monthsAgo: 17, day: 4, amount: 879, category: 'Household', notes: 'Washing machine' },
    ],
  },
  {
    ...european,
    email: 'analyst@example.com',
    name: 'Anaïs Analyst',
    role: 'analyst',
    employer: 'Quillhaven Verlag',
    salary: 3260,
    payday: 28,
    raisePercent: 3,
    rent: 1130,
    hasCar: false,
    freelance: 0.65,
    diligence: 0.95,
    subscriptions: 4,
    outliers: [
      { monthsAgo: 6, day: 22, amount: 1849, category: 'Leisure', notes: 'Vélo électrique 🚲' },
      { monthsAgo: 14, day: 11, amount: 1120, category: 'Health', notes: 'Dental crown' },
    ],
  },
  {
    ...european,
    email: 'viewer@example.com',
    name: 'Viktor Viewer',
    role: 'viewer',
    employer: 'Stadtgärtnerei Mühlbach',
    salary: 2480,
    payday: 27,
    raisePercent: 3,
    rent: 690,
    hasCar: true,
    freelance: 0,
    diligence: 0.5,
    subscriptions: 3,
    outliers: [
      { monthsAgo: 7, day: 13, amount: 1234.5, category: 'Car', notes: 'New clutch 🚗' },
      { monthsAgo: 20, day: 6, amount: 749, category: 'Electronics', notes: 'Phone' },
    ],
  },
  {
    ...european,
    email: 'grace.okafor@example.com',
    name: 'Grace Okafor',
    role: 'admin',
    joinedMonthsAgo: 18,
    employer: 'Lindenfall Klinik',
    salary: 4310,
    payday: 26,
    raisePercent: 3,
    rent: 1390,
    hasCar: true,
    freelance: 0,
    diligence: 0.35,
    subscriptions: 2,
    outliers: [{ monthsAgo: 3, day: 19, amount: 1650, category: 'Household', notes: 'Sofa' }],
  },
  {
    email: 'priya.raman@example.com',
    name: 'Priya Raman',
    role: 'analyst',
    joinedMonthsAgo: 24,
    currency: 'USD',
    foreignCurrency: 'EUR',
    employer: 'Tidewater Atlas Inc.',
    salary: 5120,
    payday: 15,
    raisePercent: 4,
    rent: 1950,
    hasCar: false,
    freelance: 0.15,
    diligence: 0.35,
    subscriptions: 4,
    outliers: [{ monthsAgo: 8, day: 2, amount: 2799, category: 'Electronics', notes: 'Camera 📷' }],
  },
  {
    ...european,
    email: 'jonas.weiss@example.com',
    name: 'Jonas Weiß',
    role: 'analyst',
    joinedMonthsAgo: 10,
    employer: 'Kolibri Tonstudio',
    salary: 1450,
    payday: 30,
    raisePercent: 2,
    rent: 610,
    hasCar: false,
    freelance: 0.9,
    diligence: 0.6,
    subscriptions: 4,
    outliers: [{ monthsAgo: 5, day: 27, amount: 1590, category: 'Electronics', notes: 'Synth 🎹' }],
  },
  {
    ...european,
    email: 'tomasz.zolc@example.com',
    name: 'Tomasz Żółć',
    role: 'viewer',
    joinedMonthsAgo: 13,
    employer: 'Brückner & Söhne',
    salary: 2710,
    payday: 24,
    raisePercent: 2,
    rent: 720,
    hasCar: true,
    freelance: 0,
    diligence: 0.3,
    subscriptions: 2,
    outliers: [],
  },
  {
    ...european,
    email: 'lucia.fernandez@example.com',
    name: 'Lucía Fernández',
    role: 'viewer',
    leftMonthsAgo: 8,
    employer: 'Halbmond Robotics',
    salary: 2890,
    payday: 25,
    raisePercent: 3,
    rent: 820,
    hasCar: false,
    freelance: 0,
    diligence: 0.3,
    subscriptions: 2,
    outliers: [],
  },
]
