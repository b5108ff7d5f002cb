import { describe, expect, it } from 'vitest'
import { withoutTriggers } from '../support/without-triggers.ts'
import { enter, someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin, analyst } = useApp()

interface Head {
  owner_id: string
  sequence: number
  hash: string
}

/** Every page of the export. */
async function exportHeads(limit = 1000): Promise<Head[]> {
  const heads: Head[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`
    const { status, body } = await admin.get(`/v1/audit/heads?limit=${limit}${query}`)
    expect(status).toBe(200)
    heads.push(...body.data)
    cursor = body.next_cursor
  } while (cursor !== null)
  return heads
}

const compare = async (heads: Head[]) => {
  const { status, body } = await admin.post('/v1/audit/heads/compare', { heads })
  expect(status).toBe(200)
  return body
}

/** Removes a user whole, with sessions, transactions, roll-ups, chain and head. */
async function removeWhole({ id }: User): Promise<void> {
  await withoutTriggers(
    app,
    ['audit_log', 'users', 'sessions', 'transactions'],
    `delete from data.transactions where user_id = '${id}'`,
    `delete from data.rollups where user_id = '${id}'`,
    `delete from data.users where id = '${id}'`,
    `delete from data.audit_log where owner_id = '${id}'`,
    `delete from data.audit_heads where owner_id = '${id}'`,
  )
}

/** Changes the last of three entries of a user: the chain is intact, but not as it was exported. */
async function expectOnlyHeadsShow(violation: string, statements: (id: string) => string[]) {
  const { id, post } = await createUser(app, 'analyst')
  await post('/v1/transactions', someTransaction)
  const heads = await exportHeads()
  await withoutTriggers(app, ['audit_log'], ...statements(id))
  expect((await admin.get(`/v1/audit/verify?owner_id=${id}`)).body.intact).toBe(true)
  expect((await compare(heads)).violations).toContainEqual({ owner_id: id, sequence: 3, violation })
}

describe('The heads of the audit log', () => {
  it('are exported page by page, one for each user, by owner', async () => {
    await enter(analyst)
    const heads = await exportHeads()
    const ids = heads.map(({ owner_id }) => owner_id)
    expect(ids).toEqual(ids.toSorted())
    expect(ids).toEqual(expect.arrayContaining([admin.id, analyst.id]))
    expect(await exportHeads(1)).toEqual(heads)
    const numbered = await admin.get('/v1/audit/heads?limit=1&page=2')
    expect(numbered.body).toMatchObject({ data: [heads[1]], page: 2, total: heads.length })
    const { heads: verified } = (await admin.get('/v1/audit/verify')).body
    expect(verified).toEqual(heads)
  })

  it('are found in the audit log again, also when chains have grown since', async () => {
    const heads = await exportHeads()
    for (let i = 0; i < 3; i++) await enter(analyst)
    await createUser(app, 'viewer')
    expect(await compare(heads)).toEqual({ intact: true, heads: heads.length, violations: [] })
  })

  it('show a user who was removed with chain and head, which verification cannot', async () => {
    const gone = await createUser(app, 'analyst')
    await enter(gone)
    const heads = await exportHeads()
    await removeWhole(gone)
    expect(await compare(heads)).toEqual({
      intact: false,
      heads: heads.length,
      violations: [{ owner_id: gone.id, sequence: 3, violation: 'removed' }],
    })
  })

  it('show a chain whose end was cut off together with its head', async () => {
    await expectOnlyHeadsShow('removed', (id) => [
      `delete from data.audit_log where owner_id = '${id}' and sequence = 3`,
      `update data.audit_heads h set sequence = 2, hash = l.hash from data.audit_log l
        where h.owner_id = '${id}' and l.owner_id = h.owner_id and l.sequence = 2`,
    ])
  })

  it('show a chain that was forged from one entry on, together with its head', async () => {
    await expectOnlyHeadsShow('altered', (id) => [
      `update data.audit_log set after = after || '{"amount_minor": 900}'
        where owner_id = '${id}' and sequence = 3`,
      `update data.audit_log l set hash = private.audit_hash(l)
        where owner_id = '${id}' and sequence = 3`,
      `update data.audit_heads h set hash = l.hash from data.audit_log l
        where h.owner_id = '${id}' and l.owner_id = h.owner_id and l.sequence = 3`,
    ])
  })

  it('are for admins only, and compared with a read-write API key or a session', async () => {
    const json = { heads: await exportHeads() }
    expect((await analyst.post('/v1/audit/heads/compare', json)).status).toBe(403)
    expect((await analyst.get('/v1/audit/heads')).status).toBe(403)
    const { body } = await admin.post('/v1/api-keys', { name: 'A', role: 'admin', access: 'read' })
    const readOnly = { token: body.key, json }
    expect((await app.call('GET', '/v1/audit/heads', { token: body.key })).status).toBe(200)
    expect((await app.call('POST', '/v1/audit/heads/compare', readOnly)).status).toBe(403)
  })
})

describe('The verification of the audit log', () => {
  it('detects an actor who was removed with the chain, if others have entries of theirs', async () => {
    const gone = await createUser(app, 'admin')
    await enter(gone, { user_id: analyst.id })
    await app.sql`update data.users set role = 'viewer' where id = ${gone.id}`
    await app.sql`update data.transactions set created_by = user_id where created_by = ${gone.id}`
    await removeWhole(gone)
    const found = (await admin.get('/v1/audit/verify')).body
    expect(found.violations).toContainEqual({
      owner_id: gone.id,
      sequence: 1,
      violation: 'removed',
    })
  })
})
