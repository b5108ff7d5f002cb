import { compare } from 'bcryptjs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { exampleRecords } from '../../dev/seed/examples.ts'
import { generateDemoData, type DemoTransaction } from '../../dev/seed/generate.ts'
import { demoLogins, demoPassword, seedDemoData } from '../../dev/seed/seed.ts'
import { addDays, daysBetween, isCalendarDate, monthStart } from '../../src/lib/calendar.ts'
import type { TestDatabaseUrls } from '../support/test-databases.ts'

const today = '2026-11-22'
const data = generateDemoData({ seed: 1, today })
const rows = data.transactions
/** With those that the examples of openapi.json name. */
const { transactions: named } = exampleRecords({
  today,
  adminId: data.users[0]!.id,
  analystId: data.users[1]!.id,
})
const keyOf = ({ date, id }: { date: string; id: string }) => `${date} ${id}`
const stored = [...rows, ...named].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
const isLive = (row: DemoTransaction) => row.deleted_at === null
const rowsOf = (email: string) => {
  const user = data.users.find((each) => each.email === email)
  return rows.filter((row) => row.user_id === user?.id && isLive(row))
}
/** 0 for Sunday. */
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()

describe('Demo data', () => {
  it('is the same, byte for byte, for the same seed and day', () => {
    expect(JSON.stringify(generateDemoData({ seed: 1, today }))).toBe(JSON.stringify(data))
  })

  it('differs for another seed', () => {
    expect(generateDemoData({ seed: 2, today }).transactions).not.toEqual(rows)
  })

  it('has one login for each role, and one deactivated account', () => {
    const roles = demoLogins.map((email) => data.users.find((user) => user.email === email)?.role)
    expect(roles).toEqual(['admin', 'analyst', 'viewer'])
    expect(data.users.filter((user) => !user.active)).toHaveLength(1)
    expect(data.users).toHaveLength(8)
  })

  it('gives each login enough rows for a lively dashboard', () => {
    const [admin, analyst, viewer] = demoLogins.map((email) => rowsOf(email))
    expect(admin!.length).toBeGreaterThan(800)
    expect(analyst!.length).toBeGreaterThan(800)
    expect(viewer!.length).toBeGreaterThan(400)
    expect(new Set(viewer!.map((row) => row.date.slice(0, 7))).size).toBe(25)
  })

  it('names as author of a row its owner, or the admin for a viewer', () => {
    const users = new Map(data.users.map((user) => [user.id, user]))
    const expected = rows.map(({ user_id }) =>
      users.get(user_id)?.role === 'viewer' ? data.users[0]!.id : user_id,
    )
    expect(rows.map((row) => row.created_by)).toEqual(expected)
  })

  it('rejects an invalid or unsupported end date', () => {
    for (const end of ['2026-02-30', 'yesterday', '1969-07-20']) {
      expect(() => generateDemoData({ seed: 1, today: end })).toThrow(RangeError)
    }
  })
})

describe('The finances of a demo user', () => {
  it('include one salary a month, paid on a workday, that rises with the years', () => {
    const salaries = rowsOf('admin@example.com').filter((row) => row.category === 'Salary')
    expect(salaries.map((row) => weekday(row.date)).filter((day) => day % 6 === 0)).toEqual([])
    expect(salaries).toHaveLength(24)
    expect(salaries.at(-1)!.amount_minor).toBeGreaterThan(salaries[0]!.amount_minor)
    const moved = salaries.filter((row) => !row.date.endsWith('-25'))
    expect(new Set(moved.map((row) => weekday(row.date)))).toEqual(new Set([5]))
  })

  it('include a bonus in December and more heating in winter', () => {
    const of = (category: string) =>
      rowsOf('admin@example.com').filter((row) => row.category === category)
    expect(of('Bonus').map((row) => row.date.slice(0, 7))).toEqual(['2024-12', '2025-12'])
    const bills = of('Utilities')
    const bill = (month: string) => bills.find((row) => row.date === `${month}-08`)!.amount_minor
    expect(bill('2026-01')).toBeGreaterThan(1.5 * bill('2026-07'))
  })

  it('use all categories, both types and both currencies', () => {
    expect(new Set(rows.map((row) => row.category)).size).toBe(21)
    expect(new Set(rows.map((row) => row.type))).toEqual(new Set(['income', 'expense']))
    for (const email of demoLogins) {
      expect(new Set(rowsOf(email).map((row) => row.currency))).toEqual(new Set(['EUR', 'USD']))
    }
  })

  it('include refunds, subscriptions and purchases that stand out', () => {
    for (const email of demoLogins) {
      const own = rowsOf(email)
      const spent = own.filter((row) => row.type === 'expense' && row.category !== 'Rent')
      const amounts = spent.map((row) => row.amount_minor).toSorted((one, other) => one - other)
      expect(amounts.at(-1)!).toBeGreaterThan(20 * amounts[amounts.length >> 1]!)
      expect(own.filter((row) => row.category === 'Refunds').length).toBeGreaterThan(2)
      expect(own.filter((row) => row.notes === 'Streamoose')).toHaveLength(25)
    }
  })

  it('lose only duplicates to deletion', () => {
    const told = (row: DemoTransaction) =>
      JSON.stringify([row.user_id, row.date, row.category, row.amount_minor, row.notes])
    const live = new Set(rows.filter(isLive).map(told))
    const deleted = rows.filter((row) => !isLive(row))
    expect(deleted.length).toBeGreaterThan(10)
    expect(deleted.filter((row) => !live.has(told(row)))).toEqual([])
  })
})

