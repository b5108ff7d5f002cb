import { beforeEach, describe, expect, it } from 'vitest'
import { databaseCalls } from '../support/database.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { sendFile } from './support.ts'

const { app } = useApp()
let analyst: User

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
})

const header = 'date,type,amount,currency,category,notes'
const row = '2026-03-14,expense,84.30,EUR,Groceries,Weekly shopping'
const good = `${header}\n${row}\n`

const send = (file: BodyInit, query = '', headers = {}) =>
  sendFile(app, analyst, file, query, headers)

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : part,
    ),
  )

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + 2 * text.length))
  view.setUint16(0, 0xfeff, littleEndian)
  for (let i = 0; i < text.length; i++) view.setUint16(2 + 2 * i, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}

describe('A CSV file', () => {
  it.each<[string, BodyInit, string, object]>([
    ['with a byte order mark', bytes([0xef, 0xbb, 0xbf], good), '', {}],
    ['in UTF-16, little endian', utf16(good, true), '', {}],
    ['in UTF-16, big endian', utf16(good, false), '', {}],
    ['in UTF-16 without a mark', utf16(good, true).slice(2), '', {}],
    ['with Windows line ends', good.replaceAll('\n', '\r\n'), '', {}],
    ['with line ends of old Macs', good.replaceAll('\n', '\r'), '', {}],
    [
      'with a header of two lines',
      good.replace('notes', '"no\rtes"').replaceAll('\n', '\r\n'),
      '',
      {},
    ],
    ['with 10,000 empty lines', `${good}${'\r\n,,,'.repeat(10_000)}`.replace(/\n/, '\r\n'), '', {}],
    ['without a last line end', good.trimEnd(), '', {}],
    ['with empty lines', `\n${good}\n,,,,,\n\n`, '', {}],
    ['with semicolons', good.replaceAll(',', ';'), '', {}],
    ['with tabs', good.replaceAll(',', '\t'), '', {}],
    ['with unnecessary quotes', good.replace(/[^,\n]+/g, '"$&"'), '', {}],
    ['from a bank', 'Buchungstag;Betrag\n14.03.2026;-84,30\n', 'currency=EUR&category=Bank', {}],
    [
      'with a typographic minus sign',
      'Buchungstag;Betrag\n14.03.2026;−84,30\n',
      'currency=EUR&category=Bank',
      {},
    ],
  ])('is accepted %s', async (_, file, query) => {
    const { status, body, text } = await send(file, query)
    expect(status, text).toBe(200)
    expect(body).toMatchObject({ rows: 1, to_create: 1, problems: { count: 0 } })
    expect(body.preview[0]).toMatchObject({
      date: '2026-03-14',
      type: 'expense',
      amount: '84.30',
      currency: 'EUR',
    })
  })

  it('is read in the character set that its type names', async () => {
    const file = bytes(`${header}\n2026-03-14,expense,1,EUR,Caf`, [0xe9], ',\n')
    const { body } = await send(file, '', { 'Content-Type': 'text/csv; charset=windows-1252' })
    expect(body.preview[0].category).toBe('Café')
  })
})

