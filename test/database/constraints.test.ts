import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { useApp } from '../support/use-app.ts'
import { insertUser } from '../support/users.ts'

const { app } = useApp()
let userId: string

beforeAll(async () => {
  userId = (await insertUser(app, 'viewer')).id
})

const valid = {
  type: 'expense',
  amount_minor: '100',
  currency: 'EUR',
  category: 'Groceries',
  date: '2026-03-14',
  notes: null,
}

/** Inserts a transaction as the owner, whom only constraints stop. */
async function insert(changes: Record<string, string | null>): Promise<string> {
  const row = { ...valid, id: uuidv7(), user_id: userId, created_by: userId, ...changes }
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  await app.sql.query(
    `insert into data.transactions (${names.join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  )
  return row.id
}

describe('A transaction that is inserted directly into the table', () => {
  it.each([
    { amount_minor: '1' },
    { amount_minor: '999999999999999' },
    { amount_minor: '9999999999999', currency: 'JPY' },
    { category: 'x'.repeat(64) },
    { category: '家計簿' },
    { date: '1900-01-01' },
    { date: '2200-12-31' },
    { notes: 'x' },
    { notes: 'x'.repeat(2000) },
  ])('is accepted with %j', async (changes) => {
    const id = await insert(changes)
    const [row] = await app.sql`select version, deleted_at from data.transactions where id = ${id}`
    expect(row).toEqual({ version: 1, deleted_at: null })
  })

  it.each([
    ['transactions_amount_range', { amount_minor: '0' }],
    ['transactions_amount_range', { amount_minor: '-1' }],
    ['transactions_amount_range', { amount_minor: '1000000000000000' }],
    ['transactions_amount_range', { amount_minor: '10000000000000', currency: 'JPY' }],
    ['transactions_currency_shape', { currency: 'eur' }],
    ['transactions_currency_shape', { currency: 'EU' }],
    ['transactions_currency_shape', { currency: 'E1R' }],
    ['transactions_currency_shape', { currency: '' }],
    ['transactions_category_length', { category: '' }],
    ['transactions_category_length', { category: ' ' }],
    ['transactions_category_length', { category: ' Groceries' }],
    ['transactions_category_length', { category: 'Groceries ' }],
    ['transactions_category_length', { category: 'x'.repeat(65) }],
    ['transactions_notes_length', { notes: '' }],
    ['transactions_notes_length', { notes: 'x'.repeat(2001) }],
    ['transactions_date_range', { date: '1899-12-31' }],
    ['transactions_date_range', { date: '2201-01-01' }],
    ['transactions_date_range', { date: 'infinity' }],
    ['transactions_date_range', { date: '-infinity' }],
  ])('is refused by %s: %j', async (constraint, changes) => {
    await expect(insert(changes)).rejects.toMatchObject({ code: '23514', constraint })
  })

  it.each([
    ['22001', { currency: 'EURO' }],
    ['22003', { amount_minor: '9223372036854775808' }],
    ['22P02', { amount_minor: '1.5' }],
    ['22P02', { type: 'transfer' }],
    ['22008', { date: '2026-02-30' }],
    ['23502', { type: null }],
    ['23502', { amount_minor: null }],
    ['23502', { currency: null }],
    ['23502', { category: null }],
    ['23502', { date: null }],
    ['23502', { user_id: null }],
    ['23502', { created_by: null }],
    ['23503', { user_id: uuidv7() }],
    ['23503', { created_by: uuidv7() }],
    ['428C9', { amount_scaled: '1' }],
  ])('is refused with SQLSTATE %s: %j', async (code, changes) => {
    await expect(insert(changes)).rejects.toMatchObject({ code })
  })
})

describe('A user who is inserted directly into the table', () => {
  const user = { name: 'Grace', role: 'viewer', password_hash: 'x' }
  const insertRow = (changes: Record<string, string | null>) => {
    const row = { ...user, id: uuidv7(), email: 'grace@example.com', ...changes }
    const names = Object.keys(row)
    return app.sql.query(
      `insert into data.users (${names.join(', ')})
       values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(row),
    )
  }

  it.each([
    ['users_email_shape', { email: 'Grace@example.com' }],
    ['users_email_shape', { email: 'grace' }],
    ['users_email_shape', { email: '' }],
    ['users_email_shape', { email: `${'x'.repeat(250)}@example.com` }],
    ['users_name_length', { name: '' }],
    ['users_name_length', { name: 'x'.repeat(101) }],
  ])('is refused by %s: %j', async (constraint, changes) => {
    await expect(insertRow(changes)).rejects.toMatchObject({ code: '23514', constraint })
  })

  it.each([
    ['22P02', { role: 'owner' }],
    ['23502', { role: null }],
    ['23502', { password_hash: null }],
  ])('is refused with SQLSTATE %s: %j', async (code, changes) => {
    await expect(insertRow(changes)).rejects.toMatchObject({ code })
  })

  it('has an address that no other user has', async () => {
    await insertRow({})
    await expect(insertRow({})).rejects.toMatchObject({ constraint: 'users_email_unique' })
  })
})
