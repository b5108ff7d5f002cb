import { beforeEach, describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, importsOf, purge, statement, type Imports } from './statements.ts'

const { app, admin } = useApp()
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

const coffee = '2026-03-14,-3.50,Coffee at A'
const shop = '2026-03-15,-20.00,Shop'
const wages = '2026-03-16,1800.00,Wages'
const march = statement(coffee, coffee, shop, wages)

const countOf = async () => (await imports.transactions()).length
const idsOf = async () => (await imports.transactions()).map(({ id }: { id: string }) => id)
const duplicatesOf = async (file: string, query = bank) =>
  (await imports.report(file, query)).duplicates

describe('A row that is known', () => {
  it('is one with its equal in another file, where no file had both, and the report names it', async () => {
    await imports.take(statement(coffee, shop))
    const [id] = await idsOf()
    const second = statement(wages, coffee)
    expect(await duplicatesOf(second)).toEqual({
      count: 1,
      rows: [
        { line: 3, matched_by: 'fingerprint', transaction_id: id, deleted: false, differs: [] },
      ],
    })
    expect(await imports.take(second)).toMatchObject({ created_count: 1, duplicate_count: 1 })
    expect(await imports.take(march)).toMatchObject({ created_count: 1, duplicate_count: 3 })
    expect(await countOf()).toBe(4)
  })

  it('is created once more by duplicates=create, and the same file changes nothing after it', async () => {
    await imports.take(march)
    const forced = await imports.take(march, `${bank}&duplicates=create`)
    expect(forced).toMatchObject({ created_count: 4, duplicate_count: 0 })
    for (const file of [march, statement(wages, shop, coffee), march]) {
      expect(await imports.take(file)).toMatchObject({ created_count: 0 })
    }
    const four = statement(coffee, coffee, coffee, coffee)
    expect(await imports.take(four)).toMatchObject({ created_count: 0, duplicate_count: 4 })
    expect(await countOf()).toBe(8)
  })

  it.each(['', '&source=giro'])('is new again after its import was reverted%s', async (more) => {
    const { id } = await imports.take(march, `${bank}${more}`)
    expect((await analyst.post(`/v1/imports/${id}/revert`)).status).toBe(200)
    expect(await countOf()).toBe(0)
    const report = await imports.report(march, `${bank}${more}`)
    expect(report).toMatchObject({ to_create: 4, duplicates: { count: 0 } })
    expect(await imports.take(march, `${bank}${more}`)).toMatchObject({
      created_count: 4,
      duplicate_count: 0,
    })
    expect(await countOf()).toBe(4)
  })

  it('is new again after the revert of an import with external ids', async () => {
    const file = 'Date,Amount,Transaction ID\n2026-03-14,-3.50,T1\n2026-03-15,-3.50,T2\n'
    const { id } = await imports.take(file)
    await analyst.post(`/v1/imports/${id}/revert`)
    expect(await imports.take(file)).toMatchObject({ created_count: 2, duplicate_count: 0 })
  })

  it.each([
    ['without an external id', march],
    ['with one', 'Date,Amount,Transaction ID\n2026-03-14,-3.50,T1\n2026-03-15,-3.50,T2\n'],
  ])('stays deleted when a person deleted it, %s, also after a purge', async (_, file) => {
    const { row_count: rows } = await imports.take(file)
    const [id, ...others] = await idsOf()
    expect((await admin.delete(`/v1/transactions/${id}`)).status).toBe(204)
    for (const purged of [false, true]) {
      if (purged) await purge(app, analyst)
      const { count, rows: named } = await duplicatesOf(file)
      expect(count).toBe(rows)
      const deleted = named.filter((row: { deleted: boolean }) => row.deleted)
      expect(deleted).toHaveLength(1)
      expect([id, null]).toContain(deleted[0].transaction_id)
      expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: rows })
      expect(await idsOf()).toEqual(others)
    }
  })

  it('is created again by duplicates=create when a person deleted it', async () => {
    await imports.take(statement(shop))
    await admin.delete(`/v1/transactions/${(await idsOf())[0]}`)
    const forced = await imports.take(statement(shop), `${bank}&duplicates=create`)
    expect(forced).toMatchObject({ created_count: 1 })
    expect(await countOf()).toBe(1)
    expect(await imports.take(statement(shop))).toMatchObject({ created_count: 0 })
  })

  it('is created once by imports of one file at the same time', async () => {
    const responses = await Promise.all(
      [1, 2, 3].map(() => imports.send(march, `${bank}&dry_run=false`)),
    )
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201])
    const created = responses.map(({ body }) => body.created_count).toSorted()
    expect(created).toEqual([0, 0, 4])
    expect(await countOf()).toBe(4)
  })

  it('is known by its fingerprint after its amount and date were edited, with an external id too', async () => {
    const file = 'Date,Amount,Description,Transaction ID\n2026-03-14,-3.50,Coffee,T1\n'
    await imports.take(file)
    const path = `/v1/transactions/${(await idsOf())[0]}`
    await admin.patch(path, { amount: '9.00', date: '2026-05-01', external_id: null })
    const report = await imports.report(file)
    expect(report).toMatchObject({
      to_create: 0,
      duplicates: { count: 1 },
      likely_duplicates: { count: 0 },
    })
    expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: 1 })
  })

  it('belongs to the user: another one imports the same file as new', async () => {
    await imports.take(march)
    const other = importsOf(app, await createUser(app, 'analyst'))
    expect(await other.take(march)).toMatchObject({ created_count: 4, duplicate_count: 0 })
  })
})