describe('A file without valid transactions', () => {
  const big = 'x'.repeat(8 * 1024 * 1024 - 100)
  it.each<[string, BodyInit, number, RegExp]>([
    ['empty', '', 422, /empty|no rows/],
    ['a header alone', `${header}\n`, 422, /no rows/],
    ['blank lines', '\n\n \n,,,\n', 422, /empty|no rows/],
    ['NUL', `${header}\n2026-03-14,expense,1,EUR,A\0B,\n`, 422, /NUL/],
    ['bytes that are not UTF-8', bytes(header, [10, 0xff, 0xfe, 0xe9, 10]), 422, /not UTF-8/],
    ['10 MB on one line', 'x,'.repeat(5_000_000), 413, /at most/],
    ['8 MB on one line', big, 422, /too long/],
    ['8 MB of commas', `${header}\n${','.repeat(8_000_000)}\n`, 422, /too long/],
    [
      'quotes that never close',
      `${header}\n${row}\n"2026-03-15,expense,1\n${row}`,
      422,
      /Unclosed quote/,
    ],
    [
      '8 MB of wrong quotes',
      `${header}\n${row}\n"${`${'"a'.repeat(99)}\n`.repeat(40_000)}`,
      422,
      /more than 20000/,
    ],
    [
      'headers that differ in case',
      'date,DATE,amount\n2026-03-14,2026-03-15,1\n',
      422,
      /column 1 or column 2.*mapping=date:1/,
    ],
    [
      'amounts in two cases',
      'Date,Amount,AMOUNT\n2026-03-14,1,2\n',
      422,
      /column 2 or column 3.*mapping=amount:2/,
    ],
    [
      'spelled in two ways',
      'date,amount,external_id,External-ID\n2026-03-14,2,3,4\n',
      422,
      /"external_id" or "External-ID"/,
    ],
    [
      'with blanks',
      'Booking Date,booking_date,amount\n2026-03-14,2026-03-15,3\n',
      422,
      /"Booking Date" or "booking_date"/,
    ],
    ['201 columns', `${header}${',x'.repeat(195)}\n${row}\n`, 422, /201 columns/],
    ['a long header', `${header},${'x'.repeat(16_384)}\n${row}\n`, 422, /header is too long/],
    ['40,000 headers', `${[...Array(40_000).keys()].join()}\n${row}\n`, 422, /too long/],
    ['8 MB of line ends', `${good}${'\n'.repeat(8_000_000)}${row}\n`, 422, /more than \d+ empty/],
    [
      'no dates in 200 rows',
      `date,amount\n${'x,2\n'.repeat(201)}`,
      422,
      /first 200 rows has a date/,
    ],
    ['an image', bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), 422, /image/],
    ['JSON', '{"date":"2026-03-14"}', 422, /JSON/],
    ['a web page', '<!doctype html><title>Login</title>', 422, /web page.*logged in/],
    ['20,001 rows', `${header}\n${`${row}\n`.repeat(20_001)}`, 422, /more than 20000/],
    ['a million rows', `date,amount\n${'1.1.26,2\n'.repeat(700_000)}`, 422, /more than 20000/],
  ])('is refused as a whole: %s', async (_, file, status, message) => {
    for (const query of ['', 'dry_run=false&skip_invalid=true']) {
      const calls = await databaseCalls()
      const response = await send(file, query)
      expect(response.status, response.text.slice(0, 500)).toBe(status)
      const said =
        response.body.detail ??
        response.body.errors.map((e: { message: string }) => e.message).join(' ')
      expect(`${said} ${response.body.errors?.[0].message}`).toMatch(message)
      expect((await databaseCalls()) - calls).toBe(0)
    }
  })

  it('is refused at once even when comparing each line with all others would take minutes', async () => {
    const names = Array.from({ length: 40_000 }, (_, n) => n.toString(36))
    const files = [`${header}\n${'\n'.repeat(8_000_000)}`, `${names.join()}\n${row}\n`]
    for (const file of files) expect((await send(file)).status).toBe(422)
  })

  it('may have as many empty rows as documented, anywhere, and not one more', async () => {
    const empty = '\n'.repeat(20_001)
    for (const [fine, status] of [
      [`${header}\n${empty}${row}\n`, 200],
      [`${header}\n${row}\n${empty}`, 200],
      [`${header}\n${row}\n${empty}\n`, 422],
      [`${header}\n${empty}\n${row}`, 422],
    ] as const) {
      expect((await send(fine)).status).toBe(status)
    }
  })

  it('is refused with the line of a quote that is never closed', async () => {
    const { body } = await send(`${header}\n${row}\n2026-03-15,expense,1,EUR,"A,\n${row}\n`)
    expect(body.errors[0].location).toBe('body.lines.3')
  })

  it.each([
    ['"A\nB"c,\n', 'quote'],
    ['"A""\n', 'Unclosed'],
    ['"A,\nB\n', 'Unclosed'],
  ])('is refused with the line of a wrong quote: %j', async (end, message) => {
    const { body } = await send(`${header}\n${row}\n\n2026-03-15,expense,1,EUR,${end}`)
    expect(body.errors).toEqual([
      { location: 'body.lines.4', message: expect.stringContaining(message) },
    ])
  })

  it.each(['"A" ,"b"', '"A",5" pipe', 'A,"b" \t', '"A","b ""c"""'])(
    'does not include one with quotes and blanks such as %j',
    async (end) => {
      const { status, text } = await send(`${header}\n2026-03-15,expense,1,EUR,${end}\n${row}\n`)
      expect([status, JSON.parse(text).problems.count]).toEqual([200, 0])
    },
  )

  it('is refused for a type that is not CSV and for an unknown charset', async () => {
    expect((await send(good, '', { 'Content-Type': 'application/json' })).status).toBe(415)
    const odd = await send(good, '', { 'Content-Type': 'text/csv; charset=klingon' })
    expect([odd.status, odd.body.errors[0].location]).toEqual([422, 'query.charset'])
  })

  it.each([
    ['dry_run=maybe', 'query.dry_run'],
    ['delimiter=x', 'query.delimiter'],
    ['decimal=;', 'query.decimal'],
    ['date_format=D.M.Y', 'query.date_format'],
    ['mapping=amount', 'query.mapping'],
    ['mapping=colour:Red', 'query.mapping'],
    ['mapping=date:None', 'query.mapping'],
    ['currency=EURO', 'query.currency'],
    ['user_id=1', 'query.user_id'],
    ['unknown=1', 'query.unknown'],
  ])('is refused for the invalid option %s', async (query, location) => {
    const { status, body } = await send(good, query)
    expect(status).toBe(422)
    expect(body.errors[0].location).toBe(location)
  })
})

