import type { Role } from '../../src/db/enums.ts'

/** The password of every demo user. It is public, so demo data stays on this machine. */
export const demoPassword = 'correct-horse-demo'

/** The habits that a user's transactions follow. Amounts are in whole units of `currency`. */
const defaults = {
  /** At most 24. */
  joinedMonthsAgo: 24,
  /** Deactivated after this month; 0 for active accounts. */
  leftMonthsAgo: 0,
  currency: 'EUR',
  /** Spent on holidays, and paid by some clients. */
  foreignCurrency: 'USD',
  employer: 'Halbmond Robotics',
  salary: 2890,
  payday: 25,
  hasCar: false,
  /** Invoices a month. */
  freelance: 0,
  /** How much of everyday spending is recorded. */
  activity: 0.35,
  /** First and last day of the summer holiday. */
  holiday: ['07-18', '07-29'] as readonly [first: string, last: string],
}

export type Persona = typeof defaults & { email: string; name: string; role: Role }

const persona = (email: string, name: string, role: Role, habits: Partial<typeof defaults>) => ({
  ...defaults,
  email,
  name,
  role,
  ...habits,
})

/** The first three are the logins that the local stack shows. */
export const personas: readonly Persona[] = [
  persona('admin@example.com', 'Ada Admin', 'admin', {
    salary: 3940,
    hasCar: true,
    freelance: 0.3,
    activity: 1,
  }),
  persona('analyst@example.com', 'Anaïs Analyst', 'analyst', {
    employer: 'Quillhaven Verlag',
    salary: 3260,
    payday: 28,
    freelance: 0.65,
    activity: 1,
    holiday: ['08-02', '08-13'],
  }),
  persona('viewer@example.com', 'Viktor Viewer', 'viewer', {
    employer: 'Stadtgärtnerei Mühlbach',
    hasCar: true,
    activity: 0.5,
    holiday: ['08-09', '08-17'],
  }),
  persona('grace.okafor@example.com', 'Grace Okafor', 'admin', { joinedMonthsAgo: 18 }),
  persona('priya.raman@example.com', 'Priya Raman', 'analyst', {
    currency: 'USD',
    foreignCurrency: 'EUR',
    salary: 5120,
  }),
  persona('jonas.weiss@example.com', 'Jonas Weiß', 'analyst', {
    joinedMonthsAgo: 10,
    salary: 1450,
    freelance: 0.9,
    activity: 0.6,
  }),
  persona('tomasz.zolc@example.com', 'Tomasz Żółć', 'viewer', { joinedMonthsAgo: 13 }),
  persona('lucia.fernandez@example.com', 'Lucía Fernández', 'viewer', { leftMonthsAgo: 8 }),
]
