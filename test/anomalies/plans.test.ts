import { beforeAll, expect, it } from 'vitest'
import { createAnomaliesRepository } from '../../src/anomalies/anomalies.repository.ts'
import type { Scope } from '../../src/access/scope.ts'
import { historyPeriod } from '../../src/recurring/history.ts'
import { MAX_ROWS } from '../../src/recurring/payment.ts'
import { fillUsers, type Fixture } from '../reads/fixture.ts'
import { plansOf } from '../reads/plans.ts'
import { appSql, type AppSql } from '../support/roles-sql.ts'
import { useApp } from '../support/use-app.ts'
import type { User } from '../support/users.ts'

const { app } = useApp()
let sql: AppSql
let fixture: Fixture

beforeAll(async () => {
  sql = appSql(app)
  fixture = await fillUsers(app, ['analyst', 'admin'])
})

/** What is read of the records; the tables of decisions are as small as what people decide. */
async function readsOf(caller: User, scope: Scope) {
  const plans = await plansOf(sql, caller, (database, identity) =>
    createAnomaliesRepository(database).read(identity, scope, historyPeriod('2025-12-31')),
  )
  const named = new Map(plans.map((plan) => [plan.name, plan]))
  return { history: named.get('history')!, months: named.get('months')! }
}

it.each(['analyst', 'admin'] as const)(
  'Recurring payments and anomalies of the role %s read the latest rows by the index, and no others',
  async (role) => {
    const { history, months } = await readsOf(fixture.big[role], { kind: 'own' })
    expect([history.used, history.read]).toEqual([['transactions_user_date'], MAX_ROWS + 1])
    expect([['rollups_pkey'], ['rollups_category']]).toContainEqual(months.used)
    expect(months.read).toBeLessThan(5000)
  },
)

it('Recurring payments and anomalies of another user are read in the same way', async () => {
  const { admin, analyst } = fixture.big
  const scope = { kind: 'user', userId: analyst.id } as const
  const { history, months } = await readsOf(admin, scope)
  expect([history.used, history.read]).toEqual([['transactions_user_date'], MAX_ROWS + 1])
  expect([['rollups_pkey'], ['rollups_category']]).toContainEqual(months.used)
})

it('Recurring payments and anomalies of all users read no more rows than those of one', async () => {
  const { history, months } = await readsOf(fixture.big.admin, { kind: 'all' })
  expect(history.used).toEqual(['transactions_date'])
  expect(history.read).toBeLessThan(2 * MAX_ROWS)
  expect(months.used).toEqual(['rollups_grain'])
  expect(months.read).toBeLessThan(20_000)
})
