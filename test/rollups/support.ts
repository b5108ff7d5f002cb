import { expect } from 'vitest'
import type { TestApp } from '../support/app.ts'
import { expectSame } from '../support/differences.ts'

interface Row {
  user_id: string
  date: string
  currency: string
  type: string
  category: string
  amount_minor: string
}

/** What roll-ups say, by their names: whose, grain, day, currency, type and category. */
type Sums = Record<string, string>

const nameOf = (key: readonly string[]) => key.join(' | ')
const said = (amount: bigint, count: number) => `${amount} in ${count}`

/** The totals across all users are in eight shards, by the last digit of the user. */
const shard = (user: string) => `shard ${Number.parseInt(user.at(-1)!, 16) % 8}`

/** What the roll-ups have to be, added up here from the rows that are not deleted. */
async function expected(app: TestApp): Promise<Sums> {
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
  return Object.fromEntries(
    [...sums.values()].map(({ key, amount, count }) => [nameOf(key), said(amount, count)]),
  )
}

async function stored(app: TestApp): Promise<Sums> {
  const rows = await app.sql`
    select user_id::text, grain, starts_on::text, currency, type, category, amount::text,
           count::integer
      from data.rollups
     union all
    select 'shard ' || shard, grain, starts_on::text, currency, type, category, amount::text,
           count::integer
      from data.rollups_total`
  return Object.fromEntries(
    rows.map((row) => {
      const key = [row['user_id'], row['grain'], row['starts_on'], row['currency']]
      return [
        nameOf([...key, row['type'], row['category']]),
        said(BigInt(row['amount']), row['count']),
      ]
    }),
  )
}

/**
 * That the roll-ups are what the rows add up to, by the test's own sums and by the database's. They
 * are recomputed afterwards, so that one error does not fail the other tests of the file.
 */
export async function expectConsistent(app: TestApp): Promise<void> {
  const [found, wanted] = [await stored(app), await expected(app)]
  const inconsistent = await app.sql`select * from api.check_rollups(null)`
  await app.sql`select private.recompute_rollups()`
  expectSame(found, wanted, 'roll-ups')
  expect(inconsistent).toEqual([])
}
