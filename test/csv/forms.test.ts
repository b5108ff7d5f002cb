import { beforeEach, describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, expectRows, importsOf, statement, type Imports } from './statements.ts'

const { app } = useApp()
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

const march = statement('2026-03-14,-3.50,Coffee', '2026-03-15,-20.00,Shop')
const csv = (
  content: string | Uint8Array<ArrayBuffer> = march,
  name = 'march.csv',
  type = 'text/csv',
) => new File([content], name, { type })

/** The body of a form as a browser sends it, with a boundary of its own each time. */
async function encoded(...parts: (File | string)[]) {
  const form = new FormData()
  for (const [index, part] of parts.entries())
    form.append(index === 0 ? 'file' : `part${index}`, part)
  const request = new Request('https://edgebook.test', { method: 'POST', body: form })
  return {
    type: request.headers.get('Content-Type')!,
    bytes: new Uint8Array(await request.arrayBuffer()),
  }
}

async function send(parts: (File | string)[], query = bank, headers: Record<string, string> = {}) {
  const { type, bytes } = await encoded(...parts)
  return imports.send(bytes, query, { 'Content-Type': type, ...headers })
}

describe('A form with one file', () => {
  it.each(['text/csv', 'application/vnd.ms-excel', 'application/octet-stream', 'text/plain', ''])(
    'is read as the file itself is, whatever type the browser gives it: %j',
    async (type) => {
      const { status, body, text } = await send([csv(march, 'march.csv', type)])
      expect(status, text).toBe(200)
      expect(body).toEqual(await imports.report(march))
      expectRows(body.preview, [
        ['2026-03-14 expense 3.50 EUR [Bank]', 'Coffee'],
        ['2026-03-15 expense 20.00 EUR [Bank]', 'Shop'],
      ])
    },
  )

  it('is imported once, together with the same file sent as text/csv', async () => {
    const { status, body, text } = await send([csv()], `${bank}&dry_run=false`)
    expect(status, text).toBe(201)
    expect(body).toMatchObject({ row_count: 2, created_count: 2 })
    expect(await imports.take(march)).toMatchObject({ created_count: 0, duplicate_count: 2 })
    const again = await send([csv()], `${bank}&dry_run=false`)
    expect(again.body).toMatchObject({ created_count: 0, duplicate_count: 2 })
  })

  it('is replayed under one idempotency key, although its boundary differs each time', async () => {
    const key = { 'Idempotency-Key': 'march' }
    const query = `${bank}&dry_run=false&duplicates=create`
    const [one, other] = [await encoded(csv()), await encoded(csv())]
    expect(one.type).not.toBe(other.type)
    const first = await imports.send(one.bytes, query, { 'Content-Type': one.type, ...key })
    expect(first.status, first.text).toBe(201)
    const again = await imports.send(other.bytes, query, { 'Content-Type': other.type, ...key })
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    const changed = await send([csv(`${march}2026-03-16,-1.00,Tea\n`)], query, key)
    expect(changed.body.code).toBe('idempotency_key_reused')
    const otherwise = await send([csv()], `${query}&source=giro`, key)
    expect(otherwise.body.code).toBe('idempotency_key_reused')
    expect(await imports.transactions()).toHaveLength(2)
  })

  it('may have any name, and the character set that an option names', async () => {
    const latin = new Uint8Array([
      ...new TextEncoder().encode('date;amount;notes\n14.03.2026;-1,25;Caf'),
      0xe9,
    ])
    const { status, body, text } = await send(
      [csv(latin, 'Umsätze "März" 2026;\\..%20.csv')],
      `${bank}&charset=windows-1252`,
    )
    expect(status, text).toBe(200)
    expectRows(body.preview, [['2026-03-14 expense 1.25 EUR [Bank]', 'Café']])
  })

  it('may have lines that look like a boundary', async () => {
    const file = statement('2026-03-14,-3.50,"--boundary\n--boundary--"')
    const { status, body, text } = await send([csv(file)])
    expect(status, text).toBe(200)
    expect(body.to_create).toBe(1)
  })
})

describe('A form is refused', () => {
  const expectRefused = async (
    response: ReturnType<typeof send>,
    statuses: number[],
    message: RegExp,
  ) => {
    const { status, body, text } = await response
    expect(statuses, text).toContain(status)
    const said = [body.detail, ...(body.errors ?? []).map((e: { message: string }) => e.message)]
    expect(said.join(' ')).toMatch(message)
    expect((await analyst.get('/v1/imports')).body.data).toEqual([])
  }

  it('without a file', async () => {
    await expectRefused(send([]), [422], /file/)
    await expectRefused(send([march]), [422], /file/)
  })

  it('with two files', async () => {
    await expectRefused(send([csv(), csv()]), [422], /one file/)
    await expectRefused(send([csv(), csv()], `${bank}&dry_run=false`), [422], /one file/)
  })

  it.each<[string, (type: string, body: Uint8Array) => [string, Uint8Array]]>([
    ['cut off', (type, body) => [type, body.slice(0, -60)]],
    ['empty', (type) => [type, new Uint8Array()]],
    ['with another boundary', (_, body) => ['multipart/form-data; boundary=other', body]],
    ['without a boundary', (_, body) => ['multipart/form-data', body]],
    [
      'of nothing but a boundary',
      (type) => [type, new TextEncoder().encode(`--${type.split('=')[1]}`)],
    ],
    ['of random bytes', (type) => [type, new Uint8Array(1000).map((_, n) => (n * 7919) % 256)]],
  ])('that is broken: %s', async (_, broken) => {
    const { type, bytes } = await encoded(csv())
    const [brokenType, body] = broken(type, bytes)
    for (const query of [bank, `${bank}&dry_run=false`]) {
      const response = imports.send(body, query, { 'Content-Type': brokenType })
      await expectRefused(response, [415, 422], /form|multipart|file/i)
    }
  })

  it('whose file is empty, a picture or too large', async () => {
    await expectRefused(send([csv('')]), [422], /empty|no rows/)
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])
    await expectRefused(send([csv(png, 'a.png', 'image/png')]), [415, 422], /CSV/i)
    await expectRefused(send([csv(new Uint8Array(9 * 1024 * 1024))]), [413], /at most/)
  })
})
