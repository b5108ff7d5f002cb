import { v7 as uuidv7 } from 'uuid'
import type { TestApp } from './app.ts'
import type { User } from './users.ts'

export interface TransactionBody {
  type: 'income' | 'expense'
  amount: string
  currency: string
  category: string
  date: string
  notes?: string | null
  user_id?: string
}

export const someTransaction: TransactionBody = {
  type: 'expense',
  amount: '84.30',
  currency: 'EUR',
  category: 'Groceries',
  date: '2026-03-14',
  notes: 'Weekly shopping',
}

/** Enters a transaction through the API and returns it. */
export async function enter(actor: User, body: Partial<TransactionBody> = {}) {
  const response = await actor.post('/v1/transactions', { ...someTransaction, ...body })
  if (response.status !== 201)
    throw new Error(`Create responded ${response.status}: ${response.text}`)
  return response.body
}

interface Row {
  notes?: string
  date?: string
  deleted?: boolean
}

/** A transaction of a user, put into the database behind the API. Returns its id. */
export async function insertTransaction(app: TestApp, userId: string, row: Row = {}) {
  const id = uuidv7()
  const { notes = 'Weekly shopping', date = '2026-03-14', deleted = false } = row
  await app.sql`insert into data.transactions
                  (id, user_id, type, amount_minor, currency, category, date, notes, created_by,
                   deleted_at)
                values (${id}, ${userId}, 'expense', 8430, 'EUR', 'Groceries', ${date}, ${notes},
                        ${userId}, case when ${deleted}::boolean then now() end)`
  return id
}

/** An import of somebody's own, without rows, put into the database behind the API. Returns its id. */
export async function insertImport(app: TestApp, userId: string, fileName = 'march.csv') {
  const id = uuidv7()
  await app.sql`insert into data.imports
                  (id, user_id, created_by, file_name, row_count, created_count, duplicate_count)
                values (${id}, ${userId}, ${userId}, ${fileName}, 0, 0, 0)`
  return id
}
