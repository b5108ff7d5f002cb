import { beforeAll, describe, expect, it } from 'vitest'
import type { TestResponse } from '../support/app.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin } = useApp()
let one: string

beforeAll(async () => {
  one = `/v1/transactions/${(await enter(admin)).id}`
})

const having = (tag: string) => ({ headers: { 'If-None-Match': tag } })
const tagOf = ({ headers }: TestResponse) => headers.get('ETag') ?? 'none'

const paths = [
  ['one', () => one],
  ['a user', () => `/v1/users/${admin.id}`],
  ['oneself', () => '/v1/auth/me'],
  ['a list', () => '/v1/transactions?include=totals'],
  ['the categories', () => '/v1/categories'],
  ['a dashboard', () => '/v1/dashboard'],
  ['the history', () => `${one}/history`],
] as const

describe('reading again what has not changed', () => {
  it.each(paths)('gets 304 without a body: %s', async (_what, path) => {
    const first = await admin.get(path())
    expect(first.status).toBe(200)
    const again = await admin.get(path(), having(tagOf(first)))
    expect([again.status, again.text]).toEqual([304, ''])
    expect(tagOf(again)).toBe(tagOf(first))
    for (const name of ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', 'Cache-Control']) {
      expect(again.headers.get(name), name).not.toBeNull()
    }
    expect(again.headers.get('Content-Type')).toBeNull()
    const head = await app.call('HEAD', path(), { token: admin.token, ...having(tagOf(first)) })
    expect(head.status).toBe(304)
    const whole = await app.call('HEAD', path(), { token: admin.token })
    expect([whole.status, tagOf(whole)]).toEqual([200, tagOf(first)])
  })

  it.each(['"1"', 'W/"1"', '"7", "1"', '*', ' "1" '])('may name it as %s', async (tag) => {
    expect((await admin.get(one, having(tag))).status).toBe(304)
  })

  it.each(['"2"', '1', '"1', '', 'W/""'])('gets the full response to %j', async (tag) => {
    expect((await admin.get(one, having(tag))).status).toBe(200)
  })
})

describe('reading again what has changed', () => {
  it.each(['/v1/transactions', '/v1/categories', '/v1/dashboard'])(
    'gets the full response: %s',
    async (path) => {
      const first = await admin.get(path)
      const today = new Date().toISOString().slice(0, 10)
      await enter(admin, { date: today })
      const again = await admin.get(path, having(tagOf(first)))
      expect(again.status).toBe(200)
      expect(tagOf(again)).not.toBe(tagOf(first))
    },
  )

  it('gets the full response: one', async () => {
    const path = `/v1/transactions/${(await enter(admin)).id}`
    await admin.patch(path, { category: 'Changed' })
    expect((await admin.get(path, having('"1"'))).body.version).toBe(2)
    await admin.delete(path)
    expect((await admin.get(path, having('"3"'))).status).toBe(404)
  })
})

describe('a copy that is still good', () => {
  it('does not bypass row isolation', async () => {
    const other = await createUser(app, 'viewer')
    expect((await other.get(one, having('"1"'))).status).toBe(404)
    expect((await other.get(one, having('*'))).status).toBe(404)
    expect((await app.call('GET', one, having('"1"'))).status).toBe(401)
    await other.post('/v1/auth/logout')
    expect((await other.get('/v1/auth/me', having('*'))).status).toBe(401)
  })

  it('says nothing to a write', async () => {
    const { status } = await admin.patch(one, { category: 'Written' }, having('*'))
    expect(status).toBe(200)
  })

  it('is not cached', async () => {
    expect((await admin.get(one)).headers.get('Cache-Control')).toBe('no-store')
  })
})

it('a browser of another origin may send the headers of safe writes and read their responses', async () => {
  const call = app.with({ CORS_ORIGINS: 'https://shop.example' })
  const headers = {
    Origin: 'https://shop.example',
    'Access-Control-Request-Method': 'PATCH',
    'Access-Control-Request-Headers': 'If-Match, Idempotency-Key, If-None-Match',
  }
  const preflight = await call('OPTIONS', one, { headers })
  const allowed = preflight.headers.get('Access-Control-Allow-Headers') ?? ''
  for (const name of ['If-Match', 'Idempotency-Key', 'If-None-Match']) {
    expect(allowed).toContain(name)
  }
  const response = await call('GET', one, { headers, token: admin.token })
  const exposed = response.headers.get('Access-Control-Expose-Headers') ?? ''
  for (const name of ['ETag', 'Idempotency-Replayed']) expect(exposed).toContain(name)
})
