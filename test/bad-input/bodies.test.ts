import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { databaseState, expectProblem, locations } from './harness.ts'

const { app, admin } = useApp()
let before: unknown

beforeEach(async () => void (before = await databaseState(app)))

const legal = JSON.stringify(someTransaction)
const bytes = (text: string) => new TextEncoder().encode(text)

const post = (raw: BodyInit, headers: Record<string, string> = {}) =>
  app.call('POST', '/v1/transactions', { token: admin.token, raw, headers })

describe('a body that is refused stores nothing:', () => {
  afterEach(async () => expect(await databaseState(app)).toEqual(before))

  it.each([
    ['cut', legal.slice(0, -1)],
    ['cut in a string', legal.slice(0, 12)],
    ['with a comma too many', legal.replace('}', ',}')],
    ['with a comment', legal.replace('{', '{/* */')],
    ['with single quotes', legal.replaceAll('"', "'")],
    ['with bare keys', legal.replace('"type"', 'type')],
    ['with NaN', legal.replace('"84.30"', 'NaN')],
    ['with Infinity', legal.replace('"84.30"', 'Infinity')],
    ['with a hexadecimal number', legal.replace('"84.30"', '0x10')],
    ['with a number that begins with a point', legal.replace('"84.30"', '.5')],
    ['with a number that begins with zero', legal.replace('"84.30"', '084.30')],
    ['with a line break in a string', legal.replace('Groceries', 'Gro\nceries')],
    ['with a bare NUL in a string', legal.replace('Groceries', 'Gro\u0000ceries')],
    ['with half an escape', legal.replace('Groceries', 'Gro\\u00')],
    ['with two documents', legal + legal],
    ['with garbage behind', `${legal} x`],
    ['of blanks', ' \n\t '],
    ['of one NUL', '\u0000'],
    ['of a form', 'type=expense&amount=84.30'],
    ['of XML', '<transaction/>'],
  ])('%s', async (_what, raw) => {
    expectProblem(await post(raw), 400, 'invalid_json')
  })

  it('empty, and none at all', async () => {
    expectProblem(await post(''), 400, 'invalid_json')
    const none = await app.call('POST', '/v1/transactions', { token: admin.token })
    expectProblem(none, 400, 'invalid_json')
  })

  it.each([
    ['Latin-1', [0xe9]],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a lone continuation', [0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('not UTF-8: %s', async (_what, odd) => {
    const [head = '', tail = ''] = legal.split('Groceries')
    const raw = new Uint8Array([...bytes(head), ...odd, ...bytes(tail)])
    expectProblem(await post(raw), 400, 'invalid_json')
    const latin = { 'Content-Type': 'application/json; charset=latin1' }
    expectProblem(await post(raw, latin), 400, 'invalid_json')
  })

  it('UTF-16 with and without a byte order mark', async () => {
    const utf16 = new Uint8Array(new Uint16Array([...legal].map((c) => c.charCodeAt(0))).buffer)
    expectProblem(await post(utf16), 400, 'invalid_json')
    expectProblem(await post(new Uint8Array([0xff, 0xfe, ...utf16])), 400, 'invalid_json')
  })

  it.each([
    ['plainly', '"amount":"1.00"', 'body.amount'],
    ['with escapes', '"\\u0061mount":"1.00"', 'body.amount'],
    ['with the same value', '"amount":"84.30"', 'body.amount'],
    ['deep inside', '"notes":null,"x":{"y":[1,{"z":1,"\\u007a":2}]}', 'body.x.y.1.z'],
  ])('a key that stands twice, %s', async (_how, second, location) => {
    const raw = second.includes('notes')
      ? `{"amount":"84.30",${second}}`
      : `${legal.slice(0, -1)},${second}}`
    const response = await post(raw)
    expectProblem(response, 400, 'invalid_json')
    expect(locations(response)).toEqual([location])
  })

  it('an unknown key that stands twice, however long', async () => {
    const key = '\u{1f984}'.repeat(5000)
    const response = await post(`{"${key}":1,"${key}":2}`)
    expectProblem(response, 400, 'invalid_json')
    expect(response.text.length).toBeLessThan(2000)
  })

  it.each(['"__proto__":{"amount":"1.00"}', '"x":{"__proto__":null}', '"\\u005f_proto__":1'])(
    'a prototype: %s',
    async (member) => {
      expectProblem(await post(`${legal.slice(0, -1)},${member}}`), 400, 'invalid_json')
    },
  )

  it('keys of every object are unknown like others', async () => {
    const { amount: _amount, ...rest } = someTransaction
    for (const key of ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
      const response = await post(JSON.stringify({ ...rest, [key]: { amount: '1.00' } }))
      expectProblem(response, 422, 'validation_failed')
      expect(locations(response)).toEqual(['body.amount', `body.${key}`])
    }
  })

  const nested = (open: string, close: string, depth: number) =>
    `${legal.slice(0, -1)},"x":${open.repeat(depth)}1${close.repeat(depth)}}`

  it.each([100, 1000, 5000])('%i levels deep', async (depth) => {
    expectProblem(await post(nested('[', ']', depth)), 400, 'invalid_json')
    expectProblem(await post(nested('{"a":', '}', depth)), 400, 'invalid_json')
    expectProblem(await post('['.repeat(depth)), 400, 'invalid_json')
  })

  it('100,000 levels deep', async () => {
    expectProblem(await post(nested('[', ']', 100_000)), 413, 'content_too_large')
    expectProblem(await post('{"a":'.repeat(100_000)), 413, 'content_too_large')
  })

  it('of few levels has unknown fields, and nothing else is wrong with it', async () => {
    const response = await post(nested('[', ']', 10))
    expectProblem(response, 422, 'validation_failed')
    expect(locations(response)).toEqual(['body.x'])
  })

  it.each(['[]', '[{}]', '"text"', '7', 'true', 'null', `[${legal}]`, JSON.stringify(legal)])(
    'JSON that is not an object: %.20s',
    async (raw) => {
      const response = await post(raw)
      expectProblem(response, 422, 'validation_failed')
      expect(locations(response)).toEqual(['body'])
    },
  )

  it.each([
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/xml',
    'application/ld+json',
    'application/merge-patch+json',
    'application/jsonp',
    'json',
    '',
    '*/*',
    ';',
    'application/json, text/plain',
  ])('of the type "%s"', async (type) => {
    expectProblem(await post(legal, { 'Content-Type': type }), 415, 'unsupported_media_type')
  })

  it('of no type at all', async () => {
    const response = await post(bytes(legal), { 'Content-Type': '' })
    expectProblem(response, 415, 'unsupported_media_type')
  })

  it('compressed: what the header says is not done', async () => {
    const stream = new Response(legal).body!.pipeThrough(new CompressionStream('gzip'))
    const raw = new Uint8Array(await new Response(stream).arrayBuffer())
    for (const headers of [{}, { 'Content-Encoding': 'gzip' }]) {
      expectProblem(await post(raw, headers), 400, 'invalid_json')
    }
  })

  it('and no field is read before the role is known', async () => {
    const viewer = await createUser(app, 'viewer')
    before = await databaseState(app)
    for (const raw of ['{', legal.slice(0, -1), 'x'.repeat(5_000_000)]) {
      const response = await app.call('POST', '/v1/transactions', { token: viewer.token, raw })
      expectProblem(response, 403, 'forbidden')
      expectProblem(await app.call('POST', '/v1/transactions', { raw }), 401, 'unauthenticated')
    }
  })
})

