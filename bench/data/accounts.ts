import type { Random } from '../../dev/seed/random.ts'
import { createRandom } from '../../dev/seed/random.ts'
import { addDays, dateOfDay, dayNumber, dayOfMonth } from '../../src/lib/calendar.ts'
import type { Cadence } from '../../src/recurring/grid.ts'
import type { StreamRow } from '../../src/recurring/payment.ts'

/* Random accounts of two years: ordinary spending, recurring payments, and what stands out. */

export const TODAY = '2026-11-25'
const FIRST = '2024-11-25'
const DAYS = 730

export interface PlantedStream {
  cadence: Cadence
  ids: string[]
}

/** What was planted: its kind, and the transactions by which it is recognized. */
export interface PlantedAnomaly {
  kind: string
  ids: string[]
  /** A category and the first day of a month. */
  month?: string
}

export interface Account {
  rows: StreamRow[]
  streams: PlantedStream[]
  anomalies: PlantedAnomaly[]
}

/** A habit: how often a month, the usual amount, how much it varies, and how many payees it has. */
const HABITS = [
  ['Groceries', 11, 3800, 0.5, 4],
  ['Bakery', 7, 720, 0.4, 2],
  ['Coffee', 8, 430, 0.25, 3],
  ['Restaurants', 6, 2600, 0.55, 6],
  ['Transport', 5, 1150, 0.7, 3],
  ['Household', 2.5, 3400, 0.7, 5],
  ['Health', 1.2, 2400, 0.7, 4],
  ['Clothing', 1, 6200, 0.6, 5],
  ['Leisure', 4, 2100, 0.6, 6],
  ['Gifts', 0.7, 4100, 0.5, 5],
] as const

const SYLLABLES = ['ka', 'lo', 'mi', 'ren', 'tas', 'vor', 'bel', 'dun', 'fi', 'gro', 'hul', 'jan']
const CADENCES: readonly [Cadence, number][] = [
  ['weekly', 7],
  ['fortnightly', 14],
  ['monthly', 1],
  ['monthly', 1],
  ['monthly', 1],
  ['quarterly', 3],
  ['yearly', 12],
]

const uniform = (random: Random) => random.integer(0, 1_000_000) / 1_000_000
/** Normal, by the sum of twelve uniform numbers. */
const normal = (random: Random) =>
  Array.from({ length: 12 }, () => uniform(random)).reduce((sum, each) => sum + each, -6)
const varied = (random: Random, amount: number, spread: number) =>
  Math.max(1, Math.round(amount * Math.exp(spread * normal(random))))

export function createAccount(seed: number, withAnomalies: boolean): Account {
  const random = createRandom(`account/${seed}`)
  const rows: StreamRow[] = []
  const account: Account = { rows, streams: [], anomalies: [] }
  const name = (parts = 3) =>
    Array.from({ length: parts }, () => random.pick(SYLLABLES))
      .join('')
      .replace(/^./, (first) => first.toUpperCase())
  const add = (
    date: string,
    category: string,
    payee: string | null,
    amount: number,
    notes: string | null = null,
  ) => {
    const id = `${String(seed).padStart(8, '0')}-0000-7000-8000-${String(rows.length).padStart(12, '0')}`
    rows.push({
      id,
      user_id: `user ${seed}`,
      date,
      type: 'expense',
      currency: 'EUR',
      category,
      payee,
      notes,
      amount_minor: BigInt(amount),
    })
    return id
  }
  addHabits(random, add, name)
  addStreams(account, random, add, name, withAnomalies)
  if (withAnomalies) addAnomalies(account, random, add, name)
  return account
}

type Add = (date: string, category: string, payee: string | null, amount: number) => string
type Name = (parts?: number) => string

function addHabits(random: Random, add: Add, name: Name): void {
  for (const [category, perMonth, amount, spread, payees] of HABITS) {
    const places = Array.from({ length: payees }, () => (random.chance(0.15) ? null : name()))
    const prices = places.map(() => varied(random, amount, 0.2))
    for (let day = 0; day < DAYS; day++) {
      if (!random.chance(perMonth / 30.4)) continue
      const place = random.integer(0, payees - 1)
      // Rounded to tenths where prices are on a list.
      const price = varied(random, prices[place]!, spread)
      const listed =
        category === 'Coffee' || category === 'Bakery'
          ? Math.max(10, Math.round(price / 20) * 20)
          : price
      add(addDays(FIRST, day), category, places[place]!, listed)
    }
  }
}

