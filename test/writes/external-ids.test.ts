import { describe, expect, it } from 'vitest'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import type { User } from '../support/users.ts'

const { admin, analyst } = useApp()

const post = (who: User, more: object) =>
  who.post('/v1/transactions', { ...someTransaction, ...more })

const ids = async (who: User, query: string): Promise<string[]> =>
  (await who.get(`/v1/transactions?${query}`)).body.data.map(({ id }: { id: string }) => id)

describe('an external id', () => {
  it('is taken once for a user and a source, and no source is one too', async () => {
    const bank = { external_id: 'a-1', source: 'bank' }
    expect((await post(analyst, bank)).body).toMatchObject(bank)
    const again = await post(analyst, { ...bank, amount: '1' })
    expect([again.status, again.body.code]).toEqual([409, 'duplicate_external_id'])
    expect((await post(analyst, { ...bank, source: 'shop' })).status).toBe(201)
    expect((await post(analyst, { external_id: 'a-1' })).status).toBe(201)
    expect((await post(analyst, { external_id: 'a-1', source: null })).status).toBe(409)
    expect((await post(admin, bank)).status).toBe(201)
    expect((await post(analyst, { source: 'bank' })).status).toBe(201)
    expect((await post(analyst, { source: 'bank' })).status).toBe(201)
  })

  it('stays taken by a deleted row', async () => {
    const named = { external_id: 'gone' }
    const { id } = (await post(admin, named)).body
    await admin.delete(`/v1/transactions/${id}`)
    expect((await post(admin, named)).body.code).toBe('duplicate_external_id')
    expect((await admin.post(`/v1/transactions/${id}/restore`)).status).toBe(200)
  })

  it('may be given, changed and taken away later', async () => {
    const { id } = (await post(admin, {})).body
    const path = `/v1/transactions/${id}`
    const given = await admin.patch(path, { external_id: 'later', source: 'bank' })
    expect(given.body).toMatchObject({ external_id: 'later', source: 'bank', version: 2 })
    const other = (await post(admin, {})).body.id
    const clash = await admin.patch(`/v1/transactions/${other}`, {
      external_id: 'later',
      source: 'bank',
    })
    expect([clash.status, clash.body.code]).toEqual([409, 'duplicate_external_id'])
    expect((await admin.patch(path, { external_id: null })).body.external_id).toBeNull()
  })

  it('that ten send at once makes one row, ten times over', async () => {
    for (let round = 0; round < 10; round++) {
      const named = { external_id: `race-${round}`, source: 'bank' }
      const responses = await Promise.all(Array.from({ length: 10 }, () => post(analyst, named)))
      const statuses = responses.map(({ status }) => status).toSorted()
      expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
      expect(await ids(analyst, `external_id=race-${round}`)).toHaveLength(1)
    }
  })

  it('finds its transaction for users who may see it', async () => {
    const named = { external_id: 'find me: 100%', source: 'till' }
    const { id } = (await post(analyst, named)).body
    const query = `external_id=${encodeURIComponent(named.external_id)}`
    expect(await ids(analyst, query)).toEqual([id])
    expect(await ids(analyst, `${query}&source=till`)).toEqual([id])
    expect(await ids(analyst, 'source=till')).toEqual([id])
    expect(await ids(analyst, `${query}&source=bank`)).toEqual([])
    expect(await ids(analyst, 'external_id=find%20me')).toEqual([])
    expect(await ids(admin, query)).toEqual([])
    expect(await ids(admin, `${query}&scope=all`)).toEqual([id])
    const totals = await analyst.get(`/v1/transactions?${query}&include=totals`)
    expect(totals.body.totals).toMatchObject([{ expenses: '84.30', count: 1 }])
  })

  it.each([
    ['external_id', ''],
    ['external_id', 'x'.repeat(256)],
    ['source', ''],
    ['source', 'x'.repeat(65)],
    ['source', 'a\nb'],
  ])('is refused as %s %j', async (field, value) => {
    const { status, body } = await post(analyst, { [field]: value })
    expect([status, body.errors[0].location]).toEqual([422, `body.${field}`])
  })
})
