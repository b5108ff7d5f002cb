import { beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'

const ours = 'https://app.example'
const alsoOurs = 'http://localhost:5173'

const { app, viewer: caller } = useApp()
let configured: Call

beforeAll(() => {
  configured = app.with({ CORS_ORIGINS: `${ours}, ${alsoOurs}` })
})

const get = (call: Call, origin: string, path = '/v1/auth/me') =>
  call('GET', path, { token: caller.token, headers: { Origin: origin } })

const preflight = (call: Call, origin: string, method = 'PATCH') =>
  call('OPTIONS', '/v1/transactions', {
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'authorization,content-type',
    },
  })

const granted = (headers: Headers) => headers.get('Access-Control-Allow-Origin')

describe('A browser application of another origin', () => {
  it.each([ours, alsoOurs])('may call when its origin is configured: %s', async (origin) => {
    const { status, headers } = await get(configured, origin)
    expect([status, granted(headers)]).toEqual([200, origin])
    expect(headers.get('Vary')).toContain('Origin')
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    const exposed = headers.get('Access-Control-Expose-Headers')?.split(',')
    expect(exposed).toEqual(
      expect.arrayContaining(['Link', 'Location', 'RateLimit', 'Retry-After', 'X-Request-Id']),
    )
  })

  it('may read problems too', async () => {
    const { status, headers } = await get(configured, ours, '/v1/nothing')
    expect([status, granted(headers)]).toEqual([404, ours])
    const refused = await configured('GET', '/v1/auth/me', { headers: { Origin: ours } })
    expect([refused.status, granted(refused.headers)]).toEqual([401, ours])
  })

  it('is told by a preflight what it may send', async () => {
    const { status, headers, text } = await preflight(configured, ours)
    expect([status, text, granted(headers)]).toEqual([204, '', ours])
    const methods = headers.get('Access-Control-Allow-Methods')?.split(',')
    expect(methods).toEqual(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
    const sendable = headers.get('Access-Control-Allow-Headers')?.toLowerCase().split(',')
    expect(sendable).toEqual(expect.arrayContaining(['authorization', 'content-type']))
  })

  it.each([
    'https://evil.example',
    'https://app.example.evil.example',
    'http://app.example',
    'https://app.example:8443',
    'null',
  ])('may not call when its origin is not configured: %s', async (origin) => {
    expect(granted((await get(configured, origin)).headers)).toBeNull()
    expect(granted((await preflight(configured, origin)).headers)).toBeNull()
  })

  it('gets the allowed methods of a path when OPTIONS is not a preflight', async () => {
    const headers = { Origin: ours }
    const { status, headers: said } = await configured('OPTIONS', '/v1/users', { headers })
    expect([status, said.get('Allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
    expect(said.get('Cache-Control')).toBe('no-store')
    expect((await configured('OPTIONS', '/v1/nothing')).status).toBe(404)
  })

  it('may not call when no origin is configured', async () => {
    for (const call of [app.call, app.with({ CORS_ORIGINS: ' , ' })]) {
      const { status, headers } = await get(call, ours)
      expect([status, granted(headers)]).toEqual([200, null])
      expect(granted((await preflight(call, ours)).headers)).toBeNull()
    }
  })
})
