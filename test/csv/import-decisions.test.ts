import { beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, importsOf, statement, type Imports } from './statements.ts'

const { app, admin } = useApp()
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

const DAY = '2026-03-14'
const byHand = (more: object = {}) =>
  enter(analyst, { amount: '3.50', category: 'Coffee', notes: 'espresso', date: DAY, ...more })
const card = '2026-03-14,-3.50,CARD COFFEE SHOP'
const rent = '2026-03-01,-900.00,Rent'
const countOf = async () => (await imports.transactions()).length
const likelyOf = async (file: string, query = bank) =>
  (await imports.report(file, query)).likely_duplicates

describe('A likely duplicate', () => {
  it('is listed by a dry run with the record that it resembles, and a sentence', async () => {
    const { id } = await byHand()
    const report = await imports.report(statement(rent, card))
    expect(report).toMatchObject({ rows: 2, to_create: 1, duplicates: { count: 0, rows: [] } })
    expect(report.likely_duplicates).toMatchObject({
      count: 1,
      rows: [{ line: 3, reason: 'same_date', transaction_id: id, date: DAY }],
    })
    expect(report.likely_duplicates.rows[0].message).toMatch(/^[A-Z].*\.$/)
    expect(report.preview.map(({ line }: { line: number }) => line)).toEqual([2])
  })

  it.each(['', '&likely_duplicates=ask', '&skip_invalid=true'])(
    'refuses the whole file until somebody decides%s',
    async (more) => {
      await byHand()
      const query = `${bank}&dry_run=false${more}`
      const { errors } = await imports.refused(
        422,
        'likely_duplicates',
        statement(rent, card),
        query,
      )
      expect(errors).toHaveLength(1)
      expect(errors[0].location).toMatch(/(^|\.)lines\.3$/)
      expect(await countOf()).toBe(1)
      expect((await analyst.get('/v1/imports')).body.data).toEqual([])
    },
  )

  it('is left out by skip, and does not ask again', async () => {
    const { id } = await byHand()
    const file = statement(rent, card)
    const skip = `${bank}&likely_duplicates=skip`
    expect(await imports.report(file, skip)).toMatchObject({ to_create: 1 })
    const taken = await imports.take(file, skip)
    expect(taken).toMatchObject({ row_count: 2, created_count: 1, duplicate_count: 1 })
    expect(await countOf()).toBe(2)
    const again = await imports.report(statement(card))
    expect(again.likely_duplicates).toEqual({ count: 0, rows: [] })
    expect(again.duplicates.rows).toMatchObject([
      { line: 2, matched_by: 'fingerprint', transaction_id: id, deleted: false },
    ])
    expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: 2 })
  })

  it('stays known after it was left out, even when its record is edited or deleted', async () => {
    const { id } = await byHand()
    await imports.take(statement(card), `${bank}&likely_duplicates=skip`)
    await admin.patch(`/v1/transactions/${id}`, { amount: '4.00', date: '2026-05-05' })
    expect(await imports.take(statement(card))).toMatchObject({ created_count: 0 })
    await admin.delete(`/v1/transactions/${id}`)
    expect((await imports.report(statement(card))).duplicates.rows).toMatchObject([
      { line: 2, deleted: true },
    ])
    expect(await imports.take(statement(card))).toMatchObject({ created_count: 0 })
  })

  it('is created by create, and is known from then on', async () => {
    await byHand()
    const create = `${bank}&likely_duplicates=create`
    expect(await imports.report(statement(rent, card), create)).toMatchObject({ to_create: 2 })
    expect(await imports.take(statement(rent, card), create)).toMatchObject({ created_count: 2 })
    for (const query of [bank, create]) {
      expect(await imports.take(statement(rent, card), query)).toMatchObject({ created_count: 0 })
    }
    expect(await countOf()).toBe(3)
  })

  it.each([-4, -3, -1, 0, 1, 3, 4])(
    'of a record that was entered by hand may be three days away: %i days',
    async (days) => {
      await byHand()
      const likely = await likelyOf(statement(`${addDays(DAY, days)},-3.50,CARD COFFEE SHOP`))
      if (Math.abs(days) === 4) expect(likely).toEqual({ count: 0, rows: [] })
      else {
        const reason = days === 0 ? 'same_date' : 'near_date'
        expect(likely.rows).toMatchObject([{ line: 2, reason, date: DAY }])
      }
    },
  )

  it('of a record that came with a statement has the same date', async () => {
    await imports.take(statement(card))
    expect(await likelyOf(statement('2026-03-15,-3.50,Bakery B'))).toMatchObject({ count: 0 })
    expect(await likelyOf(statement('2026-03-14,-3.50,Bakery B'))).toMatchObject({ count: 1 })
  })

  it.each([
    ['amount', bank, '2026-03-14,-3.51,CARD'],
    ['sign', bank, '2026-03-14,3.50,CARD'],
    ['currency', 'currency=USD&category=Bank', '2026-03-14,-3.50,CARD'],
  ])('is not one with another %s', async (_, query, row) => {
    await byHand()
    const report = await imports.report(statement(row), `${query}&positive=income`)
    expect(report).toMatchObject({ to_create: 1, likely_duplicates: { count: 0 } })
  })

  it('is not looked for among the transactions of other users, nor among deleted ones', async () => {
    const other = await createUser(app, 'analyst')
    await enter(other, { amount: '3.50', date: DAY })
    const { id } = await byHand()
    await admin.delete(`/v1/transactions/${id}`)
    expect(await likelyOf(statement(card))).toMatchObject({ count: 0 })
  })
})

