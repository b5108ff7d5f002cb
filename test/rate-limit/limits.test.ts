import { env } from 'cloudflare:workers'
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { useClock } from '../support/clock.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, insertUser, password, type User } from '../support/users.ts'
import type { Bucket } from '../../src/rate-limit/gcra.ts'
import type { RateLimiter } from '../../src/rate-limit/rate-limiter.ts'

const { app, analyst } = useApp()
const clock = useClock()
let addresses = 0

/** An address that no other test has used. */
const newAddress = () => `198.51.100.${++addresses}`

const limiterOf = (principal: string) =>
  env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(principal))

describe('The limit on reads', () => {
  it('is in every response, and refuses requests beyond it', async () => {
    const call = app.with({ RATE_LIMIT_READ: '3/60' })
    const token = (await createUser(app, 'viewer')).token
    const read = () => call('GET', '/v1/auth/me', { token })
    const first = await read()
    expect(first.headers.get('RateLimit-Policy')).toBe('"read";q=3;w=60')
    expect(first.headers.get('RateLimit')).toMatch(/^"read";r=2;t=20$/)
    await read()
    await read()
    const refused = await read()
    expect(refused.status).toBe(429)
    expect(refused.body.code).toBe('rate_limited')
    const wait = Number(refused.headers.get('Retry-After'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(20)
    expect(refused.headers.get('RateLimit')).toMatch(/^"read";r=0;/)
  })

  it('counts each user and each kind of request separately', async () => {
    const call = app.with({ RATE_LIMIT_READ: '1/60', RATE_LIMIT_EXPENSIVE: '1/60' })
    const one = await createUser(app, 'viewer')
    const other = await createUser(app, 'viewer')
    const status = async (who: User, path: string) =>
      (await call('GET', path, { token: who.token })).status
    expect(await status(one, '/v1/auth/me')).toBe(200)
    expect(await status(one, '/v1/auth/me')).toBe(429)
    expect(await status(other, '/v1/auth/me')).toBe(200)
    expect(await status(one, '/v1/dashboard/summary')).toBe(200)
    expect(await status(one, '/v1/dashboard/summary')).toBe(429)
  })

  it('holds when all requests come at once', async () => {
    const call = app.with({ RATE_LIMIT_READ: '10/600' })
    const { token } = await createUser(app, 'viewer')
    const responses = await Promise.all(
      Array.from({ length: 40 }, () => call('GET', '/v1/auth/me', { token })),
    )
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(30)
  })
})

describe('The limit on logins', () => {
  it('counts an IP address before any password is checked', async () => {
    const call = app.with({ RATE_LIMIT_LOGIN_ADDRESS: '2/60' })
    const { email } = await insertUser(app, 'viewer')
    const headers = { 'CF-Connecting-IP': newAddress() }
    const attempt = (json: object) => call('POST', '/v1/auth/login', { headers, json })
    expect((await attempt({ email, password: 'wrong' })).status).toBe(401)
    expect((await attempt({ nonsense: true })).status).toBe(422)
    const refused = await attempt({ email, password })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Server-Timing')).not.toContain('db;')
    const elsewhere = { 'CF-Connecting-IP': newAddress() }
    const other = await call('POST', '/v1/auth/login', {
      headers: elsewhere,
      json: { email, password },
    })
    expect(other.status).toBe(200)
  })

  it('counts an account from every address and however it is written', async () => {
    const call = app.with({ RATE_LIMIT_LOGIN_ACCOUNT: '2/600' })
    const { email } = await insertUser(app, 'viewer')
    const attempt = (address: string) =>
      call('POST', '/v1/auth/login', {
        headers: { 'CF-Connecting-IP': newAddress() },
        json: { email: address, password: 'wrong' },
      })
    expect((await attempt(email)).status).toBe(401)
    expect((await attempt(email.toUpperCase())).status).toBe(401)
    const refused = await attempt(email)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    // Its headers would tell a stranger how often others have tried the account.
    expect(refused.headers.get('RateLimit-Policy')).not.toContain('login_account')
    expect(refused.headers.get('RateLimit')).not.toContain('login_account')
  })

  it('counts an IPv6 network as one address', async () => {
    const call = app.with({ RATE_LIMIT_LOGIN_ADDRESS: '1/60' })
    const attempt = (address: string) =>
      call('POST', '/v1/auth/login', {
        headers: { 'CF-Connecting-IP': address },
        json: { email: 'nobody@example.com', password },
      })
    expect((await attempt('2001:db8:7:7::1')).status).toBe(401)
    expect((await attempt('2001:db8:7:7:ffff::2')).status).toBe(429)
    expect((await attempt('2001:db8:7:8::1')).status).toBe(401)
  })
})

it('Counts invalid tokens by address', async () => {
  const call = app.with({ RATE_LIMIT_ANONYMOUS: '1/60' })
  const headers = { 'CF-Connecting-IP': newAddress() }
  expect((await call('GET', '/v1/auth/me', { token: 'bad', headers })).status).toBe(401)
  expect((await call('GET', '/v1/auth/me', { headers })).status).toBe(429)
  const good = await call('GET', '/v1/auth/me', { token: analyst.token, headers })
  expect(good.status).toBe(200)
})

describe('A rate limiter that fails', () => {
  const breakLimiter = (principal: string) =>
    runInDurableObject(limiterOf(principal), (instance: RateLimiter) => {
      instance.take = () => Promise.reject(new Error('storage is gone'))
    })

  it('stops no request of a user', async () => {
    const viewer = await createUser(app, 'viewer')
    await breakLimiter(`user:${viewer.id}`)
    const { status, headers } = await viewer.get('/v1/transactions')
    expect(status).toBe(200)
    expect(headers.get('RateLimit')).toBeNull()
  })

  it('stops guesses of the own password', async () => {
    const viewer = await createUser(app, 'viewer')
    await breakLimiter(`user:${viewer.id}`)
    const { status, body } = await viewer.post('/v1/auth/password', {
      current_password: 'a guess that is wrong',
      new_password: 'eight dry umbrellas',
    })
    expect(status).toBe(503)
    expect(body.code).toBe('rate_limiter_unavailable')
  })

  it('stops logins', async () => {
    const address = newAddress()
    await breakLimiter(`address:${address}`)
    const { email } = await insertUser(app, 'viewer')
    const { status, body, headers } = await app.call('POST', '/v1/auth/login', {
      headers: { 'CF-Connecting-IP': address },
      json: { email, password },
    })
    expect(status).toBe(503)
    expect(body.code).toBe('rate_limiter_unavailable')
    expect(headers.get('Retry-After')).toBe('5')
  })
})

describe('The counters of a caller', () => {
  const take = (principal: string) => limiterOf(principal).take('read', { requests: 2, seconds: 1 })

  it('outlive the object in memory', async () => {
    await take('user:evicted')
    const stored = await runInDurableObject(limiterOf('user:evicted'), (_instance, state) =>
      state.storage.get<Map<string, Bucket>>('buckets'),
    )
    expect(stored?.get('read')?.backlogMs).toBe(500)
  })

  it('are deleted once nothing is left to remember', async () => {
    await take('user:idle')
    clock.pass(1000)
    await runDurableObjectAlarm(limiterOf('user:idle'))
    const left = await runInDurableObject(limiterOf('user:idle'), (_instance, state) =>
      state.storage.list(),
    )
    expect(left.size).toBe(0)
    expect((await take('user:idle')).remaining).toBe(1)
  })
})