describe('The format of dates and amounts', () => {
  const file = (...rows: string[]) => `date;amount\n${rows.join('\n')}\n`
  const base = 'currency=EUR&category=Bank'
  const read = async (query: string, ...rows: string[]) => {
    const { status, body } = await send(file(...rows), `${base}&${query}`)
    return status === 200
      ? body.preview.map(
          (r: Record<'date' | 'type' | 'amount', string>) => `${r.date} ${r.type} ${r.amount}`,
        )
      : body.errors[0]
  }

  it('is detected where the file shows it', async () => {
    expect(await read('', '13.02.2026;1.234,50', '03.02.2026;-2,5')).toEqual([
      '2026-02-13 income 1234.50',
      '2026-02-03 expense 2.50',
    ])
    expect(await read('', '02/13/2026;-1,234.50')).toEqual(['2026-02-13 expense 1234.50'])
    expect(await read('', "20260213;1'234.50")).toEqual(['2026-02-13 income 1234.50'])
    expect(await read('', '5/5/2026;10')).toEqual(['2026-05-05 income 10.00'])
  })

  it.each(['-', '\u2212', '- ', '\u2212 '])('allows %j as the sign of an expense', async (sign) => {
    expect(await read('', `2026-02-13;${sign}2.50`)).toEqual(['2026-02-13 expense 2.50'])
  })

  it('has to be given where the file is ambiguous', async () => {
    expect(await read('', '03/04/2026;1.50')).toMatchObject({
      location: 'query.date_format',
      message: expect.stringMatching(
        /"03\/04\/2026" on line 2 is 3 April 2026 \(DD\/MM\/YYYY\) or 4 March/,
      ),
    })
    expect(await read('date_format=DD/MM/YYYY', '03/04/2026;1.50')).toEqual([
      '2026-04-03 income 1.50',
    ])
    expect(await read('', '2026-04-03;1.234')).toMatchObject({ location: 'query.decimal' })
    expect(await read('decimal=%2C', '2026-04-03;1.234')).toEqual(['2026-04-03 income 1234.00'])
  })

  it('cannot be mixed', async () => {
    expect(await read('', '13/02/2026;1', '02/13/2026;1')).toMatchObject({
      location: 'query.date_format',
      message: expect.stringMatching(/line 2 and .* line 3 have different formats/),
    })
    expect(await read('', '2026-02-13;1.234,50', '2026-02-13;1,234.50')).toMatchObject({
      location: 'query.decimal',
    })
    const { body } = await send(
      file('13/02/2026;1', '02/13/2026;1'),
      `${base}&date_format=DD/MM/YYYY`,
    )
    expect(body.problems.rows).toEqual([
      { line: 3, column: 'date', message: 'Must be a valid date (DD/MM/YYYY).' },
    ])
  })

  it('may have years of two digits, which are never later than next year', async () => {
    expect(await read('', '13.02.26;1', '31.12.99;1')).toEqual([
      '2026-02-13 income 1.00',
      '1999-12-31 income 1.00',
    ])
    expect(await read('date_format=DD.MM.YY', '13.02.26;1')).toEqual(['2026-02-13 income 1.00'])
  })
})

