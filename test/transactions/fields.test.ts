import { describe, expect, it } from 'vitest'
import { filterNames, writeNames, type Patch } from '../../src/db/record.ts'
import { transactionFields } from '../../src/transactions/transaction.fields.ts'
import { exported, sendFile } from '../csv/support.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

type Field = keyof Patch<typeof transactionFields>

/** Two values of each field that clients may set. */
const values: Record<Field, readonly [string, string]> = {
  date: ['2026-03-14', '2025-12-31'],
  type: ['expense', 'income'],
  amount: ['84.30', '0.05'],
  currency: ['EUR', 'USD'],
  category: ['Groceries', 'Salary'],
  payee: ['Corner Market', 'ACME GmbH & Co. KG'],
  notes: ['Weekly shopping', 'Bonus'],
  external_id: ['bank-1', 'bank-2'],
  source: ['bank', 'payroll'],
}
const all = (which: 0 | 1) =>
  Object.fromEntries(Object.entries(values).map(([name, pair]) => [name, pair[which]]))
const fields = Object.keys(values) as Field[]

const { app, admin } = useApp()

const read = async (id: string) => (await admin.get(`/v1/transactions/${id}`)).body
const change = (field: Field) => ({ [field]: values[field][1] })

describe('A field of a transaction', () => {
  it('has a value in the table of this file if clients may change it', () => {
    expect(fields.toSorted()).toEqual(writeNames(transactionFields).toSorted())
  })

  it.each(fields)('can be set in a new transaction: %s', async (field) => {
    const owner = await createUser(app, 'analyst')
    const { id } = await enter(owner, all(0))
    expect((await read(id))[field]).toBe(values[field][0])
  })

  it.each(fields)('can be changed by itself: %s', async (field) => {
    const owner = await createUser(app, 'analyst')
    const { id, version } = await enter(owner, all(0))
    const response = await admin.patch(`/v1/transactions/${id}`, change(field), {
      headers: { 'If-Match': `"${version}"` },
    })
    expect(response.status).toBe(200)
    expect(await read(id)).toMatchObject({ ...all(0), ...change(field), version: version + 1 })
  })

  it.each(fields)('can be set and changed in a bulk write: %s', async (field) => {
    const operations = [{ op: 'create', data: { ...all(0), external_id: `bulk ${field}` } }]
    const created = await admin.post('/v1/transactions/bulk', { operations })
    const { id, version } = created.body.results[0].data
    const changes = [{ op: 'update', id, version, data: change(field) }]
    expect((await admin.post('/v1/transactions/bulk', { operations: changes })).status).toBe(200)
    expect(await read(id)).toMatchObject({
      ...all(0),
      external_id: `bulk ${field}`,
      ...change(field),
    })
  })

  it.each(fields)('is in the audit log before and after its change: %s', async (field) => {
    const owner = await createUser(app, 'analyst')
    const { id, version } = await enter(owner, all(0))
    await admin.patch(`/v1/transactions/${id}`, change(field), {
      headers: { 'If-Match': `"${version}"` },
    })
    const { body } = await admin.get(`/v1/audit?entity=transaction&entity_id=${id}`)
    const [entry] = body.data
    expect([entry.before[field], entry.after[field]]).toEqual(values[field])
  })

  it('comes back from a CSV file as it was exported', async () => {
    const owner = await createUser(app, 'analyst')
    const other = await createUser(app, 'analyst')
    await enter(owner, all(0))
    const file = await exported(app, owner)
    expect((await sendFile(app, other, file, 'dry_run=false')).status).toBe(201)
    const { data } = (await other.get('/v1/transactions')).body
    expect(data).toMatchObject([all(0)])
  })

  const filters = filterNames(transactionFields).filter((name) => name in values) as Field[]

  it.each(filters)('finds exactly the transactions that have its value: %s', async (field) => {
    const owner = await createUser(app, 'analyst')
    const ids = [await enter(owner, all(0)), await enter(owner, all(1))].map(({ id }) => id)
    for (const which of [0, 1] as const) {
      const query = `${field}=${encodeURIComponent(values[field][which])}`
      const { body } = await owner.get(`/v1/transactions?${query}&page=1&include=totals`)
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual([ids[which]])
      expect([body.total, body.totals.length]).toEqual([1, 1])
    }
  })
})
