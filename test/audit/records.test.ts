import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { startedTotp } from '../support/second-factors.ts'
import { enter, insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, loginAs, password, type User } from '../support/users.ts'
import { withoutTriggers } from '../support/without-triggers.ts'

const { app, admin } = useApp()

const check = async (query: string) => {
  const { status, body } = await admin.get(`/v1/admin/consistency${query}`)
  expect(status).toBe(200)
  return body
}

/** What differs for a user after SQL without triggers, as `entity difference fields`. */
async function differencesAfter(owner: { id: string }, table: string, statement: string) {
  const before = await check(`?user_id=${owner.id}`)
  expect(before.records).toMatchObject({ difference_count: 0, differences: [] })
  await withoutTriggers(app, [table], statement)
  const { records, consistent } = await check(`?user_id=${owner.id}`)
  expect(consistent).toBe(records.difference_count === 0)
  const all = await check('?scope=all')
  expect(all.records.differences).toEqual(expect.arrayContaining(records.differences))
  const verified = await admin.get(`/v1/audit/verify?owner_id=${owner.id}`)
  expect(verified.body.intact).toBe(true)
  return records.differences.map(
    (each: { user_id: string; entity: string; difference: string; fields: string[] }) => {
      expect(each.user_id).toBe(owner.id)
      return [each.entity, each.difference, ...each.fields].join(' ')
    },
  )
}

describe('Records as the audit log says', () => {
  it('are found consistent after everything that the API does to them', async () => {
    const owner = await loginAs(app, 'admin')
    const { id } = await enter(owner, { amount: '12.50', notes: 'a' })
    await owner.patch(`/v1/transactions/${id}`, { amount: '13', payee: 'A shop' })
    await owner.delete(`/v1/transactions/${id}`)
    await owner.post(`/v1/transactions/${id}/restore`)
    await owner.delete(`/v1/transactions/${(await enter(owner)).id}`)
    await app.sql`update data.transactions set deleted_at = now() - interval '9 days'
                   where deleted_at is not null`
    expect(await app.sql`select api.purge_transactions('2 days', 10)::integer gone`).toEqual([
      { gone: 1 },
    ])
    const file = 'date,amount,currency,category\n2026-03-14,-84.30,EUR,Groceries\n'
    const headers = { 'Content-Type': 'text/csv' }
    const { body } = await app.call('POST', '/v1/transactions/import?dry_run=false', {
      token: owner.token,
      raw: file,
      headers,
    })
    expect((await owner.post(`/v1/imports/${body.id}/revert`)).status).toBe(200)
    const key = await owner.post('/v1/api-keys', { name: 'A machine' })
    await app.call('GET', '/v1/auth/me', { token: key.body.key })
    await owner.delete(`/v1/api-keys/${key.body.id}`)
    const code = await startedTotp(app, owner)
    expect((await owner.post('/v1/auth/totp/confirm', { code })).status).toBe(200)
    await owner.patch(`/v1/users/${owner.id}`, { name: 'Renamed' })
    await app.call('POST', '/v1/auth/refresh', { json: { refresh_token: owner.refreshToken } })
    const changed = { current_password: password, new_password: 'nine dry raincoats' }
    expect((await owner.post('/v1/auth/password', changed)).status).toBe(200)
    const other = await createUser(app, 'viewer')
    await admin.patch(`/v1/users/${other.id}`, { active: false })
    await app.sql`delete from data.users where id = ${other.id}`
    await app.sql`select api.prune_sessions('2 days', 10)`
    const found = await check('?scope=all')
    expect(found).toMatchObject({ consistent: true, next_cursor: null })
    expect(found.records.differences).toEqual([])
    expect(found.records.checked).toBeGreaterThan(20)
  })

  it('are compared as values: neither time zone nor a column that was added later matters', async () => {
    const owner = await createUser(app, 'analyst')
    await app.sql.transaction((sql) => [
      sql`set local timezone = 'Asia/Kathmandu'`,
      sql`insert into data.transactions
            (id, user_id, created_by, type, amount_minor, currency, category, date)
          values (${uuidv7()}, ${owner.id}, ${owner.id}, 'expense', 1, 'EUR', 'X', '2026-03-14')`,
    ])
    const id = await insertTransaction(app, owner.id)
    const withoutPayee = `update data.audit_log set after = after - 'payee' where entity_id = '${id}'`
    await withoutTriggers(app, ['audit_log'], withoutPayee)
    expect((await check(`?user_id=${owner.id}`)).records.difference_count).toBe(0)
  })
})

