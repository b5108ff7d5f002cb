import { expect } from 'vitest'
import type { TestApp } from '../support/app.ts'

interface Row {
  user_id: string
  date: string
  currency: string
  type: string
  category: string
  amount_minor: string
}

/** One line for a roll-up, whose it is and what it says. */
const line = (key: readonly string[], amount: bigint, count: number) =>
  `${key.join(' | ')} = ${amount} in ${count}`

/** The totals across all users are in eight shards, by the last digit of the user. */
const shard = (user: string) => `shard ${Number.parseInt(user.at(-1)!, 16) % 8}`

/** What the roll-ups have to be, added up here from the rows that are not deleted. */
async function expected(app: TestApp): Promise<string[]> {
  const rows = (await app.sql`
    select user_id, date::text, currency, type, category, amount_minor::text
      from data.transactions where deleted_at is null`) as Row[]
  const sums = new Map<string, { key: string[]; amount: bigint; count: number }>()
  for (const { user_id: user, date, currency, type, category, amount_minor: amount } of rows) {
    const month = `${date.slice(0, 7)}-01`
    const keys = [user, shard(user)].flatMap((whose) => [
      [whose, 'day', date, currency, type, ''],
      [whose, 'month', month, currency, type, ''],
      [whose, 'category', month, currency, type, category],
    ])
    for (const key of keys) {
      const sum = sums.get(key.join()) ?? { key, amount: 0n, count: 0 }
      sums.set(key.join(), {
        key,
        amount: sum.amount + BigInt(amount),
        count: sum.count + 1,
      })
    }
  }
  return [...sums.values()].map(({ key, amount, count }) => line(key, amount, count)).toSorted()
}

async function stored(app: TestApp): Promise<string[]> {
  const rows = await app.sql`
    select user_id::text, grain, starts_on::text, currency, type, category, amount::text,
           count::integer
      from data.rollups
     union all
    select 'shard ' || shard, grain, starts_on::text, currency, type, category, amount::text,
           count::integer
      from data.rollups_total`
  return rows
    .map((row) => {
      const key = [row['user_id'], row['grain'], row['starts_on'], row['currency']]
      return line([...key, row['type'], row['category']], BigInt(row['amount']), row['count'])
    })
    .toSorted()
}

/** That the roll-ups are what the rows add up to, by the test's own sums and by the database's. */
export async function expectConsistent(app: TestApp): Promise<void> {
  expect(await stored(app)).toEqual(await expected(app))
  expect(await app.sql`select * from api.check_rollups(null)`).toEqual([])
}
