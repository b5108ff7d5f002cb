import { beforeAll, describe, expect, it } from 'vitest'
import { createDashboardRepository } from '../../src/dashboard/dashboard.repository.ts'
import type { Role } from '../../src/db/enums.ts'
import { timelineOf } from '../../src/forecast/timeline.ts'
import type { TransactionFilter } from '../../src/transactions/filters.ts'
import {
  createTransactionsRepository,
  type ListQuery,
} from '../../src/transactions/transactions.repository.ts'
import { useApp } from '../support/use-app.ts'
import { isLong } from '../support/iterations.ts'
import { appSql, type AppSql } from '../support/roles-sql.ts'
import { BIG, fillUsers, type Fixture } from './fixture.ts'
import { expectCheap, plansOf, type Plan } from './plans.ts'

const { app } = useApp()
let sql: AppSql
let fixture: Fixture

beforeAll(async () => {
  sql = appSql(app)
  fixture = await fillUsers(app, roles)
})

/** An admin, who may see most, stands for all by `npm test`. */
const roles: Role[] = isLong ? ['viewer', 'analyst', 'admin'] : ['admin']
const own = { kind: 'own' } as const
const all = { kind: 'all' } as const
const byDate = { key: 'date', descending: true } as const
const byChange = { key: 'updated_at', descending: false } as const
const byAmount = { key: 'amount', descending: false } as const
const year = { dateFrom: '2024-01-01', dateTo: '2024-12-31' }
const broken = { dateFrom: '2024-01-15', dateTo: '2024-11-10' }
const nil = '00000000-0000-0000-0000-000000000000'
const TAKE = 21

interface Asked {
  filter?: TransactionFilter
  position?: string[] | undefined
  skip?: number
  query?: Partial<ListQuery>
}

const listPlans = (role: Role, { filter = {}, position, query = {} }: Asked): Promise<Plan[]> =>
  plansOf(sql, fixture.big[role], (database, caller) =>
    createTransactionsRepository(database).list(
      caller,
      { scope: own, filter, sort: byDate, take: TAKE, withTotals: false, ...query },
      position,
    ),
  )

const pagePlans = (role: Role, { filter = {}, skip = 0, query = {} }: Asked): Promise<Plan[]> =>
  plansOf(sql, fixture.big[role], (database, caller) =>
    createTransactionsRepository(database).page(
      caller,
      { scope: own, filter, sort: byDate, take: TAKE, withTotals: false, ...query },
      skip,
    ),
  )