describe('A record that was changed without triggers', () => {
  let owner: User
  let id: string
  beforeAll(async () => {
    owner = await createUser(app, 'analyst')
    id = (await enter(owner, { amount: '12.50' })).id
  })

  it('is named with what differs, for a transaction', async () => {
    const change = `update data.transactions set amount_minor = 125000, payee = 'A shop'
                     where id = '${id}'`
    expect(await differencesAfter(owner, 'transactions', change)).toEqual([
      'transaction altered amount payee',
    ])
    const { records } = await check(`?user_id=${owner.id}`)
    expect(records.differences[0]).toEqual({
      user_id: owner.id,
      entity: 'transaction',
      entity_id: id,
      difference: 'altered',
      fields: ['amount', 'payee'],
    })
  })

  const of = async (role: 'viewer' | 'analyst' = 'analyst') => createUser(app, role)

  it('is named for the role of a user', async () => {
    const user = await of('viewer')
    const change = `update data.users set role = 'admin' where id = '${user.id}'`
    expect(await differencesAfter(user, 'users', change)).toEqual(['user altered role'])
    await withoutTriggers(app, ['users'], change.replace('admin', 'viewer'))
  })

  it('is named for a session that was revoked', async () => {
    const user = await of()
    await admin.patch(`/v1/users/${user.id}`, { active: false })
    const change = `update data.sessions set revoked_at = null where user_id = '${user.id}'`
    expect(await differencesAfter(user, 'sessions', change)).toEqual(['session altered revoked_at'])
  })

  it('is named for an API key', async () => {
    const user = await of()
    await user.post('/v1/api-keys', { name: 'A machine', role: 'viewer', access: 'read' })
    const change = `update data.api_keys set access = 'read_write', role = 'analyst'
                     where user_id = '${user.id}'`
    expect(await differencesAfter(user, 'api_keys', change)).toEqual([
      'api_key altered access role',
    ])
  })

  it('is named for an import', async () => {
    const user = await of()
    await app.sql`insert into data.imports
        (id, user_id, created_by, row_count, created_count, duplicate_count)
      values (${uuidv7()}, ${user.id}, ${user.id}, 1, 1, 0)`
    const change = `update data.imports set row_count = 7 where user_id = '${user.id}'`
    expect(await differencesAfter(user, 'imports', change)).toEqual(['import altered row_count'])
  })

  it('is named for two-factor authentication that was removed', async () => {
    const user = await of()
    const code = await startedTotp(app, user)
    expect((await user.post('/v1/auth/totp/confirm', { code })).status).toBe(200)
    const change = `delete from data.totp_secrets where user_id = '${user.id}'`
    expect(await differencesAfter(user, 'totp_secrets', change)).toEqual(['user altered totp'])
  })

  it('is named for a transaction that was deleted for good', async () => {
    const user = await of()
    const gone = await insertTransaction(app, user.id)
    const change = `delete from data.transactions where id = '${gone}'`
    expect(await differencesAfter(user, 'transactions', change)).toEqual(['transaction removed'])
  })

  it('is named for a user, a key and an import that were deleted', async () => {
    const user = await of()
    await user.post('/v1/api-keys', { name: 'A machine' })
    const change = `delete from data.api_keys where user_id = '${user.id}'`
    expect(await differencesAfter(user, 'api_keys', change)).toEqual(['api_key removed'])
    await withoutTriggers(app, ['users'], `delete from data.users where id = '${user.id}'`)
    const { records } = await check(`?user_id=${user.id}`)
    expect(records.differences).toMatchObject([{ entity: 'user', difference: 'removed' }])
  })

  it('is named for a transaction that was inserted or brought back after its end', async () => {
    const user = await of()
    const row = `insert into data.transactions
        (id, user_id, created_by, type, amount_minor, currency, category, date)
      values ('${uuidv7()}', '${user.id}', '${user.id}', 'expense', 1, 'EUR', 'X', '2026-03-14')`
    expect(await differencesAfter(user, 'transactions', row)).toEqual(['transaction unrecorded'])
    const gone = await insertTransaction(app, user.id)
    await app.sql`delete from data.transactions where id = ${gone}`
    const back = row.replace(/'[\w-]{36}'/, `'${gone}'`)
    await withoutTriggers(app, ['transactions'], back)
    const { records } = await check(`?user_id=${user.id}`)
    expect(records.differences).toMatchObject([
      { difference: 'unrecorded' },
      { entity_id: gone, difference: 'unrecorded' },
    ])
  })
})

describe('A consistency check of many records', () => {
  it('compares twenty thousand rows in one request and continues with the cursor', async () => {
    const owner = await createUser(app, 'analyst')
    const insert = `
      insert into data.transactions
          (id, user_id, created_by, type, amount_minor, currency, category, date)
        select gen_random_uuid(), u.id, u.id, 'expense', 1, 'EUR', 'X', '2026-03-14'
          from generate_series(1, 20005), (select '${owner.id}'::uuid id) u`
    await withoutTriggers(app, ['transactions'], insert)
    const first = await check(`?user_id=${owner.id}`)
    expect(first).toMatchObject({ consistent: false, transactions: 20_005 })
    // A user and a session are compared before.
    expect(first.records).toMatchObject({ checked: 20_000, difference_count: 19_998 })
    expect(first.records.differences).toHaveLength(100)
    const second = await check(`?user_id=${owner.id}&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ consistent: false, transactions: 0, next_cursor: null })
    // Two-factor authentication and two entries are compared after.
    expect(second.records).toMatchObject({ checked: 10, difference_count: 7 })
    const elsewhere = await admin.get(`/v1/admin/consistency?scope=all&cursor=${first.next_cursor}`)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'invalid_cursor'])
  })

  it('finds in pieces of any size what it finds at once', async () => {
    const piece = async (limit: number, step: string | null, after: string | null) => {
      const [row] = await app.sql`
        select * from api.check_records(null, ${step}, ${after}, ${limit}::integer)`
      return row as Record<string, any>
    }
    const cleared = `delete from data.transactions where category = 'X'`
    await withoutTriggers(app, ['transactions'], cleared)
    const all = await piece(1_000_000, null, null)
    expect(all['next_step']).toBeNull()
    expect(all['differences'].length).toBeGreaterThan(3)
    for (const limit of [1, 7]) {
      const found = { checked: 0, differences: [] as unknown[] }
      let [step, after]: (string | null)[] = [null, null]
      do {
        const next: Record<string, any> = await piece(limit, step!, after!)
        expect(next['checked']).toBeLessThanOrEqual(limit)
        found.checked += next['checked']
        found.differences.push(...next['differences'])
        ;[step, after] = [next['next_step'], next['next_after']]
      } while (step !== null)
      expect(found).toEqual({ checked: all['checked'], differences: all['differences'] })
    }
  })
})