/** The due days of a cadence, moved from weekends, with a small chance of a missed payment. */
function dueDates(random: Random, [cadence, step]: readonly [Cadence, number]): string[] {
  const dates: string[] = []
  const last = dayNumber(TODAY)
  if (cadence === 'weekly' || cadence === 'fortnightly') {
    for (let day = last - random.integer(0, step - 1); day > last - DAYS; day -= step) {
      dates.unshift(dateOfDay(day))
    }
    return dates
  }
  const dayInMonth = random.integer(1, 31)
  const end = 2026 * 12 + 10 - random.integer(0, step - 1)
  const movesWeekends = random.chance(0.5)
  for (let month = end; ; month -= step) {
    const due = dayOfMonth(month, dayInMonth)
    if (due <= last - DAYS) return dates
    // 1970-01-01 was a Thursday: Saturday is 2, Sunday is 3.
    const weekday = ((due % 7) + 7) % 7
    const day =
      movesWeekends && weekday === 2 ? due + 2 : movesWeekends && weekday === 3 ? due + 1 : due
    if (day <= last) dates.unshift(dateOfDay(day))
  }
}

function addStreams(
  account: Account,
  random: Random,
  add: Add,
  name: Name,
  withAnomalies: boolean,
): void {
  const odd = withAnomalies ? ['late', 'missing', 'dearer', '', '', '', ''] : []
  for (const [index, cadence] of CADENCES.entries()) {
    const isMonthly = cadence[0] === 'monthly'
    const what = isMonthly ? (odd[index - 2] ?? '') : ''
    const payee = name(4)
    const amount = random.integer(500, 90_000)
    const spread = index === 4 && what === '' ? 0.18 : 0
    let dates = dueDates(random, cadence)
    if (what === 'late') dates = dates.filter((date) => date <= addDays(TODAY, -42))
    const left = what === 'missing' ? Math.floor(dates.length / 2) : -1
    const rise = what === 'dearer' ? dates.length - 4 : dates.length
    const rate = 1 + random.integer(8, 40) / 100
    const ids = dates.flatMap((date, each) => {
      if (each === left) return []
      const price = Math.round(amount * (each >= rise ? rate : 1))
      return add(date, 'Contracts', payee, spread === 0 ? price : varied(random, price, spread))
    })
    account.streams.push({ cadence: cadence[0], ids })
    if (what === 'late') account.anomalies.push({ kind: 'recurring_late', ids: [ids.at(-1)!] })
    if (what === 'missing')
      account.anomalies.push({ kind: 'recurring_missing', ids: [ids[left - 1]!] })
    if (what === 'dearer') account.anomalies.push({ kind: 'recurring_dearer', ids: [ids[rise]!] })
  }
}

function addAnomalies({ rows, anomalies }: Account, random: Random, add: Add, name: Name): void {
  const dateIn = (low: number, high: number) => addDays(TODAY, -random.integer(low, high))
  const habitual = rows.filter(({ category }) => category !== 'Contracts')
  for (let count = 0; count < 2; count++) {
    const like = random.pick(
      habitual.filter(({ category }) => ['Groceries', 'Restaurants'].includes(category)),
    )
    const [, , usual] = HABITS.find(([category]) => category === like.category)!
    const id = add(dateIn(5, 600), like.category, like.payee, usual * random.integer(7, 15))
    anomalies.push({ kind: 'unusual_amount', ids: [id] })
  }
  for (let count = 0; count < 2; count++) {
    const twin = random.pick(
      habitual.filter(({ payee, amount_minor }) => payee !== null && amount_minor > 1500n),
    )
    const date = addDays(twin.date, random.integer(0, 2))
    if (date > TODAY) continue
    const id = add(date, twin.category, twin.payee!.toUpperCase(), Number(twin.amount_minor))
    anomalies.push({ kind: 'likely_duplicate', ids: [id, twin.id] })
  }
  const first = add(
    dateIn(5, 300),
    random.pick(['Household', 'Electronics']),
    name(5),
    random.integer(70_000, 300_000),
  )
  anomalies.push({ kind: 'large_first_payment', ids: [first] })
  const month = addDays(TODAY, -30 * random.integer(2, 14)).slice(0, 7)
  const more = habitual.filter(({ category }) => category === 'Groceries')
  for (let count = 0; count < 45; count++) {
    const { payee } = random.pick(more)
    add(
      `${month}-${String(random.integer(1, 28)).padStart(2, '0')}`,
      'Groceries',
      payee,
      varied(random, 3800, 0.4),
    )
  }
  anomalies.push({ kind: 'unusual_month', ids: [], month: `Groceries ${month}-01` })
}