const ends = ['2026-11-22', '2026-01-01', '2026-07-31', '2028-02-29', '2000-01-01']
describe.each(ends)('Demo data that ends at %s', (end) => {
  const { users, transactions } = generateDemoData({ seed: 7, today: end })

  it('has a few thousand rows', () => {
    expect(transactions.length).toBeGreaterThan(3000)
    expect(transactions.length).toBeLessThan(5200)
  })

  it('reaches exactly 24 months back', () => {
    const dates = transactions.map((row) => row.date)
    expect(dates[0]).toBe(monthStart(end, -24))
    expect(daysBetween(dates.at(-1)!, end)).toBeLessThan(4)
  })

  it('has no date or time in the future', () => {
    expect(transactions.filter((row) => row.date > end)).toEqual([])
    const midnight = `${end}T00:00:00.000Z`
    const instants = [
      ...[...users, ...transactions].flatMap((row) => [row.created_at, row.updated_at]),
      ...transactions.flatMap((row) => row.deleted_at ?? []),
    ]
    expect(instants.filter((instant) => instant > midnight)).toEqual([])
  })

  it('meets the constraints of the database', () => {
    expect(transactions.filter((row) => !isAcceptable(row))).toEqual([])
  })

  it('has unique version 7 ids with the creation time of their rows', () => {
    const all = [...users, ...transactions]
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect(all.filter((row) => !shape.test(row.id))).toEqual([])
    const time = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
    expect(all.filter((row) => time(row.id) !== Date.parse(row.created_at))).toEqual([])
  })

  it('has users who are older than their rows', () => {
    const since = new Map(users.map((user) => [user.id, user.created_at]))
    const isOlder = (id: string, row: DemoTransaction) => since.get(id)! < row.created_at
    const isSound = (row: DemoTransaction) =>
      isOlder(row.user_id, row) && isOlder(row.created_by, row)
    expect(transactions.every(isSound)).toBe(true)
  })
})

function isAcceptable(row: DemoTransaction): boolean {
  const texts = [row.category, row.notes ?? 'none']
  return (
    Number.isSafeInteger(row.amount_minor) &&
    row.amount_minor > 0 &&
    row.amount_minor < 10_000_00 &&
    /^(EUR|USD)$/.test(row.currency) &&
    isCalendarDate(row.date) &&
    row.created_at <= row.updated_at &&
    row.category.length <= 64 &&
    texts.every((text) => text !== '' && text === text.trim() && text === text.normalize('NFC'))
  )
}

const { controlUrl } = inject('stack')
const taken: TestDatabaseUrls[] = []

async function takeDatabase(): Promise<string> {
  const response = await fetch(controlUrl, { method: 'POST' })
  const database = (await response.json()) as TestDatabaseUrls
  taken.push(database)
  return database.ownerUrl
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

afterAll(async () => {
  for (const { name } of taken) await fetch(`${controlUrl}/${name}`, { method: 'DELETE' })
})

describe('seedDemoData on an empty database', () => {
  let ownerUrl: string
  let results: Awaited<ReturnType<typeof seedDemoData>>[]
  beforeAll(async () => {
    ownerUrl = await takeDatabase()
    results = await Promise.all([1, 2].map(() => seedDemoData(ownerUrl, { today, seed: 1 })))
  })

  it('seeds once when two run at the same time', () => {
    const counts = { users: data.users.length + 1, transactions: stored.length }
    expect(results.filter((result) => result !== null)).toEqual([counts])
  })

  it('leaves a seeded database alone, even on another day', async () => {
    expect(await seedDemoData(ownerUrl, { today: addDays(today, 1) })).toBeNull()
  })

  it('stores every row as generated', async () => {
    const text = 'select t.*, date::text, amount_minor::int from data.transactions t'
    const found = await query<DemoTransaction>(ownerUrl, `${text} order by t.date, t.id`)
    expect(found.map(essence)).toEqual(stored.map(essence))
  })

  it('gives every user the demo password', async () => {
    const text = 'select distinct password_hash as hash from data.users'
    const hashes = await query<{ hash: string }>(ownerUrl, text)
    expect(hashes).toHaveLength(1)
    expect(await compare(demoPassword, hashes[0]!.hash)).toBe(true)
  })

  it('updates the statistics of the planner', async () => {
    const text = `select reltuples from pg_class where oid = 'data.transactions'::regclass`
    expect(await query(ownerUrl, text)).toEqual([{ reltuples: stored.length }])
  })
})

/** What the driver reads as the generator writes it; instants are Date objects there. */
const essence = (row: (typeof stored)[number]) => [
  row.id,
  [row.user_id, row.created_by],
  [row.type, row.amount_minor, row.currency, row.category, row.date, row.notes],
  [row.created_at, row.updated_at, row.deleted_at ?? 0].map((at) => new Date(at).getTime()),
]

describe('seedDemoData', () => {
  it('adds nothing to a database with other users', async () => {
    const ownerUrl = await takeDatabase()
    const columns = 'id, email, name, role, password_hash'
    const values = `gen_random_uuid(), 'someone@example.org', 'Someone', 'viewer', 'none'`
    await query(ownerUrl, `insert into data.users (${columns}) values (${values})`)
    await expect(seedDemoData(ownerUrl)).rejects.toThrow('not empty')
    expect(await query(ownerUrl, 'select email from data.users')).toHaveLength(1)
  })

  it.each([
    'postgresql://owner@db.example.com/edgebook',
    'postgresql://owner@127.0.0.1/edgebook?host=db.example.com',
    'postgresql://owner@127.0.0.1.example.com/edgebook',
    'postgresql://owner@192.0.2.1/edgebook',
  ])('rejects a database on another machine: %s', async (url) => {
    await expect(seedDemoData(url)).rejects.toThrow('this machine only')
  })
})
