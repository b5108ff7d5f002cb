import { beforeEach, describe, expect, it } from 'vitest'
import { databaseCalls } from '../support/database.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, expectRows, importsOf, statement, type Imports } from './statements.ts'

/* See bad-files.test.ts for other files: wrong quotes, repeated headers, too many rows. */

const { app } = useApp()
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : part,
    ),
  )

/** Everything that a problem document says to a person. */
const saidBy = (body: { detail?: string; errors?: { message: string }[] }) =>
  [body.detail ?? '', ...(body.errors ?? []).map(({ message }) => message)].join(' ')

/** Expects that the file is refused before the database is asked, in a dry run and otherwise. */
async function expectRefused(file: BodyInit, ...messages: RegExp[]): Promise<void> {
  for (const query of [bank, `${bank}&dry_run=false&skip_invalid=true&likely_duplicates=create`]) {
    const calls = await databaseCalls()
    const { status, body, text } = await imports.send(file, query)
    expect([413, 415, 422], text.slice(0, 500)).toContain(status)
    for (const message of messages) expect(saidBy(body)).toMatch(message)
    expect((await databaseCalls()) - calls).toBe(0)
  }
}

const png = bytes(
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d],
  'IHDR',
  [0, 0, 2, 0, 0, 0, 1, 0x80, 8, 6, 0, 0, 0, 0xf3, 0x2d, 0x6a, 0x2c],
)
const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10], 'JFIF', [0, 1, 1, 0, 0, 0x48, 0, 0x48, 0, 0])
const pdf = bytes(
  '%PDF-1.7\n%',
  [0xe2, 0xe3, 0xcf, 0xd3],
  '\n1 0 obj\n<< /Type /Catalog >>\nendobj\n',
)
const zip = (name: string) =>
  bytes(
    'PK',
    [3, 4, 20, 0, 0, 0, 8, 0],
    [0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0],
    [...[name.length, 0, 0, 0], ...new TextEncoder().encode(name)],
  )
const oldExcel = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], Array<number>(64).fill(0))
const gzip = bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6, 0])
const html =
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Log in, please</title></head>\n' +
  '<body><form action="/login"><input name="user"><input name="pin"></form></body>\n</html>\n'

describe('What is not a CSV file', () => {
  it.each<[string, BodyInit, RegExp]>([
    ['a picture (PNG)', png, /image|picture|photo|PNG/i],
    ['a picture (JPEG)', jpeg, /image|picture|photo|JPE?G/i],
    ['a PDF', pdf, /PDF/],
    ['an Excel file', zip('xl/workbook.xml'), /Excel|spreadsheet|XLSX|ZIP/i],
    ['a ZIP file', zip('march.csv'), /ZIP|archive/i],
    ['an old Excel file', oldExcel, /Excel|spreadsheet|XLS|binary/i],
    ['a compressed file', gzip, /compressed|gzip|binary/i],
    ['the login page of a bank', html, /HTML|web page/i],
    ['a login page after blank lines', `\n\n  ${html.toLowerCase()}`, /HTML|web page/i],
  ])('is named, and what to send instead: %s', async (_, file, name) => {
    await expectRefused(file, name, /CSV/)
  })

  it.each(['image/png', 'application/pdf', 'application/zip', 'text/html', 'text/plainish'])(
    'is refused by its type %s, with the types that are accepted',
    async (type) => {
      const { status, body } = await imports.send(statement(), bank, { 'Content-Type': type })
      expect([status, body.code]).toEqual([415, 'unsupported_media_type'])
      expect(saidBy(body)).toMatch(/text\/csv/)
      expect(saidBy(body)).toMatch(/multipart\/form-data/)
    },
  )

  it('is refused although it is long: 8 MB of letters and no table', async () => {
    const letter = 'Dear customer,\nthank you for your patronage. We enclose the list.\n'
    await expectRefused(letter.repeat(5000), /date|amount|table|column|rows/i)
  })
})

