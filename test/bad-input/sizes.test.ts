import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_BODY_BYTES } from '../../src/http/json-body.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { password } from '../support/users.ts'
import { databaseState, expectProblem, locations } from './harness.ts'

const { app, admin } = useApp()
let before: unknown

beforeEach(async () => void (before = await databaseState(app)))

const legal = JSON.stringify(someTransaction)
const bytes = (text: string) => new TextEncoder().encode(text)

const post = (raw: BodyInit, headers: Record<string, string> = {}) =>
  app.call('POST', '/v1/transactions', { token: admin.token, raw, headers })

describe('A body of 5 MB', () => {
  const large = JSON.stringify({ ...someTransaction, notes: 'x'.repeat(5_000_000) })
  afterEach(async () => expect(await databaseState(app)).toEqual(before))

  it('is refused', async () => {
    expectProblem(await post(large), 413, 'content_too_large')
    const length = { 'Content-Length': String(large.length) }
    expectProblem(await post(large, length), 413, 'content_too_large')
  })

  it('is refused by the login too', async () => {
    const raw = JSON.stringify({ email: admin.email, password, more: 'x'.repeat(5_000_000) })
    expectProblem(await app.call('POST', '/v1/auth/login', { raw }), 413, 'content_too_large')
  })

  it('is refused before it ends when it comes in chunks', async () => {
    let sent = 0
    const stream = new ReadableStream({
      pull(controller) {
        if (sent >= 5_000_000) return controller.close()
        sent += 10_000
        controller.enqueue(bytes(' '.repeat(10_000)))
      },
    })
    expectProblem(await post(stream), 413, 'content_too_large')
    expect(sent).toBeLessThan(200_000)
  })

  it('is refused, as is one of one byte over the limit', async () => {
    const filled = (length: number) => legal + ' '.repeat(length - legal.length)
    expectProblem(await post(filled(MAX_BODY_BYTES + 1)), 413, 'content_too_large')
    expect((await post(filled(MAX_BODY_BYTES))).status).toBe(201)
    before = await databaseState(app)
  })
})

describe('An oversized request', () => {
  it('is refused when its token has 8 kB', async () => {
    for (const token of ['x'.repeat(8192), `${admin.token}${'x'.repeat(8192)}`, '\u00ff', '']) {
      const response = await app.call('GET', '/v1/auth/me', { token })
      expectProblem(response, 401, 'unauthenticated')
    }
  })

  it('does not get its X-Request-Id back when that has 8 kB', async () => {
    const id = 'x'.repeat(8192)
    const response = await admin.get('/v1/auth/me', { headers: { 'X-Request-Id': id } })
    expect(response.status).toBe(200)
    expect(response.headers.get('X-Request-Id')).not.toBe(id)
  })

  it('is refused when its query or path has 8 kB', async () => {
    const kb = 'x'.repeat(8192)
    const search = await admin.get(`/v1/transactions?q=${kb}`)
    expectProblem(search, 422, 'validation_failed')
    expect(locations(search)).toEqual(['query.q'])
    expectProblem(await admin.get(`/v1/transactions?${kb}=1`), 422, 'validation_failed')
    const many = Array.from({ length: 2000 }, (_, n) => `a${n}=1`).join('&')
    const unknown = await admin.get(`/v1/transactions?${many}`)
    expectProblem(unknown, 422, 'validation_failed')
    expect(unknown.text.length).toBeLessThan(8192)
    expectProblem(await admin.get(`/v1/transactions/${kb}`), 422, 'validation_failed')
    expectProblem(await admin.get(`/v1/${kb}`), 404, 'not_found')
  })

  it('is refused when its path cannot be decoded', async () => {
    expectProblem(await admin.get('/v1/transactions/%ED%A0%80'), 422, 'validation_failed')
    expectProblem(await admin.get('/v1/transactions/%'), 422, 'validation_failed')
    expectProblem(await admin.get('/v1/%FF%00'), 404, 'not_found')
  })
})

describe('A number of 60,000 digits', () => {
  it.each(['1', '0.', '-1', '1e'])(
    'is refused without being parsed when it begins with %s',
    async (start) => {
      const raw = `{"email":${start}${'0'.repeat(60_000)}1,"password":"x"}`
      const { status, body } = await app.call('POST', '/v1/auth/login', { raw })
      expect(status).toBe(422)
      expect(body.errors[0].location).toBe('body.email')
    },
  )
})
