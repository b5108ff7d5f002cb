import { beforeAll, describe, expect, it } from 'vitest'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'

const { app, admin, analyst } = useApp()

beforeAll(async () => {
  await enter(analyst, { amount: '10' })
})

const everything = async () =>
  JSON.stringify([
    await app.sql`select * from data.transactions order by id`,
    await app.sql`select * from data.users order by id`,
    await app.sql`select * from data.audit_log order by id`,
    await app.sql`select * from data.idempotency_keys order by key`,
  ])

describe('A dry run', () => {
  it('of a new transaction returns the resulting totals, and changes nothing', async () => {
    const before = await everything()
    const { status, body, headers } = await analyst.post(
      '/v1/transactions?dry_run=true',
      someTransaction,
    )
    expect(status).toBe(200)
    expect(headers.get('Location')).toBeNull()
    expect(body).toMatchObject({
      ...someTransaction,
      user_id: analyst.id,
      version: 1,
      dry_run: true,
      status: 201,
      totals: {
        before: [{ currency: 'EUR', expenses: '10.00', net: '-10.00', count: 1 }],
        after: [{ currency: 'EUR', expenses: '94.30', net: '-94.30', count: 2 }],
      },
    })
    expect(await everything()).toBe(before)
  })

  it('of a change and of a deletion returns the resulting totals', async () => {
    const { id } = await enter(admin, { user_id: analyst.id, amount: '5', currency: 'USD' })
    const before = await everything()
    const path = `/v1/transactions/${id}?dry_run=true`
    const changed = await admin.patch(path, { amount: '6' })
    expect(changed.body).toMatchObject({ dry_run: true, status: 200, amount: '6.00', version: 2 })
    expect(changed.body.totals.after).toContainEqual(
      expect.objectContaining({ currency: 'USD', expenses: '6.00' }),
    )
    const deleted = await admin.delete(path)
    expect(Object.keys(deleted.body)).toEqual(['dry_run', 'status', 'totals'])
    expect(deleted.body).toMatchObject({ dry_run: true, status: 204 })
    expect(deleted.body.totals.after).toEqual([
      expect.objectContaining({ currency: 'EUR', count: 1 }),
    ])
    expect(await everything()).toBe(before)
  })

  it('is refused as the real request would be', async () => {
    const before = await everything()
    const nobody = { ...someTransaction, user_id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11' }
    expect((await admin.post('/v1/transactions?dry_run=true', nobody)).status).toBe(422)
    const last = await admin.patch(`/v1/users/${admin.id}?dry_run=true`, { active: false })
    expect(last.body.code).toBe('last_admin')
    expect(await everything()).toBe(before)
  })

  it('of a new user creates no user', async () => {
    const before = await everything()
    const user = { email: 'dry@example.com', name: 'Dry', role: 'viewer', password: 'umbrellas 77' }
    const { body } = await admin.post('/v1/users?dry_run=true', user)
    expect(body).toMatchObject({ email: user.email, dry_run: true, status: 201 })
    expect(body).not.toHaveProperty('totals')
    expect(await everything()).toBe(before)
  })

  it('is requested with true', async () => {
    const { status, body } = await analyst.post('/v1/transactions?dry_run=yes', someTransaction)
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe('query.dry_run')
  })
})
