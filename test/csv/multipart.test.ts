import { Hono } from 'hono'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppEnv } from '../../src/http/context.ts'
import { csvBody, MAX_FILE_BYTES } from '../../src/http/csv-body.ts'
import { AppError } from '../../src/lib/errors.ts'
import { databaseCalls } from '../support/database.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { encode } from './encode.ts'
import { sendFile } from './support.ts'

const { app } = useApp()
let analyst: User

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
})

const row = '2026-03-14,expense,84.30,EUR,Groceries'
const file = `date,type,amount,currency,category\n${row}\n`

interface Part {
  content: string | Uint8Array<ArrayBuffer>
  type?: string
  name?: string
}

/** A form as bytes, so that its boundary is known. */
async function formOf(boundary: string, ...parts: Part[]): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = parts.flatMap(({ content, type, name = '; filename="march.csv"' }, index) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="part${index}"${name}\r\n`,
    ...(type === undefined ? [] : [`Content-Type: ${type}\r\n`]),
    '\r\n',
    content,
    '\r\n',
  ])
  return new Uint8Array(await new Blob([...pieces, `--${boundary}--\r\n`]).arrayBuffer())
}

const multipart = (boundary: string) => ({
  'Content-Type': `multipart/form-data; boundary=${boundary}`,
})

async function sendParts(...parts: Part[]) {
  return sendFile(app, analyst, await formOf('XYZ', ...parts), '', multipart('XYZ'))
}

/** What a handler behind `csvBody` sees. */
async function received(body: BodyInit, type: string, query = '') {
  const handled = new Hono<AppEnv>()
    .post('/', csvBody, async (c) =>
      c.json({
        text: await c.req.text(),
        type: c.req.header('Content-Type'),
        upload: c.get('upload'),
      }),
    )
    .onError((error, c) => c.json({ errors: error instanceof AppError && error.errors }))
  const response = await handled.request(`/?${query}`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': type },
  })
  return response.json()
}

describe('A file in a form', () => {
  it.each([
    'text/csv',
    'application/vnd.ms-excel',
    'application/octet-stream',
    'text/plain; charset=utf-8',
    undefined,
  ])('is imported like a body, whatever type the form gives it: %s', async (type) => {
    const { status, body, text } = await sendParts({ content: file, ...(type && { type }) })
    expect(status, text).toBe(200)
    expect(body).toMatchObject({ rows: 1, to_create: 1, problems: { count: 0 } })
  })

  it('is imported from a form as browsers and fetch build it', async () => {
    const form = new FormData()
    form.set('anything', new File([file], 'march.csv', { type: 'text/csv' }))
    const { headers } = new Response(form)
    const sent = new Response(form)
    const type = sent.headers.get('Content-Type')!
    const response = await sendFile(app, analyst, await sent.arrayBuffer(), '', {
      'Content-Type': type,
    })
    expect(headers.get('Content-Type')).not.toBe(type)
    expect([response.status, response.body.rows]).toEqual([200, 1])
  })

  it('has the name that the form gives it, without folders', async () => {
    for (const [name, fileName] of [
      ['; filename="März.csv"', 'März.csv'],
      ['; filename="/tmp/a b.csv"', 'a b.csv'],
      ['; filename="bell\u0007.csv"', undefined],
    ] as const) {
      const form = await formOf('B', { content: file, name })
      expect(await received(form, multipart('B')['Content-Type'])).toEqual({
        text: file,
        type: 'text/csv; charset=utf-8',
        upload: { fileName, charset: 'utf-8', charsetReason: 'It is valid UTF-8.' },
      })
    }
    expect(await received(file, 'text/csv')).toMatchObject({ text: file, upload: {} })
  })

  it.each<[string, Part[], RegExp]>([
    ['no part', [], /no file.*curl: --form/],
    ['a field instead of a file', [{ content: file, name: '' }], /no file.*curl: --form/],
    ['a browser without a chosen file', [{ content: '', name: '; filename=""' }], /no file/],
    ['two files', [{ content: file }, { content: file }], /2 files/],
    [
      'a field besides the file',
      [{ content: file }, { content: 'EUR', name: '' }],
      /field "part1" besides.*in the query/,
    ],
    ['an empty file', [{ content: '' }], /file is empty/],
    ['a PDF', [{ content: '%PDF-1.7\n' }], /PDF/],
  ])('is refused with what to send instead: %s', async (_, parts, message) => {
    const before = await databaseCalls()
    const { status, body } = await sendParts(...parts)
    expect([status, body.errors[0].location]).toEqual([422, 'body'])
    expect(body.errors[0].message).toMatch(message)
    expect((await databaseCalls()) - before).toBe(0)
  })

  it('is refused where the form is broken or cut off', async () => {
    const whole = await formOf('XYZ', { content: file })
    for (const [body, type] of [
      [whole, 'multipart/form-data'],
      [whole, 'multipart/form-data; boundary=ABC'],
      [whole.subarray(0, -10), 'multipart/form-data; boundary=XYZ'],
      [whole.subarray(0, 150), 'multipart/form-data; boundary=XYZ'],
      ['--XYZ--', 'multipart/form-data; boundary=XYZ'],
      ['', 'multipart/form-data; boundary=XYZ'],
      ['--XYZ\r\nno headers\r\n--XYZ--', 'multipart/form-data; boundary=XYZ'],
    ] as const) {
      const response = await sendFile(app, analyst, body, '', { 'Content-Type': type })
      expect([response.status, response.body.errors[0].location]).toEqual([422, 'body'])
      expect(response.body.errors[0].message).toMatch(/boundary|incomplete|form/)
    }
  })

  it('may be as long as a body, and not longer', async () => {
    const line = `${row}\n`
    const most = file.padEnd(MAX_FILE_BYTES, line)
    expect((await sendParts({ content: most })).status).toBe(422)
    expect((await sendParts({ content: `${most}\n` })).status).toBe(413)
    expect((await sendParts({ content: most.repeat(2) })).status).toBe(413)
  })

  it('may be quoted in its boundary', async () => {
    const type = 'Multipart/Form-Data; charset=x; boundary="X Y"'
    const response = await sendFile(app, analyst, await formOf('X Y', { content: file }), '', {
      'Content-Type': type,
    })
    expect(response.status, response.text).toBe(200)
  })
})

describe('One idempotency key', () => {
  const commit = async (boundary: string, content: string) =>
    sendFile(app, analyst, await formOf(boundary, { content }), 'dry_run=false', {
      ...multipart(boundary),
      'Idempotency-Key': 'march',
    })

  it('belongs to the file in a form, not to the boundary around it', async () => {
    const first = await commit('one', file)
    const again = await commit('another', file)
    const asBody = await sendFile(app, analyst, file, 'dry_run=false', {
      'Idempotency-Key': 'march',
    })
    expect([first.status, again.status, asBody.status]).toEqual([201, 201, 201])
    expect([again.body, asBody.body]).toEqual([first.body, first.body])
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    const other = await commit('one', `${file}${row}x\n`)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })
})

describe('The character set of a file', () => {
  const polish = encode('Data;Kwota;Opis\n14.03.2026;5;Żabka\n', 'windows-1250')

  it('comes from the query, else from the type of the file or the body', async () => {
    const form = (type: string) => formOf('B', { content: polish, type })
    const { 'Content-Type': type } = multipart('B')
    const charsets = [
      await received(polish, 'text/csv; charset=windows-1251', 'charset=cp1250'),
      await received(polish, 'text/csv; charset="cp1250"'),
      await received(await form('text/csv; charset=windows-1250'), type),
      await received(await form('text/csv'), type, 'charset=windows-1250'),
    ]
    for (const each of charsets) {
      expect(each).toMatchObject({
        text: expect.stringContaining('Żabka'),
        upload: { charset: 'windows-1250', charsetReason: 'It was declared.' },
      })
    }
  })

  it('is asked for at the option that settles it', async () => {
    const dos = new Uint8Array([0x42, 0x84, 0x63, 0x6b, 0x65, 0x72])
    expect(await received(dos, 'text/csv')).toMatchObject({
      errors: [{ location: 'query.charset', message: expect.stringContaining('windows-1252') }],
    })
    expect(await received('a', 'text/csv', 'charset=klingon')).toMatchObject({
      errors: [{ location: 'query.charset', message: expect.stringContaining('"klingon"') }],
    })
    expect(await received('a\nb\0', 'text/csv', 'charset=utf-8')).toMatchObject({
      errors: [{ location: 'body.lines.2' }],
    })
  })
})

describe('A body', () => {
  it.each([
    'Text/CSV',
    'text/csv;charset=utf-8',
    'application/csv',
    'application/vnd.ms-excel',
    'text/tab-separated-values',
  ])('may have the type %s', async (type) => {
    const { status } = await sendFile(app, analyst, file, '', { 'Content-Type': type })
    expect(status).toBe(200)
  })

  it.each(['application/json', 'text/csvx', 'multipart/mixed; boundary=x', 'text/plain', ''])(
    'is refused with the type "%s"',
    async (type) => {
      const response = await sendFile(app, analyst, file, '', { 'Content-Type': type })
      expect(response.status).toBe(415)
      expect(response.body.detail).toMatch(/text\/csv.*multipart\/form-data/)
    },
  )
})