describe('A table', () => {
  const many = (row: string) => `${row}\n`.repeat(15_000)

  it.each([
    ['without a date', `Name,Amount\n${many('Coffee,-3.50')}`, /date/i],
    ['without an amount', `Date,Name\n${many('2026-03-14,Coffee')}`, /amount/i],
    ['without either', `Name,Colour\n${many('Coffee,brown')}`, /date.*amount|amount.*date/i],
    ['without a header, a date and an amount', many('Coffee,brown'), /date|amount/i],
  ])('is refused with what was looked for and what helps: %s', async (_, file, lookedFor) => {
    await expectRefused(file, lookedFor, /mapping|header|skip_lines/)
  })

  it('is refused where its date or its amount is left out by the mapping', async () => {
    for (const mapping of ['date:-', 'amount:-']) {
      const { status, body } = await imports.send(
        statement('2026-03-14,-3.50,Coffee'),
        `${bank}&mapping=${mapping}`,
      )
      expect([status, body.code]).toEqual([422, 'validation_failed'])
      expect(saidBy(body)).toMatch(new RegExp(mapping.split(':')[0]!))
    }
  })

  it.each(['n/a', '--', '-', '€', 'EUR', '(.)', ',', 'see below'])(
    'is refused where no amount has a digit: %j',
    async (amount) => {
      const rows = [1, 2, 3].map((day) => `2026-03-0${day},"${amount}",Coffee`)
      const { status, body, text } = await imports.send(statement(...rows), `${bank}&dry_run=false`)
      expect([status, body.code], text).toEqual([422, 'validation_failed'])
      expect(`${text} `).toMatch(/amount/i)
      expect(saidBy(body)).toMatch(/amount|number|digit/i)
      expect(await imports.transactions()).toEqual([])
    },
  )

  it.each([
    ['in one cell', `2026-03-15,-4.50,${'x'.repeat(1_000_000)}`],
    ['in quotes, with line ends', `2026-03-15,-4.50,"${'x\n'.repeat(500_000)}"`],
    ['of the amount', `2026-03-15,${'9'.repeat(1_000_000)},Coffee`],
    ['of the date', `${'2'.repeat(1_000_000)},-4.50,Coffee`],
  ])('is refused where a line has 1 MB: %s', async (_, row) => {
    const file = statement('2026-03-14,-3.50,Coffee', row)
    const { status, body, text } = await imports.send(file, `${bank}&dry_run=false`)
    expect(status, text.slice(0, 500)).toBe(422)
    expect(body.errors[0].location).toMatch(/lines\.3|query\.(decimal|date_format)/)
    expect(text.length).toBeLessThan(10_000)
    expect(await imports.transactions()).toEqual([])
  })

  it('may have 100 columns', async () => {
    const more = Array.from({ length: 97 }, (_, n) => `Column ${n}`)
    const header = `Date,Amount,Description,${more.join()}`
    const row = `2026-03-14,-3.50,Coffee${',x'.repeat(97)}`
    const report = await imports.report(`${header}\n${row}\n`)
    expect(report).toMatchObject({ to_create: 1, problems: { count: 0 } })
    expectRows(report.preview, [['2026-03-14 expense 3.50 EUR [Bank]', 'Coffee']])
  })
})

describe('Two tables in one file', () => {
  const first = 'Date,Amount,Balance\n2026-03-14,-3.50,96.50\n2026-03-15,-6.50,90.00\n'

  it('are refused with the line where the other one begins, where its columns differ', async () => {
    const second = 'Date,Balance,Amount\n2026-03-16,85.00,-5.00\n'
    const { status, body, text } = await imports.send(
      `${first}\n${second}`,
      `${bank}&dry_run=false`,
    )
    expect(status, text).toBe(422)
    expect(JSON.stringify(body.errors)).toMatch(/\b[56]\b/)
    expect(await imports.transactions()).toEqual([])
  })

  it('lose nothing in silence where the other one has neither dates nor amounts', async () => {
    const file = `${first}\nAccount,Owner,Limit\nGiro,Somebody,none\n`
    const { status, body, text } = await imports.send(file)
    if (status !== 200) return expect(text).toMatch(/\b[56]\b/)
    const named = [...body.not_booked.rows, ...body.problems.rows]
    expect(named.map(({ line }: { line: number }) => line).toSorted()).toEqual([5, 6])
    expect(body.to_create).toBe(2)
  })

  it('lose nothing in silence where the columns are the same', async () => {
    const second = 'Date,Amount,Balance\n2026-03-16,-5.00,85.00\n2026-03-17,-5.00,80.00\n'
    const { status, body, text } = await imports.send(`${first}\n${second}`)
    if (status !== 200) return expect(text).toMatch(/\b[56]\b/)
    expect(body.to_create + body.problems.count).toBeGreaterThanOrEqual(4)
  })
})

describe('Mixed formats', () => {
  it('of dates are refused with both lines, however many rows are between them', async () => {
    const rows = Array.from({ length: 500 }, () => '05/05/2026,-3.50,Coffee')
    const file = statement('13/02/2026,-3.50,Tea', ...rows, '02/13/2026,-3.50,Milk')
    const { body } = await imports.send(file)
    expect(body.errors[0].location).toBe('query.date_format')
    expect(body.errors[0].message).toMatch(/line 2\b.*line 503\b/)
  })
})
