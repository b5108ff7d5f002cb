import { beforeAll, describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'

const { app, admin, analyst } = useApp()

beforeAll(async () => {
  await enter(analyst, { amount: '10.00', date: '2026-03-14' })
  await enter(analyst, { amount: '2.50', date: '2026-03-15', category: 'Books' })
  await enter(admin)
})

const check = async (query = '') => (await admin.get(`/v1/admin/consistency${query}`)).body

describe('The verification of roll-ups', () => {
  it('finds nothing wrong for one user, another user or all users when roll-ups are right', async () => {
    expect(await check()).toEqual({
      scope: 'own',
      consistent: true,
      transactions: 1,
      rollups: 3,
      difference_count: 0,
      differences: [],
      records: { checked: expect.any(Number), difference_count: 0, differences: [] },
      next_cursor: null,
    })
    expect(await check(`?user_id=${analyst.id}`)).toMatchObject({
      scope: 'user',
      user_id: analyst.id,
      consistent: true,
      transactions: 2,
      rollups: 5,
    })
    expect(await check('?scope=all')).toMatchObject({ consistent: true, transactions: 3 })
  })

  it('names a sum that was changed, one that is missing and one that is too much', async () => {
    await app.sql`update data.rollups set amount = amount + 1
                   where user_id = ${analyst.id} and grain = 'month'`
    await app.sql`delete from data.rollups where user_id = ${analyst.id} and category = 'Books'`
    await app.sql`insert into data.rollups values
      (${analyst.id}, 'day', '2026-04-01', 'EUR', 'income', '', 100, 1)`
    const found = await check(`?user_id=${analyst.id}`)
    expect(found).toMatchObject({ consistent: false, difference_count: 3 })
    const common = { user_id: analyst.id, currency: 'EUR' }
    expect(found.differences).toEqual(
      expect.arrayContaining([
        {
          ...common,
          grain: 'month',
          starts_on: '2026-03-01',
          type: 'expense',
          category: null,
          expected: { total: '12.50', count: 2 },
          stored: { total: '12.51', count: 2 },
        },
        {
          ...common,
          grain: 'category',
          starts_on: '2026-03-01',
          type: 'expense',
          category: 'Books',
          expected: { total: '2.50', count: 1 },
          stored: { total: '0.00', count: 0 },
        },
        {
          ...common,
          grain: 'day',
          starts_on: '2026-04-01',
          type: 'income',
          category: null,
          expected: { total: '0.00', count: 0 },
          stored: { total: '1.00', count: 1 },
        },
      ]),
    )
    expect(await check()).toMatchObject({ consistent: true })
    expect(await check('?scope=all')).toMatchObject({ consistent: false, difference_count: 3 })
  })

  it('finds nothing wrong after roll-ups were recomputed for one user or all users', async () => {
    const [one] = await app.sql`select private.recompute_rollups(${analyst.id}) rebuilt`
    expect(one).toEqual({ rebuilt: '5' })
    expect(await check('?scope=all')).toMatchObject({ consistent: true })
    await app.sql`update data.rollups set count = count + 1 where grain = 'month'`
    await app.sql`update data.rollups_total set count = count + 1 where grain = 'month'`
    const wrong = await check('?scope=all')
    expect(wrong).toMatchObject({ consistent: false })
    const whose = wrong.differences.map((each: { user_id: string | null }) => each.user_id)
    // Rows of each of the two users and of all users, who may be in one shard or in two.
    expect(new Set(whose)).toEqual(new Set([admin.id, analyst.id, null]))
    const [all] = await app.sql`select private.recompute_rollups()::integer rebuilt`
    expect(await check('?scope=all')).toMatchObject({ consistent: true, rollups: 8 })
    expect(all!['rebuilt']).toBeGreaterThan(8)
  })

  it('finds what is wrong in the totals of all users alone', async () => {
    await app.sql`update data.rollups_total set amount = amount + 1 where grain = 'month'`
    expect(await check()).toMatchObject({ consistent: true })
    const found = await check('?scope=all')
    expect(found).toMatchObject({ consistent: false })
    expect(found.differences[0]).toMatchObject({ user_id: null, grain: 'month', category: null })
    for (const user of [admin, analyst]) await app.sql`select private.recompute_rollups(${user.id})`
    expect(await check('?scope=all')).toMatchObject({ consistent: true })
  })

  it('is refused for roles that see only their own transactions', async () => {
    expect((await analyst.get('/v1/admin/consistency')).status).toBe(403)
  })
})
