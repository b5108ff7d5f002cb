import { beforeEach, describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { debitAndCredit, readable, savedAgain } from './field-files.ts'
import {
  bank,
  expectQuestion,
  expectRows,
  importsOf,
  statement,
  type Imports,
} from './statements.ts'

const { app, admin } = useApp()
/** A format of dates in a message. */
const FORMAT = /(?:YYYY|YY|MM|DD)(?:[-./ ]?(?:YYYY|YY|MM|DD)){2}/g
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

describe('A file of a bank is read right', () => {
  it.each(readable)('$name', async ({ file, query, type = 'text/csv', rows }) => {
    const headers = { 'Content-Type': type }
    const report = await imports.report(file, query, headers)
    expect(report.problems).toEqual({ count: 0, rows: [] })
    expect(report).toMatchObject({ to_create: rows.length, likely_duplicates: { count: 0 } })
    expectRows(report.preview, rows)
    const taken = await imports.take(file, query, headers)
    expect(taken).toMatchObject({ created_count: rows.length, skipped_count: 0 })
    await imports.expectStored(...rows)
    const again = await imports.take(file, query, headers)
    expect(again).toMatchObject({ created_count: 0, duplicate_count: rows.length })
  })

  it('15: the report says how many lines come before the header, and the option says the same', async () => {
    const { file, query, rows } = readable.find(({ name }) => name.startsWith('15'))!
    const { format } = await imports.report(file, query)
    expect(format).toMatchObject({ skip_lines: 3, header: 'first', decimal: ',' })
    expectRows((await imports.report(file, `${query}&skip_lines=3`)).preview, rows)
  })

  it.each([
    ['14-03-26', '2026-03-14'],
    ['2019 10 11', '2019-10-11'],
  ])('19: a date such as %s is read, or a question that works', async (text, date) => {
    const file = `Date,Description,Amount\n${text},Shop,-4.20\n`
    const unasked = await imports.send(file)
    if (unasked.status === 200) {
      expectRows(unasked.body.preview, [[`${date} expense 4.20 EUR [Bank]`, 'Shop']])
      return
    }
    expectQuestion(unasked.body, 'date_format', [/YY/])
    const dates: string[] = []
    for (const [format] of unasked.body.errors[0].message.matchAll(FORMAT)) {
      const query = `${bank}&date_format=${encodeURIComponent(format)}`
      dates.push((await imports.report(file, query)).preview[0]?.date)
    }
    expect(dates).toContain(date)
  })
})

describe('A file of a bank that is not clear', () => {
  it('11: purchases of a card are positive where the call says so', async () => {
    const file = 'Date,Description,Amount\n03/14/2026,SHOP,23.40\n03/20/2026,PAYMENT,-23.40\n'
    const query = 'currency=USD&category=Card'
    const unasked = await imports.send(file, query)
    if (unasked.status === 200) {
      expect(unasked.body.format).toMatchObject({ positive: 'income' })
      expect(unasked.body.format.reasons.positive).toEqual(expect.any(String))
    } else expectQuestion(unasked.body, 'positive', [/income/, /expense/])
    expectRows((await imports.report(file, `${query}&positive=income`)).preview, [
      ['2026-03-14 income 23.40 USD [Card]', 'SHOP'],
      ['2026-03-20 expense 23.40 USD [Card]', 'PAYMENT'],
    ])
    await imports.take(file, `${query}&positive=expense`)
    await imports.expectStored(
      ['2026-03-14 expense 23.40 USD [Card]', 'SHOP'],
      ['2026-03-20 income 23.40 USD [Card]', 'PAYMENT'],
    )
  })

  it('11: purchases that are all positive are a question, and the option decides', async () => {
    const rows = Array.from({ length: 12 }, (_, n) => `03/${10 + n}/2026,SHOP ${n},${n + 2}.40`)
    const file = `Date,Description,Amount\n${rows.join('\n')}\n`
    expectQuestion((await imports.send(file)).body, 'positive', [/income/, /expense/])
    expectQuestion((await imports.send(file, `${bank}&dry_run=false`)).body, 'positive', [])
    for (const positive of ['income', 'expense']) {
      const { preview } = await imports.report(file, `${bank}&positive=${positive}`)
      expect(preview[0]).toMatchObject({ type: positive, amount: '2.40', date: '2026-03-10' })
    }
  })

  it('12: a debit is never an income because the mapping calls it the amount', async () => {
    const query = `${bank}&skip_invalid=true&mapping=amount:Debit`
    const { status, body } = await imports.send(debitAndCredit, query)
    if (status === 200) expect(body.preview[0]).toMatchObject({ type: 'expense', amount: '4.75' })
    else expect(body.errors[0].location).toMatch(/^query\.(mapping|positive)$/)
  })

  it('23: a name in quotes at the beginning of a text is read as it is written', async () => {
    const file = 'date,amount,notes\n2026-03-14,-1.25,"Zum Hirsch" GmbH\n2026-03-15,-2.25,fine\n'
    const taken = await imports.take(file, bank)
    expect(taken).toMatchObject({ created_count: 2, skipped_count: 0 })
    await imports.expectStored(
      ['2026-03-14 expense 1.25 EUR [Bank]', '"Zum Hirsch" GmbH'],
      ['2026-03-15 expense 2.25 EUR [Bank]', 'fine'],
    )
  })

  it('26: 1,234 in an own export that was saved again is a question, and the option decides', async () => {
    const file = savedAgain('2026-03-14', '1,234', 'KWD')
    expectQuestion((await imports.send(file, '')).body, 'decimal', [/1,234/])
    expectQuestion((await imports.send(file, 'dry_run=false')).body, 'decimal', [])
    const amountWith = async (decimal: string) =>
      (await imports.report(file, `decimal=${decimal}`)).preview[0].amount
    expect(await amountWith('.')).toBe('1234.000')
    expect(await amountWith('%2C')).toBe('1.234')
  })

  it('28: a character set that does not exist is named, and the bytes are not blamed', async () => {
    const headers = { 'Content-Type': 'text/csv; charset=iso-8859-12' }
    const { errors } = await imports.refused(
      422,
      'validation_failed',
      'date;amount\n',
      bank,
      headers,
    )
    expect(errors[0].message).toMatch(/character set|charset/i)
    expect(errors[0].message).not.toMatch(/is not UTF-8/)
  })
})

const coffee = '2026-03-14,-3.50,Coffee at A'
const bakery = '2026-03-14,-3.50,Bakery B'
const coffeeRow = ['2026-03-14 expense 3.50 EUR [Bank]', 'Coffee at A'] as [string, string]
const bakeryRow = ['2026-03-14 expense 3.50 EUR [Bank]', 'Bakery B'] as [string, string]

describe('A later statement', () => {
  it('01: brings the rent of the next month, although its reference is the same', async () => {
    const month = (row: string) => `Date,Amount,Description,Reference\n${row},Landlord,RENT\n`
    await imports.take(month('2026-03-01,-750.00'))
    const april = await imports.take(month('2026-04-01,-780.00'))
    expect(april).toMatchObject({ created_count: 1, duplicate_count: 0 })
    await imports.expectStored(
      ['2026-03-01 expense 750.00 EUR [Bank]', 'Landlord'],
      ['2026-04-01 expense 780.00 EUR [Bank]', 'Landlord'],
    )
  })

  it('02: brings another shop of the same day and amount beside the one that is known', async () => {
    await imports.take(statement(coffee))
    const overlap = await imports.take(statement(bakery, coffee))
    expect(overlap).toMatchObject({ created_count: 1, duplicate_count: 1 })
    await imports.expectStored(bakeryRow, coffeeRow)
  })

  it('03: asks where another shop could be the same purchase, and takes or leaves it', async () => {
    await imports.take(statement(coffee))
    const { id } = (await imports.transactions())[0]
    const file = statement(bakery)
    const { likely_duplicates: likely, duplicates } = await imports.report(file)
    expect(duplicates.count).toBe(0)
    expect(likely).toMatchObject({
      count: 1,
      rows: [{ line: 2, reason: 'same_date', transaction_id: id, date: '2026-03-14' }],
    })
    await imports.refused(422, 'likely_duplicates', file, `${bank}&dry_run=false`)
    await imports.expectStored(coffeeRow)
    const left = await imports.take(file, `${bank}&likely_duplicates=skip`)
    expect(left).toMatchObject({ created_count: 0, duplicate_count: 1 })
    await imports.expectStored(coffeeRow)
  })

  it('03: brings another shop where the call says so', async () => {
    await imports.take(statement(coffee))
    const taken = await imports.take(statement(bakery), `${bank}&likely_duplicates=create`)
    expect(taken).toMatchObject({ created_count: 1, duplicate_count: 0 })
    await imports.expectStored(bakeryRow, coffeeRow)
  })

  it('04: of another account brings its own row', async () => {
    const cash = statement('2026-03-14,-50.00,Cash')
    await imports.take(cash, `${bank}&source=giro`)
    const card = await imports.take(cash, `${bank}&source=card`)
    expect(card).toMatchObject({ created_count: 1, duplicate_count: 0 })
    const cashRow = ['2026-03-14 expense 50.00 EUR [Bank]', 'Cash'] as [string, string]
    await imports.expectStored(cashRow, cashRow)
  })

  it('05: brings only its new row after somebody put the others into their categories', async () => {
    const first = [coffee, '2026-03-15,-20.00,Shop']
    await imports.take(statement(...first))
    for (const { id } of await imports.transactions()) {
      expect((await admin.patch(`/v1/transactions/${id}`, { category: 'Food' })).status).toBe(200)
    }
    const overlap = await imports.take(statement(...first, '2026-03-16,-9.00,Kiosk'))
    expect(overlap).toMatchObject({ created_count: 1, duplicate_count: 2 })
    const { body } = await analyst.get('/v1/transactions?include=totals')
    expect(body.totals).toMatchObject([{ expenses: '32.50', count: 3 }])
  })

  it('06: asks about a purchase that was entered by hand', async () => {
    const byHand = { amount: '3.50', category: 'Coffee', notes: 'espresso', date: '2026-03-14' }
    const { id } = await enter(analyst, byHand)
    const file = statement('2026-03-14,-3.50,CARD COFFEE SHOP')
    expect((await imports.report(file)).likely_duplicates).toMatchObject({
      count: 1,
      rows: [{ line: 2, reason: 'same_date', transaction_id: id }],
    })
    await imports.refused(422, 'likely_duplicates', file, `${bank}&dry_run=false`)
    await imports.take(file, `${bank}&likely_duplicates=skip`)
    await imports.expectStored(['2026-03-14 expense 3.50 EUR [Coffee]', 'espresso'])
    expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: 1 })
  })

  it('07: with the same transaction id changes nothing when it names its source later', async () => {
    const file = 'Date,Amount,Transaction ID\n2026-03-14,-3.50,T1\n'
    await imports.take(file)
    const { duplicates } = await imports.report(file, `${bank}&source=bank`)
    expect(duplicates.rows).toMatchObject([{ line: 2, matched_by: 'external_id' }])
    const again = await imports.take(file, `${bank}&source=bank`)
    expect(again).toMatchObject({ created_count: 0, duplicate_count: 1 })
    await imports.expectStored(['2026-03-14 expense 3.50 EUR [Bank]'])
  })
})