const middle = ['2023-06-15', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
const rollups = [
  'rollups_user_id_grain_starts_on_currency_type_category_pk',
  'rollups_category',
  'rollups_grain',
]
const ofUser = ['category', 'type', 'currency', 'date', 'payee'].map(
  (name) => `transactions_user_${name}`,
)
const search = 'transactions_search'

describe.each(roles)('For the role %s with forty thousand records, the database reads', (role) => {
  it.each([
    ['by date', byDate, undefined, 'transactions_user_date'],
    ['by date, from the middle', byDate, middle, 'transactions_user_date'],
    ['by date, oldest first', { ...byDate, descending: false }, middle, 'transactions_user_date'],
    ['by amount', byAmount, undefined, 'transactions_user_amount'],
    ['by amount, from the middle', byAmount, ['5000000', nil], 'transactions_user_amount'],
    [
      'by amount, largest first',
      { ...byAmount, descending: true },
      ['5000000', nil],
      'transactions_user_amount',
    ],
  ])('no more rows than the page of a list %s', async (_, sort, position, index) => {
    expectCheap(await listPlans(role, { position, query: { sort } }), TAKE, [index])
  })

  it.each([
    ['live ones', {}],
    ['deleted ones too', { deleted: 'include' }],
  ] as const)('no more rows than a page of changes: %s', async (_, asked) => {
    if (role !== 'admin' && 'deleted' in asked) return
    const filter: TransactionFilter = { updatedSince: '2020-01-01T00:00:00Z', ...asked }
    const query = { sort: byChange }
    // Where nearly all rows are of one user, both are the same.
    const indexes = ['transactions_user_updated', 'transactions_updated']
    expectCheap(await listPlans(role, { filter, query }), TAKE, indexes)
    const position = ['2021-01-01 00:00:00.000001+00', nil]
    const next = await listPlans(role, { filter, query, position })
    expectCheap(next, TAKE, indexes)
  })

  it('no row where nothing was changed since', async () => {
    const filter = { updatedSince: '2100-01-01T00:00:00Z' }
    const plans = await listPlans(role, { filter, query: { sort: byChange } })
    expectCheap(plans, 0, [])
  })

  it.each([
    ['a category', { categories: ['Category 7'] }],
    ['a category that nobody has', { categories: ['Nothing'] }],
    ['a type', { type: 'income' }],
    ['a type in a year', { type: 'income', ...year }],
    ['a category in a year', { categories: ['Category 7'], ...year }],
    ['a category and a type in a year', { categories: ['Category 7'], type: 'income', ...year }],
    ['a currency', { currency: 'USD' }],
    ['a currency that nobody has', { currency: 'JPY' }],
    ['a payee', { payee: 'Payee 7' }],
    ['a payee that nobody has', { payee: 'Nobody' }],
    ['a day', { dateFrom: '2024-05-05', dateTo: '2024-05-05' }],
  ] as const)('few more rows than the page of a list of %s', async (_, { ...filter }) => {
    const plans = await listPlans(role, { filter: { ...filter } as TransactionFilter })
    expectCheap(plans, 3 * TAKE, ofUser)
  })

  it.each([
    ['all', {}],
    ['a category', { categories: ['Category 7'] }],
    ['a type and a currency in a year', { type: 'expense', currency: 'EUR', ...year }],
    ['a broken period', broken],
    ['a category in a broken period', { categories: ['Category 7'], ...broken }],
  ] as const)('roll-ups for the totals of %s', async (_, filter) => {
    const asked = { filter: filter as TransactionFilter, query: { withTotals: true } }
    const plans = await listPlans(role, asked)
    expectCheap(
      plans.filter(({ name }) => name === 'totals'),
      1500,
      [...rollups, ...ofUser],
    )
  })

  it.each([
    ['common', TAKE * 4, 'common'],
    ['rare', 1_100, 'zanzibar'],
    ['absent', 1_100, 'nowhere'],
    ['two letters that are common', TAKE * 6, 'bi'],
    ['two letters that are absent', 1_100, 'qx'],
    ['one letter that is absent', 1_100, 'ж'],
    ['nothing but wildcards', 1_100, '%_%'],
  ])('no more than needed for a word that is %s', async (_, most, q) => {
    expectCheap(await listPlans(role, { filter: { q } }), most, ['transactions_user_date', search])
  })

  it('no row to count all and for a page behind the last', async () => {
    const plans = await pagePlans(role, { skip: 20_000_000 })
    expectCheap(plans, 1_000, rollups)
  })

  it('indexes to skip the pages before', async () => {
    const plans = await pagePlans(role, { skip: 20_000 })
    expectCheap(plans, BIG + 1_000, [
      ...rollups,
      ...ofUser,
      'transactions_user',
      'transactions_pkey',
    ])
  })

  it('roll-ups, and the last day of each, for the categories in use', async () => {
    const plans = await plansOf(sql, fixture.big[role], (database, caller) =>
      createTransactionsRepository(database).categories(caller, own),
    )
    expectCheap(plans, 7_500, [...rollups, ...ofUser])
  })

  it.each([
    ['a year', year, 'month', 3_000],
    ['a year by weeks', year, 'week', 4_000],
    ['five years', { dateFrom: '2021-01-01', dateTo: '2025-12-31' }, 'quarter', 7_500],
    ['a broken period', broken, 'month', 4_000],
  ] as const)('roll-ups for a dashboard of %s', async (_, period, interval, most) => {
    const plans = await plansOf(sql, fixture.big[role], (database, caller) =>
      createDashboardRepository(database).read(
        caller,
        { scope: own },
        {
          sums: { current: period, previous: year, byCategory: true },
          trends: { ...period, interval },
          recent: { limit: 10, period },
        },
      ),
    )
    expectCheap(plans, most, [...rollups, ...ofUser])
  })

  it.each([
    ['months', 'month', false],
    ['categories', 'month', true],
    ['weeks', 'week', false],
  ] as const)(
    'roll-ups for a forecast of %s, and no transaction',
    async (_, interval, byCategory) => {
      if (role === 'viewer') return
      const timeline = timelineOf('2025-12-15', interval)
      const plans = await plansOf(sql, fixture.big[role], (database, caller) =>
        createDashboardRepository(database).read(
          caller,
          { scope: own },
          { forecast: { timeline, byCategory } },
        ),
      )
      // Nobody has decided on a recurring payment here.
      expectCheap(plans, 8_000, [...rollups, 'scan of recurring_decisions'])
    },
  )
})

describe('For an admin who reads all users, the database reads', () => {
  const whole = { scope: all }
  const live: TransactionFilter = { deleted: 'exclude' }

  it.each([
    ['by date', { sort: byDate }, {}, TAKE, 'transactions_date'],
    ['by amount', { sort: byAmount }, {}, TAKE, 'transactions_amount'],
    [
      'by change',
      { sort: byChange },
      { updatedSince: '2020-01-01T00:00:00Z', deleted: 'include' },
      TAKE,
      'transactions_updated',
    ],
    ['of a category', {}, { categories: ['Category 7'], ...year }, TAKE, 'transactions_category'],
    ['of a type in a year', {}, { type: 'income', ...year }, TAKE * 15, 'transactions_date'],
  ] as const)('no more rows than the page of a list %s', async (_, query, filter, most, index) => {
    const asked = {
      filter: { ...live, ...filter } as TransactionFilter,
      query: { ...whole, ...query },
    }
    expectCheap(await listPlans('admin', asked), most, [index])
  })

  it.each([
    ['common', TAKE * 4, 'common'],
    ['rare', 1_100, 'zanzibar'],
    ['absent', 1_100, 'nowhere'],
    ['two letters that are absent', 1_100, 'qx'],
  ])('no more than needed for a word that is %s', async (_, most, q) => {
    const plans = await listPlans('admin', { filter: { ...live, q }, query: whole })
    expectCheap(plans, most, ['transactions_date', search])
  })

  it('roll-ups for the dashboard, also that of each user', async () => {
    const plans = await plansOf(sql, fixture.big.admin, (database, caller) =>
      createDashboardRepository(database).read(
        caller,
        { scope: all },
        {
          sums: { current: year, byCategory: true },
          trends: { ...year, interval: 'month' },
          users: year,
          forecast: { timeline: timelineOf('2025-12-15', 'month'), byCategory: true },
        },
      ),
    )
    for (const plan of plans) {
      expect(plan.used.filter((index) => index.includes('transactions'))).toEqual([])
      expect(plan.read).toBeLessThan(15_000)
    }
  })
})