describe('a body that is taken', () => {
  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json ; charset=utf-8',
    'application/json;',
    'application/json; charset=latin1',
  ])('is of the type "%s"', async (type) => {
    const response = await post(legal, { 'Content-Type': type })
    expect({ status: response.status, text: response.text }).toMatchObject({ status: 201 })
    expect(response.body).toMatchObject(someTransaction)
  })

  it('may begin with a byte order mark and have blanks around', async () => {
    expect((await post(`\ufeff \r\n\t${legal}\n `)).body).toMatchObject(someTransaction)
  })

  it('may come in pieces that cut a character', async () => {
    const all = bytes(legal.replace('Weekly', '\u{1f984}'))
    const pieces = [...all].map((byte) => new Uint8Array([byte]))
    const stream = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift()
        return piece ? controller.enqueue(piece) : controller.close()
      },
    })
    expect((await post(stream)).body.notes).toBe('\u{1f984} shopping')
  })

  it('may have escapes in its keys', async () => {
    expect((await post(legal.replace('amount', '\\u0061mount'))).body.amount).toBe('84.30')
  })
})

describe('a body where none belongs', () => {
  it('is not read', async () => {
    const { body } = await post(legal)
    const path = `/v1/transactions/${body.id}`
    const options = { token: admin.token, raw: '{"broken":' }
    expect((await app.call('DELETE', path, options)).status).toBe(204)
    expect((await app.call('POST', `${path}/restore`, options)).status).toBe(200)
    const read = await admin.get(path, { headers: { 'Content-Type': 'text/plain' } })
    expect(read.body.deleted_at).toBeNull()
  })
})