describe('Likely duplicates pair one to one', () => {
  it('where two were entered by hand and one row comes', async () => {
    const records = [await byHand(), await byHand({ notes: 'second', date: '2026-03-15' })]
    const { count, rows } = await likelyOf(statement(card))
    expect(count).toBe(1)
    expect(records.map(({ id }) => id)).toContain(rows[0].transaction_id)
    await imports.take(statement(card), `${bank}&likely_duplicates=skip`)
    const next = await likelyOf(statement(card, '2026-03-15,-3.50,Bakery B'))
    expect(next).toMatchObject({ count: 1, rows: [{ line: 3 }] })
    expect(next.rows[0].transaction_id).not.toBe(rows[0].transaction_id)
  })

  it('where one was entered by hand and two rows come', async () => {
    await byHand()
    const report = await imports.report(statement(card, '2026-03-14,-3.50,Bakery B'))
    expect(report).toMatchObject({ to_create: 1, likely_duplicates: { count: 1 } })
  })

  it('where two equal records and two equal rows meet', async () => {
    const ids = [(await byHand()).id, (await byHand()).id]
    const { count, rows } = await likelyOf(statement(card, card))
    expect(count).toBe(2)
    const paired = rows.map((row: { transaction_id: string }) => row.transaction_id)
    expect(paired.toSorted()).toEqual(ids.toSorted())
  })

  it('and not with a record that another row matched exactly', async () => {
    await imports.take(statement(card))
    const report = await imports.report(statement('2026-03-14,-3.50,Bakery B', card))
    expect(report).toMatchObject({
      to_create: 1,
      duplicates: { count: 1 },
      likely_duplicates: { count: 0 },
    })
  })
})

describe('An external id that is used again', () => {
  const withId = (row: string) => `Date,Amount,Description,Transaction ID\n${row}\n`
  const first = withId('2026-03-14,-3.50,Coffee,T1')

  it.each(['2026-03-14,-4.50,Coffee,T1', '2026-04-14,-3.50,Coffee,T1'])(
    'with another amount or date is a likely duplicate: %s',
    async (row) => {
      await imports.take(first)
      const { id } = (await imports.transactions())[0]
      const file = withId(row)
      expect(await likelyOf(file)).toMatchObject({
        count: 1,
        rows: [{ line: 2, reason: 'external_id_reused', transaction_id: id }],
      })
      await imports.refused(422, 'likely_duplicates', file, `${bank}&dry_run=false`)
      await imports.take(file, `${bank}&likely_duplicates=skip`)
      expect(await countOf()).toBe(1)
      expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: 1 })
    },
  )

  it('is created or refused with its reason by create, and nothing breaks', async () => {
    await imports.take(first)
    const query = `${bank}&likely_duplicates=create&dry_run=false`
    const { status, body } = await imports.send(withId('2026-04-14,-4.50,Tea,T1'), query)
    expect([201, 409, 422]).toContain(status)
    if (status === 201) expect(body.created_count).toBe(1)
    else expect(JSON.stringify(body)).toMatch(/external/)
  })
})
