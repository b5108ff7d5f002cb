import { describe, expect, it } from 'vitest'
import { measureAnomalies, sumOf } from '../../bench/sections/anomalies.ts'
import { exampleRecords } from '../../dev/seed/examples.ts'
import { generateDemoData } from '../../dev/seed/generate.ts'
import { findAnomalies } from '../../src/anomalies/find.ts'
import { EXAMPLE_ANOMALY } from '../../src/lib/examples.ts'
import type { StreamRow } from '../../src/recurring/payment.ts'
import { findStreams } from '../../src/recurring/stream.ts'

/** Anomalies in the demo data of a day, by the address of the user. */
function inDemoData(today: string) {
  const { users, transactions } = generateDemoData({ seed: 1, today })
  const owners = { today, adminId: users[0]!.id, analystId: users[1]!.id }
  const examples = exampleRecords(owners).transactions.filter(({ date }) => date <= today)
  const live: StreamRow[] = [
    ...transactions
      .filter(({ deleted_at }) => deleted_at === null)
      .map((row) => ({ ...row, payee: null })),
    ...examples,
  ].map((row) => ({ ...row, amount_minor: BigInt(row.amount_minor) }))
  return users.map((user) => {
    const rows = live.filter(({ user_id }) => user_id === user.id)
    const streams = findStreams(rows, today)
    const found = findAnomalies({ rows, streams, months: [], since: '2000-01-01', today })
    return { email: user.email, rows, streams, found }
  })
}

const PLANTED = [
  ...['Laptop 💻', 'Timing belt and brakes', 'Washing machine'],
  ...['Vélo électrique 🚲', 'Dental crown', 'New clutch 🚗', 'Camera 📷', 'New oven'],
]

describe('In the demo data', () => {
  it.each(['2026-11-22', '2026-11-25', '2027-03-01', '2030-06-30'])(
    'all planted outliers are found, and a handful of others, on %s',
    (today) => {
      const accounts = inDemoData(today)
      const found = new Set(
        accounts.flatMap(({ found: anomalies, rows }) => {
          const notes = new Map(rows.map((row) => [row.id, row.notes]))
          return anomalies.map(({ transactionId }) => notes.get(transactionId ?? ''))
        }),
      )
      expect(PLANTED.filter((notes) => !found.has(notes))).toEqual([])
      for (const { email, found: anomalies } of accounts) {
        expect(anomalies.length, email).toBeLessThan(16)
      }
      const keys = accounts[0]!.found.map(({ key }) => key)
      expect(keys).toContain(EXAMPLE_ANOMALY)
    },
  )

  it('rent, salary and all subscriptions are found as recurring, and no shopping is', () => {
    for (const { email, streams } of inDemoData('2026-11-25')) {
      const categories = new Set(streams.map(({ category }) => category))
      expect([...categories], email).toEqual(
        expect.arrayContaining(['Rent', 'Salary', 'Utilities', 'Insurance', 'Subscriptions']),
      )
      for (const random of ['Groceries', 'Coffee', 'Restaurants', 'Clothing']) {
        expect(categories, email).not.toContain(random)
      }
    }
  })
})

describe('In random accounts', () => {
  const { streams, kinds, perQuietAccount } = measureAnomalies(24)

  it('nearly all planted recurring payments are found, and nearly no others', () => {
    const { planted, found, others } = sumOf(streams.values())
    expect(found / planted).toBeGreaterThan(0.97)
    expect(found / (found + others)).toBeGreaterThan(0.97)
  })

  it('nine of ten planted anomalies are found, and few others', () => {
    const { planted, found, others } = sumOf(kinds.values())
    expect(found / planted).toBeGreaterThan(0.88)
    expect(found / (found + others)).toBeGreaterThan(0.8)
    expect(perQuietAccount).toBeLessThan(2)
  })
})
