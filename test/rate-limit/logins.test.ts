import { env } from 'cloudflare:workers'
import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { accountPrincipal } from '../../src/rate-limit/principal.ts'
import type { RateLimiter } from '../../src/rate-limit/rate-limiter.ts'
import { useClock } from '../support/clock.ts'
import { useApp } from '../support/use-app.ts'
import { insertUser, password } from '../support/users.ts'

const { app } = useApp()
const clock = useClock()
let networks = 0

const newAddress = () => `192.0.2.${++networks}`

const tryLogin = (email: string, address: string, secret = 'not the password', call = app.call) =>
  call('POST', '/v1/auth/login', {
    headers: { 'CF-Connecting-IP': address },
    json: { email, password: secret },
  })

/** So many wrong passwords, one after the other. */
async function fail(email: string, address: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    expect((await tryLogin(email, address)).status).toBe(401)
  }
}

describe('After wrong passwords', () => {
  it('a network waits, even for the right one, and longer after each', async () => {
    const { email } = await insertUser(app, 'viewer')
    const address = newAddress()
    await fail(email, address, 5)
    const refused = await tryLogin(email, address, password)
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited'])
    expect(refused.headers.get('Retry-After')).toBe('1')
    clock.pass(1000)
    await fail(email, address, 1)
    const again = await tryLogin(email, address, password)
    expect([again.status, again.headers.get('Retry-After')]).toEqual([429, '2'])
    clock.pass(2000)
    expect((await tryLogin(email, address, password)).status).toBe(200)
    await fail(email, address, 5)
  })

  it('no other network and no other account waits', async () => {
    const [{ email }, other] = [await insertUser(app, 'viewer'), await insertUser(app, 'viewer')]
    const address = newAddress()
    await fail(email, address, 5)
    expect((await tryLogin(email, address)).status).toBe(429)
    expect((await tryLogin(email, newAddress(), password)).status).toBe(200)
    expect((await tryLogin(other.email, address, password)).status).toBe(200)
  })

  it('an account that does not exist, or is not active, gets the same response', async () => {
    const [{ email }, inactive] = [
      await insertUser(app, 'viewer'),
      await insertUser(app, 'viewer', false),
    ]
    const accounts = [email, inactive.email, 'nobody-at-all@example.com']
    const seen = await Promise.all(
      accounts.map(async (account) => {
        const address = newAddress()
        const responses: unknown[] = []
        for (let i = 0; i < 7; i++) {
          const { status, body, headers } = await tryLogin(account, address)
          const { request_id: _, ...rest } = body
          responses.push([
            status,
            rest,
            headers.get('Retry-After'),
            headers.get('RateLimit-Policy'),
          ])
        }
        return responses
      }),
    )
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
  })

  it('guesses that are sent at once are no better than guesses in a row', async () => {
    const { email } = await insertUser(app, 'viewer')
    const address = newAddress()
    const responses = await Promise.all(Array.from({ length: 40 }, () => tryLogin(email, address)))
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(35)
  })
})

describe('Strangers who try an account from many networks', () => {
  it('are stopped together, and do not stop a network that its owner logged in from', async () => {
    const { email } = await insertUser(app, 'viewer')
    const home = newAddress()
    const call = app.with({ RATE_LIMIT_LOGIN_ACCOUNT: '3/600' })
    expect((await tryLogin(email, home, password, call)).status).toBe(200)
    const attack = async () => (await tryLogin(email, newAddress(), 'a guess', call)).status
    expect([await attack(), await attack(), await attack()]).toEqual([401, 401, 429])
    expect((await tryLogin(email, newAddress(), password, call)).status).toBe(429)
    expect((await tryLogin(email, home, password, call)).status).toBe(200)
    expect((await tryLogin(email, home, 'a mistake', call)).status).toBe(401)
    expect((await tryLogin(email, home, password, call)).status).toBe(200)
  })

  it('leave no wait behind for a known network', async () => {
    const { email } = await insertUser(app, 'viewer')
    const home = newAddress()
    const call = app.with({ RATE_LIMIT_LOGIN_ACCOUNT: '2/600' })
    await tryLogin(email, home, password, call)
    expect((await tryLogin(email, home, 'a mistake', call)).status).toBe(401)
    expect((await tryLogin(email, home, 'a mistake', call)).status).toBe(401)
    const own = await tryLogin(email, home, 'a mistake', call)
    expect(own.status).toBe(429)
    expect(Number(own.headers.get('Retry-After'))).toBeGreaterThan(0)
  })
})

describe('The counter of an account', () => {
  it('remembers networks when it is evicted and loaded again', async () => {
    const { email } = await insertUser(app, 'viewer')
    const home = newAddress()
    await tryLogin(email, home, password)
    const limiter = env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(await accountPrincipal(email)))
    const stored = await runInDurableObject(limiter, (_instance, state) =>
      state.storage.get<{ known: Map<string, number> }>('logins'),
    )
    expect([...stored!.known.keys()]).toEqual([`address:${home}`])
  })

  it('that fails stops the login before the password is checked', async () => {
    const { email } = await insertUser(app, 'viewer')
    const principal = await accountPrincipal(email)
    const limiter = env.RATE_LIMITER.get(env.RATE_LIMITER.idFromName(principal))
    await runInDurableObject(limiter, (instance: RateLimiter) => {
      instance.attemptLogin = () => Promise.reject(new Error('storage is gone'))
    })
    const { status, body, headers } = await tryLogin(email, newAddress(), password)
    expect([status, body.code]).toEqual([503, 'rate_limiter_unavailable'])
    expect(headers.get('Server-Timing')).not.toContain('db;')
  })
})