describe('Rows of two accounts', () => {
  const from = (source: string) => `${bank}&source=${source}`

  it('never match, and neither is a likely duplicate of the other', async () => {
    await imports.take(march, from('a'))
    const report = await imports.report(march, from('b'))
    expect(report).toMatchObject({
      to_create: 4,
      duplicates: { count: 0 },
      likely_duplicates: { count: 0 },
    })
    expect(await imports.take(march, from('b'))).toMatchObject({ created_count: 4 })
    for (const query of [from('a'), from('b')]) {
      expect(await imports.take(march, query)).toMatchObject({ created_count: 0 })
    }
    expect(await countOf()).toBe(8)
  })

  it('match where one of the two is unknown', async () => {
    await imports.take(march, from('a'))
    expect(await imports.take(march)).toMatchObject({ created_count: 0, duplicate_count: 4 })
    const other = importsOf(app, await createUser(app, 'analyst'))
    await other.take(march)
    expect(await other.take(march, from('a'))).toMatchObject({
      created_count: 0,
      duplicate_count: 4,
    })
  })

  it('are told apart by the source of the call, not by what somebody edits later', async () => {
    await imports.take(march, from('a'))
    for (const id of await idsOf()) await admin.patch(`/v1/transactions/${id}`, { source: 'b' })
    expect(await imports.take(march, from('a'))).toMatchObject({ created_count: 0 })
    expect(await imports.take(march, from('b'))).toMatchObject({ created_count: 4 })
  })

  it('may have the same external id', async () => {
    const file = 'Date,Amount,Transaction ID\n2026-03-14,-3.50,T1\n'
    await imports.take(file, from('a'))
    expect(await imports.take(file, from('b'))).toMatchObject({ created_count: 1 })
    expect(await imports.take(file, from('a'))).toMatchObject({ created_count: 0 })
  })
})

describe('The same statement in another layout', () => {
  it.each([
    ['with its columns in another order', 'Description,Amount,Date\nShop,-20.00,2026-03-15\n'],
    ['with other headers', 'Booking Date,Amount,Text\n2026-03-15,-20.00,Shop\n'],
    ['with decimal commas and German dates', 'Datum;Betrag;Text\n15.03.2026;-20,00;Shop\n'],
    ['in capital letters', 'Date,Amount,Description\n2026-03-15,-20.00,SHOP\n'],
    ['with a balance', 'Date,Amount,Description,Balance\n2026-03-15,-20.00,Shop,80.00\n'],
    ['with a status', 'Date,Amount,Description,Status\n2026-03-15,-20.00,Shop,Completed\n'],
    ['with two columns for the amount', 'Date,Debit,Credit,Description\n2026-03-15,20.00,,Shop\n'],
  ])('is known: %s', async (_, file) => {
    await imports.take(statement(shop))
    const query = `${bank}&mapping=notes:${/Text|Description/.exec(file)![0]}`
    expect(await imports.take(file, query)).toMatchObject({ created_count: 0, duplicate_count: 1 })
  })

  it('is known whatever the mapping is', async () => {
    await imports.take(statement(shop), `${bank}&mapping=notes:Description`)
    for (const mapping of ['payee:Description', 'notes:-', 'category:Description']) {
      const taken = await imports.take(statement(shop), `${bank}&mapping=${mapping}`)
      expect(taken).toMatchObject({ created_count: 0, duplicate_count: 1 })
    }
  })
})
