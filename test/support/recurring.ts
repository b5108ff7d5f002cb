import { v7 as uuidv7 } from 'uuid'
import { addDays, dateOfDay, dayOfMonth, utcToday } from '../../src/lib/calendar.ts'
import type { TestApp } from './app.ts'
import { createUser } from './users.ts'

export interface SomeRow {
  id?: string
  date: string
  amount?: number
  type?: 'income' | 'expense'
  currency?: string
  category?: string
  payee?: string | null
  notes?: string | null
}

/** Transactions of a user, put into the database behind the API. Returns their ids. */
export async function insertRows(app: TestApp, userId: string, rows: readonly SomeRow[]) {
  const full = rows.map(({ amount = 1299, ...row }) => ({
    id: uuidv7(),
    user_id: userId,
    created_by: userId,
    type: 'expense',
    currency: 'EUR',
    category: 'Subscriptions',
    payee: null,
    notes: null,
    amount_minor: amount,
    ...row,
  }))
  await app.sql`insert into data.transactions
                  (id, user_id, created_by, type, currency, category, payee, notes, amount_minor, date)
                select id, user_id, created_by, type, currency, category, payee, notes, amount_minor,
                       date
                  from json_populate_recordset(null::data.transactions, ${JSON.stringify(full)})`
  return full.map(({ id }) => id)
}

export const today = () => utcToday(new Date())

/** The same day in each of the last months, the latest last; it was some days ago this month. */
export function monthly(count: number, daysAgo = 3): string[] {
  const last = addDays(today(), -daysAgo)
  const [year, month, day] = last.split('-').map(Number)
  return Array.from({ length: count }, (_, index) =>
    dateOfDay(dayOfMonth(year! * 12 + month! - count + index, day!)),
  )
}

const counts = new WeakMap<TestApp, number>()

/** Counts for each app, so that the same calls arrange the same rows in two databases. */
function nextOf(app: TestApp): number {
  const next = (counts.get(app) ?? 0) + 1
  counts.set(app, next)
  return next
}

/** What an admin reads of a user. */
async function listed(app: TestApp, path: string) {
  const admin = await createUser(app, 'admin')
  const { body, text, status } = await admin.get(path)
  if (status !== 200) throw new Error(`${path} responded ${status}: ${text}`)
  return body.data
}

/** Gives a user a recurring payment and returns its key. */
export async function someStream(app: TestApp, userId: string): Promise<string> {
  // Digits in a payee do not tell streams apart.
  const payee = `Streamoose ${nextOf(app).toString(2).replaceAll('0', 'a').replaceAll('1', 'b')}`
  await insertRows(
    app,
    userId,
    monthly(6).map((date) => ({ date, payee })),
  )
  const streams = await listed(app, `/v1/recurring?user_id=${userId}&limit=100`)
  return streams.find((each: { payee: string }) => each.payee === payee).key
}

/** Gives a user a likely duplicate and returns its key. */
export async function someAnomaly(app: TestApp, userId: string): Promise<string> {
  const amount = 4590 + nextOf(app)
  const row = { date: addDays(today(), -10), amount, category: 'Clothing', notes: 'Shoes' }
  const ids = await insertRows(app, userId, [row, row])
  const path = `/v1/anomalies?user_id=${userId}&kind=likely_duplicate&limit=100`
  const anomalies = await listed(app, path)
  return anomalies.find((each: { transaction_id: string }) => ids.includes(each.transaction_id)).key
}

/** What a user decided on a recurring payment and on an anomaly, put into the database behind the API. */
export async function insertDecisions(app: TestApp, userId: string): Promise<void> {
  await app.sql`insert into data.recurring_decisions
                  (id, user_id, key, status, stream_group, type, currency, cadence, amount_minor,
                   last_date, transaction_ids, decided_by)
                values (${uuidv7()}, ${userId}, 'rec_0123456789abcdef', 'confirmed', 'group',
                        'expense', 'EUR', 'monthly', 1299, ${today()}, array[${uuidv7()}::uuid],
                        ${userId})`
  await app.sql`insert into data.dismissed_anomalies (id, user_id, key, kind, dismissed_by)
                values (${uuidv7()}, ${userId}, 'ano_0123456789abcdef', 'unusual_amount', ${userId})`
}
