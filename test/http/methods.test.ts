import { describe, expect, it } from 'vitest'
import { prepare, cases } from '../contract/expectations.ts'
import { fillPath, operations } from '../support/operations.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, admin } = useApp()

/** Paths that stand in no document: the document itself, and the pages about it. */
const undocumented = ['/', '/ui', '/openapi.json']
const paths = [...undocumented, ...new Set(operations.map(({ path }) => path))]

const methodsOf = (path: string): string[] => {
  // /v1/transactions/export is a name of /v1/transactions/{id} too, for the methods that it lacks.
  const names = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  const methods = [
    ...new Set(operations.filter((each) => names(each.path)).map((each) => each.method)),
  ]
  return methods.length > 0 ? methods : ['GET']
}

const allowed = (path: string) => {
  const methods = methodsOf(path)
  const head = methods.includes('GET') ? ['HEAD'] : []
  return [...methods, ...head, 'OPTIONS'].toSorted().join(', ')
}

const somePath = (path: string) =>
  fillPath(path, { id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11', code: 'not_found' })

/** Headers whose values differ between any two responses. */
const varying = new Set(['server-timing', 'x-request-id', 'ratelimit', 'content-length'])
const steady = (headers: Headers) =>
  Object.fromEntries(
    [...headers]
      .filter(([name]) => !varying.has(name))
      .map(([name, value]) => [name, value.replace(/'nonce-[^']+'/, 'nonce')]),
  )
const names = (headers: Headers) =>
  [...headers.keys()].filter((name) => name !== 'content-length').toSorted()

describe('HEAD responds as GET does, without a body', () => {
  it.each(cases.filter(({ method }) => method === 'GET'))('$path', async (operation) => {
    const send = await prepare(app, operation, admin)
    const get = await send()
    const head = await send({
      via: (_, path, options) => app.call('HEAD', path, options),
    })
    expect(get.status).toBe(200)
    expect(head.status).toBe(200)
    expect(head.text).toBe('')
    expect(steady(head.headers)).toEqual(steady(get.headers))
    expect(names(head.headers)).toEqual(names(get.headers))
  })

  it.each([...undocumented, '/v1/transactions/none', '/v1/users?unknown=1', '/v1/auth/me'])(
    '%s',
    async (path) => {
      const token = path.startsWith('/v1/auth') ? undefined : admin.token
      const [get, head] = [
        await app.call('GET', path, { token }),
        await app.call('HEAD', path, { token }),
      ]
      expect(get.text).not.toBe('')
      expect([head.status, head.text]).toEqual([get.status, ''])
      expect(steady(head.headers)).toEqual(steady(get.headers))
    },
  )
})

describe('OPTIONS says what a path allows', () => {
  it.each(paths)('%s', async (path) => {
    const response = await app.call('OPTIONS', somePath(path))
    expect([response.status, response.text]).toEqual([204, ''])
    expect(response.headers.get('Allow')).toBe(allowed(path))
  })
})

describe('an unsupported method gets 405', () => {
  const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']

  it.each(paths)('%s', async (path) => {
    for (const method of all.filter((each) => !methodsOf(path).includes(each))) {
      const response = await app.call(method, somePath(path), { token: admin.token })
      expect(response.status, `${method} ${path}`).toBe(405)
      expect(response.headers.get('Allow')).toBe(allowed(path))
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
      expect(response.body).toMatchObject({ status: 405, code: 'method_not_allowed' })
    }
  })
})

describe('an unknown path gets 404', () => {
  it.each(['/v1', '/v1/', '/v1/nothing', '/v2/transactions', '/nothing', '/v1/transactions/'])(
    '%s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
        const response = await app.call(method, path)
        expect(response.status, method).toBe(404)
        expect(response.headers.get('Content-Type')).toBe('application/problem+json')
        if (method !== 'HEAD')
          expect(response.body).toMatchObject({ code: 'not_found', status: 404 })
      }
    },
  )
})

describe('every response under /v1', () => {
  it.each([
    ['a success', 'GET', '/v1/auth/me', 200],
    ['a success without a body', 'OPTIONS', '/v1/users', 204],
    ['a refusal', 'POST', '/v1/auth/login', 400],
    ['an invalid request', 'GET', '/v1/users?unknown=1', 422],
    ['a path that there is not', 'GET', '/v1/nothing', 404],
    ['a method that there is not', 'PUT', '/v1/users', 405],
  ])('is not cached, and is named and timed: %s', async (_, method, path, status) => {
    const { headers, status: actual } = await app.call(method, path, {
      token: admin.token,
      ...(method === 'POST' && { raw: '{' }),
    })
    expect(actual).toBe(status)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('X-Request-Id')).toMatch(/^[\w-]{20,}$/)
    expect(headers.get('Server-Timing')).toMatch(/(^|, )total;dur=\d+(\.\d)?$/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  it('says how long the rate limiter and the database took, where they were asked', async () => {
    // Somebody new: a busy caller may have a lease, and then the limiter is not asked.
    const { token } = await createUser(app, 'viewer')
    const { headers } = await app.call('GET', '/v1/auth/me', { token })
    expect(headers.get('Server-Timing')).toMatch(/limit;dur=[\d.]+, db;dur=[\d.]+, total;dur=/)
  })
})

describe('the name of a request', () => {
  const named = (value: string) =>
    app.call('GET', '/v1/nothing', { headers: { 'X-Request-Id': value } })

  it.each(['0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11', 'trace_1', 'x'.repeat(255)])(
    'is returned if valid: %s',
    async (value) => {
      const { headers, body } = await named(value)
      expect([headers.get('X-Request-Id'), body.request_id]).toEqual([value, value])
    },
  )

  it.each(['', 'a b', '<script>', 'x"y', '{"a":1}', 'x'.repeat(256)])(
    'is replaced where it is not: %s',
    async (value) => {
      const { headers, body } = await named(value)
      expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/)
      expect(headers.get('X-Request-Id')).toBe(body.request_id)
    },
  )

  it('differs from request to request', async () => {
    const [one, other] = [await app.call('GET', '/health'), await app.call('GET', '/health')]
    expect(one.headers.get('X-Request-Id')).not.toBe(other.headers.get('X-Request-Id'))
  })
})
