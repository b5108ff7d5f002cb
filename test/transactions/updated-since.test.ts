import { beforeAll, describe, expect, it } from 'vitest'
import { enter, insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app, admin } = useApp()

const START = '2026-03-01T00:00:00Z'

/** Rows that were all changed within one millisecond, as those of an import are. */
async function changedTogether(owner: User, count: number): Promise<string[]> {
  const ids = await Promise.all(
    Array.from({ length: count }, () => insertTransaction(app, owner.id)),
  )
  await app.sql`alter table data.transactions disable trigger before_transaction_update`
  await app.sql`update data.transactions t
                   set updated_at = '2026-03-02T10:00:00.123Z'::timestamptz
                                    + n * interval '1 microsecond'
                  from unnest(${ids}::uuid[]) with ordinality as u (id, n) where u.id = t.id`
  await app.sql`alter table data.transactions enable trigger before_transaction_update`
  return ids
}

async function pagesOf(user: User, query: string): Promise<string[]> {
  const ids: string[] = []
  let next = ''
  do {
    const { body } = await user.get(`/v1/transactions?limit=2&${query}${next}`)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    next = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`
  } while (next !== '' && ids.length < 100)
  return ids
}

const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)

describe('updated_since', () => {
  let owner: User
  let ids: string[]
  beforeAll(async () => {
    owner = await createUser(app, 'admin')
    ids = await changedTogether(owner, 5)
  })

  it('returns rows in the order of their changes, each once, whatever the size of a page', async () => {
    expect(await pagesOf(owner, `updated_since=${START}`)).toEqual(ids)
    expect(await pagesOf(owner, `updated_since=${START}&sort=-updated_at`)).toEqual(
      ids.toReversed(),
    )
  })

  it('is inclusive, to the microsecond', async () => {
    const from = (at: string) => owner.get(`/v1/transactions?updated_since=${at}`)
    expect(idsOf((await from('2026-03-02T10:00:00.123Z')).body)).toEqual(ids)
    expect(idsOf((await from('2026-03-02T10:00:00.123003Z')).body)).toEqual(ids.slice(2))
    expect(idsOf((await from('2026-03-02T12:00:00.123003%2B02:00')).body)).toEqual(ids.slice(2))
    expect(idsOf((await from('2026-03-02T10:00:00.124Z')).body)).toEqual([])
  })

  it('has the same rows in an export and in numbered pages', async () => {
    const query = `updated_since=${START}`
    const { text } = await owner.get(`/v1/transactions/export?format=ndjson&${query}`)
    const lines = text.trim().split('\n').slice(0, -1)
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids)
    const { body } = await owner.get(`/v1/transactions?page=2&limit=2&${query}`)
    expect([idsOf(body), body.total]).toEqual([ids.slice(2, 4), 5])
  })

  it('can be combined with filters, a search and another order', async () => {
    const { id } = await enter(owner, { category: 'Search', notes: 'Zanzibar', date: '2026-01-01' })
    const query = `updated_since=${START}&q=zanzibar`
    expect(idsOf((await owner.get(`/v1/transactions?${query}`)).body)).toEqual([id])
    const byDate = await owner.get(`/v1/transactions?updated_since=${START}&sort=date&limit=1`)
    expect(idsOf(byDate.body)).toEqual([id])
  })
})

describe('A synchronization', () => {
  it.each(['admin', 'analyst'] as const)('of %s finds what changed since', async (role) => {
    const owner = await createUser(app, role)
    const asAdmin = { ...owner, post: admin.post }
    const unchanged = await insertTransaction(app, owner.id)
    const changed = await insertTransaction(app, owner.id)
    const deleted = await insertTransaction(app, owner.id)
    await app.sql`update data.transactions set category = category where user_id = ${owner.id}`
    const before = await owner.get('/v1/transactions?sort=-updated_at&limit=1')
    const since = new Date(Date.parse(before.body.data[0].updated_at) + 1).toISOString()
    await admin.patch(`/v1/transactions/${changed}`, { category: 'Changed' })
    await admin.delete(`/v1/transactions/${deleted}`)
    const { body } = await asAdmin.get(`/v1/transactions?updated_since=${since}`)
    const found = body.data.map((row: { id: string; deleted_at: string | null }) => [
      row.id,
      row.deleted_at !== null,
    ])
    const tombstones = role === 'admin' ? [[deleted, true]] : []
    expect(found).toEqual([[changed, false], ...tombstones])
    expect(idsOf(body)).not.toContain(unchanged)
  })

  it('has no deleted rows if it asks for none, and is refused them without the right', async () => {
    const owner = await createUser(app, 'admin')
    await insertTransaction(app, owner.id, { deleted: true })
    const path = `/v1/transactions?updated_since=${START}`
    expect((await owner.get(path)).body.data).toHaveLength(1)
    expect((await owner.get(`${path}&deleted=exclude`)).body.data).toEqual([])
    expect((await owner.get(`${path}&deleted=only`)).body.data).toHaveLength(1)
    const analyst = await createUser(app, 'analyst')
    expect((await analyst.get(`${path}&deleted=include`)).status).toBe(403)
  })
})