describe('Invalid rows of a file', () => {
  const file = [
    header,
    row,
    '2026-02-30,expense,1.00,EUR,A,',
    '2026-03-14,expense,-1.00,EUR,A,',
    '2026-03-14,expense,0,EUR,A,',
    '2026-03-14,gift,1.00,EUR,A,',
    '2026-03-14,expense,1.234,EUR,A,',
    '2026-03-14,expense,1.00,XXQ,A,',
    '2026-03-14,expense,1.00,EUR,,',
    `2026-03-14,expense,1.00,EUR,${'x'.repeat(65)},`,
    '2026-03-14,expense,1.00,EUR',
    '2026-03-14,expense,1.00,EUR,A,"two\nlines",more',
    '2026-03-14,expense,99999999999999.00,EUR,A,',
    '2026-03-14,expense,1.00,EUR,A,bell\u0007',
    '=1+1,expense,1.00,EUR,A,',
  ].join('\r\n')

  it('are reported with their lines', async () => {
    const { status, body, text } = await send(file)
    expect(status, text).toBe(200)
    expect(body).toMatchObject({
      rows: 14,
      to_create: 3,
      not_booked: { count: 1, rows: [{ line: 5, reason: 'zero' }] },
      problems: { count: 10 },
    })
    const said = body.problems.rows.map(({ line, column }: { line: number; column: string }) => [
      line,
      column,
    ])
    expect(said).toEqual([
      [3, 'date'],
      [4, 'amount'],
      [6, 'type'],
      [7, 'amount'],
      [8, 'currency'],
      [10, 'category'],
      [12, null],
      [14, 'amount'],
      [15, 'notes'],
      [16, 'date'],
    ])
  })

  it('refuse the file unless they are to be skipped', async () => {
    const refused = await send(file, 'dry_run=false')
    expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed'])
    expect(refused.body.detail).toMatch(/^10 rows are invalid; nothing was imported/)
    expect(refused.body.errors[0].location).toBe('body.lines.3.date')
    const taken = await send(file, 'dry_run=false&skip_invalid=true')
    expect(taken.body).toMatchObject({
      row_count: 14,
      created_count: 3,
      not_booked_count: 1,
      skipped_count: 10,
    })
  })

  it('are counted when there are too many to list', async () => {
    const many = `${header}\n${row}\n${`${row.replace('EUR', 'XXQ')}\n`.repeat(5000)}`
    const { body } = await send(many)
    expect(body.problems.count).toBe(5000)
    expect(body.problems.rows).toHaveLength(200)
    expect((await send(many, 'dry_run=false')).body.errors).toHaveLength(200)
  })

  it('do not include formulas, which are imported as plain text', async () => {
    const { body } = await send(`${header}\n2026-03-14,expense,1,EUR,'=1+1,=2+2\n`)
    expect(body.preview[0]).toMatchObject({ category: "'=1+1", notes: '=2+2' })
  })
})

it('A file that lost its line breaks gets a hint about curl', async () => {
  const { status, body } = await send(`${header}2026-03-14,expense,1,EUR,Food,x`)
  expect(status).toBe(422)
  expect(body.errors[0].message).toMatch(/no rows\. .*--data-binary/)
})
