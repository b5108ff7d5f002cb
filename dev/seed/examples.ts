import { addDays } from '../../src/lib/calendar.ts'
import {
  EXAMPLE_ID,
  EXAMPLE_STREAM,
  EXAMPLE_TRANSACTIONS,
  EXAMPLE_USER_ID,
} from '../../src/lib/examples.ts'

import type { DemoTransaction } from './generate.ts'

/** An id of version 7 begins with its time. */
const timeOf = (id: string) =>
  new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toISOString()

const purchases = [
  [EXAMPLE_ID, '2026-03-14', 8430, 'Groceries', 'Weekly shopping', 'Corner Market', null],
  [EXAMPLE_TRANSACTIONS.deleted, '2026-03-12', 1290, 'Coffee', 'Espresso beans', null, null],
  [EXAMPLE_TRANSACTIONS.updatedInBulk, '2026-03-10', 4590, 'Clothing', null, null, null],
  [EXAMPLE_TRANSACTIONS.deletedInBulk, '2026-03-10', 4590, 'Clothing', null, null, null],
  [EXAMPLE_TRANSACTIONS.imported, '2026-03-05', 2400, 'Leisure', 'Cinema', null, EXAMPLE_ID],
] as const

/** One that is an anomaly, which the examples dismiss and restore. */
const unusual = (today: string) =>
  [
    EXAMPLE_TRANSACTIONS.unusual,
    addDays(today, -20),
    124_000,
    'Household',
    'New oven',
    'Herdwerk',
    null,
  ] as const

const created_at = timeOf(EXAMPLE_ID)
const userSince = timeOf(EXAMPLE_USER_ID)
const inDays = (today: string, days: number) => `${addDays(today, days)}T00:00:00.000Z`

const user = {
  id: EXAMPLE_USER_ID,
  email: 'noor.haddad@example.com',
  name: 'Noor Haddad',
  role: 'viewer' as const,
  active: true,
  created_at: userSince,
  updated_at: userSince,
}

const session = (userId: string, today: string) => ({
  id: EXAMPLE_ID,
  user_id: userId,
  created_at,
  last_used_at: created_at,
  expires_at: inDays(today, 30),
  address: '203.0.113.7',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
})

const apiKey = (userId: string, today: string) => ({
  id: EXAMPLE_ID,
  user_id: userId,
  name: 'Nightly import',
  prefix: 'ebk_EYoMX087',
  role: 'analyst' as const,
  access: 'read_write' as const,
  key_hash: 'the hash of no key',
  created_at,
  expires_at: inDays(today, 365),
})

const importedFile = (userId: string) => ({
  id: EXAMPLE_ID,
  user_id: userId,
  created_by: userId,
  created_at,
  file_name: 'march.csv',
  source: 'bank',
  row_count: 1,
  created_count: 1,
  duplicate_count: 0,
})

interface Owners {
  today: string
  adminId: string
  analystId: string
}

/**
 * The records that the examples of the OpenAPI document name: a user, a session of the analyst, who
 * keeps it when that user gets a new password, and more of the admin. Nobody can log in with them.
 */
export const exampleRecords = ({ today, adminId, analystId }: Owners) => ({
  user,
  sessions: [session(analystId, today)],
  apiKeys: [apiKey(adminId, today)],
  imports: [importedFile(adminId)],
  transactions: [...purchases, unusual(today)].map(
    ([id, date, amount_minor, category, notes, payee, import_id]) => ({
      id,
      user_id: adminId,
      date,
      type: 'expense' as const,
      amount_minor,
      currency: 'EUR',
      category,
      notes,
      payee,
      import_id,
      created_by: adminId,
      created_at: timeOf(id),
      updated_at: timeOf(id),
      deleted_at: null,
    }),
  ),
})

/** What was decided on a recurring payment: gives it the key that the examples name. */
export function exampleDecision(payments: readonly DemoTransaction[]) {
  const { id, user_id, type, currency, amount_minor, date } = payments.at(-1)!
  return {
    id: EXAMPLE_ID,
    user_id,
    key: EXAMPLE_STREAM,
    status: 'confirmed' as const,
    name: 'Rent',
    stream_group: 'example',
    type,
    currency,
    cadence: 'monthly',
    amount_minor,
    last_date: date,
    transaction_ids: [id],
    version: 1,
    decided_by: user_id,
    decided_at: timeOf(EXAMPLE_ID),
  }
}
