import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { RateLimiter } from '../../src/rate-limit/rate-limiter.ts'
import { useApp } from '../support/use-app.ts'
import { databaseCalls } from '../support/database.ts'

const { app } = useApp()

const from = (address: string) => ({ headers: { 'CF-Connecting-IP': address } })

describe('The health check', () => {
  it('needs neither the database nor the rate limiter', async () => {
    const before = await databaseCalls()
    const { status, body } = await app.call('GET', '/health')
    expect(status).toBe(200)
    expect(body).toEqual({ status: 'ok' })
    expect(await databaseCalls()).toBe(before)
  })

  it('is ready when the database and the rate limiter respond', async () => {
    const { status, body } = await app.call('GET', '/health/ready', from('198.51.100.200'))
    expect(status).toBe(200)
    expect(body).toEqual({ status: 'ready', checks: { database: 'ok', rate_limiter: 'ok' } })
  })

  it('is not ready without the database, and says so', async () => {
    const call = app.with({ NEON_FETCH_ENDPOINT: 'http://127.0.0.1:9/sql' })
    const { status, body } = await call('GET', '/health/ready', from('198.51.100.201'))
    expect(status).toBe(503)
    expect(body).toEqual({
      status: 'not_ready',
      checks: { database: 'failed', rate_limiter: 'ok' },
    })
  })

  it('is not ready without the rate limiter, and says so', async () => {
    const id = env.RATE_LIMITER.idFromName('address:198.51.100.202')
    await runInDurableObject(env.RATE_LIMITER.get(id), (limiter: RateLimiter) => {
      limiter.take = () => Promise.reject(new Error('storage is gone'))
    })
    const { status, body } = await app.call('GET', '/health/ready', from('198.51.100.202'))
    expect(status).toBe(503)
    expect(body.checks).toEqual({ database: 'ok', rate_limiter: 'failed' })
  })

  it('does not query the database for a client that asks too often', async () => {
    const call = app.with({ RATE_LIMIT_ANONYMOUS: '1/60' })
    await call('GET', '/health/ready', from('198.51.100.203'))
    const { status, headers } = await call('GET', '/health/ready', from('198.51.100.203'))
    expect(status).toBe(429)
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(20)
    expect(headers.get('RateLimit-Policy')).toBe('"anonymous";q=1;w=60')
  })
})

describe('The environment', () => {
  it.each([
    ['JWT_SECRET', 'short'],
    ['RATE_LIMIT_READ', '10 per minute'],
    ['RATE_LIMIT_READ', '0/59'],
    ['DATABASE_URL', 'mysql://me:hidden@somewhere'],
    ['LOGIN_DATABASE_URL', 'mysql://me:hidden@somewhere'],
    ['NEON_FETCH_ENDPOINT', 'garbage'],
    ['NEON_FETCH_ENDPOINT', 'localhost:4445/sql'],
  ])(
    'with the invalid %s %j is refused by name, without showing the value',
    async (name, value) => {
      const call = app.with({ [name]: value })
      const { status, text, body } = await call('GET', '/health/ready')
      expect(status).toBe(500)
      expect(body.code).toBe('not_configured')
      expect(body.detail).toMatch(new RegExp(`^${name} must`))
      expect(text).not.toContain(value)
    },
  )

  it('without secrets leaves the public pages working, and the rest says what to set', async () => {
    const call = app.with({ DATABASE_URL: undefined, LOGIN_DATABASE_URL: '', JWT_SECRET: '' })
    for (const path of ['/', '/health', '/ui', '/openapi.json']) {
      expect([path, (await call('GET', path)).status]).toEqual([path, 200])
    }
    for (const path of ['/health/ready', '/v1/auth/me', '/v1/nowhere', '/nowhere']) {
      const { status, headers, body } = await call('GET', path)
      expect([status, headers.get('Content-Type')]).toEqual([500, 'application/problem+json'])
      expect(body).toMatchObject({
        type: '/problems/not_configured',
        title: 'The Worker is not configured',
        detail:
          'DATABASE_URL is missing. LOGIN_DATABASE_URL is missing. JWT_SECRET is missing. Set them in .dev.vars or with ' +
          '`wrangler secret put`, or use `npm run dev`, which needs no settings.',
      })
    }
  })
})

describe('An error code', () => {
  it('is explained at the address in the problem document', async () => {
    const { body } = await app.call('GET', '/v1/nowhere')
    const { status, body: kind } = await app.call('GET', body.type)
    expect(status).toBe(200)
    expect(kind).toEqual({
      type: '/problems/not_found',
      code: 'not_found',
      title: 'Not found',
      status: 404,
    })
  })
})

describe('The documentation', () => {
  it('is a page of our own files, with a policy that allows nothing else', async () => {
    const { status, text, headers } = await app.call('GET', '/ui')
    expect(status).toBe(200)
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? []
    expect(text).toContain(`<script nonce="${nonce}">`)
    expect(text).not.toMatch(/<script>|https?:\/\//)
  })

  it('is OpenAPI 3.1', async () => {
    const { status, body } = await app.call('GET', '/openapi.json')
    expect(status).toBe(200)
    expect(body.openapi).toMatch(/^3\.1/)
  })
})

describe('The root of the API', () => {
  it('sends a browser to the documentation, and a program its names', async () => {
    const ask = (accept: string) => app.call('GET', '/', { headers: { Accept: accept } })
    const browser = await ask('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')
    expect([browser.status, browser.headers.get('Location')]).toEqual([302, '/ui'])
    for (const accept of ['*/*', 'application/json', '']) {
      const { status, body } = await ask(accept)
      expect([status, body.docs]).toEqual([200, '/ui'])
    }
  })
})
