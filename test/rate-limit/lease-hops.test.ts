import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { RateLimiter } from '../../src/rate-limit/rate-limiter.ts'
import type { Call, TestResponse } from '../support/app.ts'
import { useClock } from '../support/clock.ts'
import { countingLimiter } from '../support/limiter.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app } = useApp()
const clock = useClock()

/** Refused before the database is asked, and counted all the same: fast enough for many. */
const read = (call: Call, { token }: User) => call('GET', '/v1/transactions?unknown=1', { token })

const remaining = ({ headers }: TestResponse) =>
  Number(/r=(\d+)/.exec(headers.get('RateLimit') ?? '')?.[1])

/** Sends requests one after the other, and says how often the Durable Object was asked. */
async function hopsOf(count: number, settings: Record<string, string>, caller?: User) {
  const { RATE_LIMITER, calls } = countingLimiter()
  const call = app.with({ ...settings, RATE_LIMITER })
  const who = caller ?? (await createUser(app, 'viewer'))
  const responses: TestResponse[] = []
  for (let i = 0; i < count; i++) responses.push(await read(call, who))
  return { hops: calls(), responses, who }
}

describe('a busy caller', () => {
  it('asks the counter for few of a hundred requests', async () => {
    const { hops, responses } = await hopsOf(100, { RATE_LIMIT_READ: '600/60' })
    expect(responses.every(({ status }) => status === 422)).toBe(true)
    expect(hops).toBeGreaterThan(9)
    expect(hops).toBeLessThan(40)
  })

  it('asks for each of them without leases', async () => {
    const off = { RATE_LIMIT_READ: '600/60', RATE_LIMIT_LEASES: 'false' }
    expect((await hopsOf(100, off)).hops).toBe(100)
  })

  it('is told in every response what is left, and it goes down by one', async () => {
    const { hops, responses } = await hopsOf(30, { RATE_LIMIT_READ: '1000/100000' })
    expect(hops).toBeLessThan(30)
    expect(responses.map(remaining)).toEqual(responses.map((_, index) => 999 - index))
    const policies = responses.map(({ headers }) => headers.get('RateLimit-Policy'))
    expect(new Set(policies)).toEqual(new Set(['"read";q=1000;w=100000']))
  })

  it('gets no request more than the limit, however near it is', async () => {
    const { responses, hops } = await hopsOf(44, { RATE_LIMIT_READ: '40/4000' })
    const statuses = responses.map(({ status }) => status)
    expect(statuses).toEqual([...Array(40).fill(422), ...Array(4).fill(429)])
    // Nothing of the remaining half was leased, and one of the refused requests asked the counter.
    expect(hops).toBeGreaterThan(21)
    expect(hops).toBeLessThan(41)
  })

  it('passes while its lease lasts when the counter fails, and then uncounted', async () => {
    const settings = { RATE_LIMIT_READ: '1000/100000' }
    const { who } = await hopsOf(12, settings)
    const limiter = env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(`user:${who.id}`))
    await runInDurableObject(limiter, (instance: RateLimiter) => {
      instance.take = () => Promise.reject(new Error('storage is gone'))
    })
    const { responses } = await hopsOf(12, settings, who)
    expect(responses.every(({ status }) => status === 422)).toBe(true)
    expect(responses[0]!.headers.get('RateLimit')).not.toBeNull()
    expect(responses[11]!.headers.get('RateLimit')).toBeNull()
  })
})

describe('a refused caller', () => {
  it('is refused without asking until Retry-After has passed, and then passes', async () => {
    const settings = { RATE_LIMIT_READ: '2/2' }
    const { responses, hops, who } = await hopsOf(6, settings)
    expect(responses.map(({ status }) => status)).toEqual([422, 422, 429, 429, 429, 429])
    expect(hops).toBe(3)
    const [last] = responses.slice(-1)
    expect(last!.headers.get('Retry-After')).toBe('1')
    expect(last!.headers.get('RateLimit')).toMatch(/^"read";r=0;t=[12]$/)
    clock.pass(1000)
    const after = await hopsOf(1, settings, who)
    expect([after.responses[0]!.status, after.hops]).toEqual([422, 1])
  })

  it('is not refused for another kind of request, nor is another user', async () => {
    const settings = { RATE_LIMIT_READ: '1/600', RATE_LIMIT_EXPENSIVE: '1/600' }
    const { who } = await hopsOf(3, settings)
    const call = app.with(settings)
    const expensive = () => call('GET', '/v1/dashboard?unknown=1', { token: who.token })
    expect((await expensive()).status).toBe(422)
    expect((await expensive()).status).toBe(429)
    expect((await read(call, await createUser(app, 'viewer'))).status).toBe(422)
  })

  it('feels a new limit at once, a looser one and a stricter one', async () => {
    const { who } = await hopsOf(2, { RATE_LIMIT_READ: '1/60' })
    // What the stricter limit had left owing is one empty bucket: ten milliseconds for a request.
    clock.pass(50)
    const loose = await hopsOf(1, { RATE_LIMIT_READ: '6000/60' }, who)
    expect(loose.responses[0]!.status).toBe(422)
    const tight = await hopsOf(2, { RATE_LIMIT_READ: '1/6000' }, who)
    expect(tight.responses.map(({ status }) => status)).toEqual([429, 429])
  })
})

it('guesses are counted one by one, and refused by the counter alone', async () => {
  const { RATE_LIMITER, calls } = countingLimiter()
  const call = app.with({ RATE_LIMITER, RATE_LIMIT_LOGIN_ADDRESS: '40/600' })
  const headers = { 'CF-Connecting-IP': '203.0.113.77' }
  for (let i = 0; i < 44; i++) await call('POST', '/v1/auth/login', { headers, json: {} })
  expect(calls()).toBe(44)
})
