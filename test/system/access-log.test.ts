import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { logEvent } from '../../src/lib/logger.ts'
import { faultyPath } from '../support/faults.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { loginAs, password } from '../support/users.ts'

const { app, admin } = useApp()
const lines: string[] = []

beforeAll(() => {
  for (const level of ['info', 'warn', 'error', 'log', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts) => void lines.push(parts.join(' ')))
  }
})
afterAll(() => void vi.restoreAllMocks())

const last = () => JSON.parse(lines.at(-1)!)

describe('The log', () => {
  it('has one line of JSON for a request, with its id, route, status and timings', async () => {
    const before = lines.length
    const { id } = await enter(admin)
    const { headers } = await admin.get(`/v1/transactions/${id}`)
    expect(lines).toHaveLength(before + 2)
    expect(last()).toMatchObject({
      level: 'info',
      event: 'request',
      request_id: headers.get('X-Request-Id'),
      method: 'GET',
      route: '/v1/transactions/:id',
      status: 200,
      db_calls: 1,
      limit_calls: 1,
      user_id: admin.id,
      role: 'admin',
    })
    expect(last().duration_ms).toBeGreaterThanOrEqual(last().db_ms)
    expect(Date.parse(last().time)).toBeCloseTo(Date.now(), -5)
  })

  it('has the code of a problem, and the error behind it without its message', async () => {
    const call = app.with({ NEON_FETCH_ENDPOINT: 'http://127.0.0.1:9/sql' })
    const { status } = await call('GET', '/v1/auth/me', { token: admin.token })
    expect(status).toBe(503)
    expect(last()).toMatchObject({ level: 'error', problem: 'database_unavailable' })
    expect(last().error.name).toBe('NeonDbError')
    expect(last().error.message).toBeUndefined()
  })

  it('has neither path nor query of a route that does not exist', async () => {
    const paths = ['/v1/zeppelin/of-somebody', '/zeppelin', '/v1/users/zeppelin/of-somebody']
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { status } = await app.call(method, `${path}?q=zeppelin`, { token: admin.token })
        expect([path, method, status]).toEqual([path, method, 404])
        expect(lines.at(-1)).not.toContain('zeppelin')
        expect(last()).toMatchObject({ route: 'none', method, status: 404 })
      }
    }
  })

  it('has frames of a stack only where they can be told from the message', () => {
    const error = new Error('short')
    const frames = '\n    at zeppelin (note.ts:1:1)\n    at real (src/app.ts:1:1)'
    error.stack = `Error: a message of two lines${frames}`
    logEvent('error', 'tried', {}, error)
    expect(last().error).toEqual({ name: 'Error', stack: [] })
    error.stack = `Error: short${frames}`
    logEvent('error', 'tried', {}, error)
    expect(last().error.stack).toEqual(['at zeppelin (note.ts:1:1)', 'at real (src/app.ts:1:1)'])
  })

  it('has keyed hashes of account and network for logins and refreshes', async () => {
    const attempt = async (email: string, address: string) => {
      await app.call('POST', '/v1/auth/login', {
        headers: { 'CF-Connecting-IP': address },
        json: { email, password: 'not the password' },
      })
      return last()
    }
    const one = await attempt('traced@example.com', '198.51.100.1')
    expect(one).toMatchObject({
      status: 401,
      account_hash: expect.stringMatching(/^[\w-]{16}$/),
      network_hash: expect.stringMatching(/^[\w-]{16}$/),
    })
    const { account_hash: account, network_hash: network } = one
    expect(await attempt('Traced@example.com', '198.51.100.1')).toMatchObject({
      ...{ account_hash: account, network_hash: network },
    })
    const other = await attempt('other@example.com', '198.51.100.2')
    expect(other.account_hash).not.toBe(account)
    expect(other.network_hash).not.toBe(network)
    const headers = { 'CF-Connecting-IP': '198.51.100.1' }
    await app.call('POST', '/v1/auth/refresh', { headers, json: { refresh_token: 'unknown' } })
    expect(last()).toMatchObject({ network_hash: network })
  })

  it('tells a database that is unreachable from one that is slow or refuses the role', async () => {
    const ask = async (settings: Record<string, string>) => {
      const { status } = await app.with(settings)('GET', '/v1/auth/me', { token: admin.token })
      expect(status).toBe(503)
      return last().error
    }
    const nowhere = { NEON_FETCH_ENDPOINT: 'http://127.0.0.1:9/sql' }
    expect((await ask(nowhere)).reason).toBe('unreachable')
    const behind = (plan: string) => ({ NEON_FETCH_ENDPOINT: faultyPath(plan).endpoint })
    const slow = { ...behind('no-answer-hang,no-answer-hang'), DATABASE_DEADLINE_MS: '500' }
    expect((await ask(slow)).reason).toBe('timeout')
    expect((await ask(behind('500,500,500'))).reason).toBe('http_500')
    const role = await ask({ DATABASE_URL: app.database.appUrl.replace(/:[^:@]+@/, ':wrong@') })
    expect([role.sqlstate, role.reason]).toEqual(['28P01', undefined])
  })

  it('says why a readiness check failed', async () => {
    const headers = { 'CF-Connecting-IP': '198.51.100.210' }
    await app.with({ NEON_FETCH_ENDPOINT: 'http://127.0.0.1:9/sql' })('GET', '/health/ready', {
      headers,
    })
    expect(last()).toMatchObject({ status: 503, error: { reason: 'unreachable' } })
  })

  it('names the setting that is wrong', async () => {
    await app.with({ RATE_LIMIT_READ: 'many' })('GET', '/v1/auth/me')
    expect(last().error).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('RATE_LIMIT_READ'),
    })
    expect(lines.at(-1)).not.toContain('many')
  })

  it('has no token, password, address or text of a user, whatever happens', async () => {
    const secret = 'an unusual note, only for the log'
    const { refreshToken } = await loginAs(app, admin)
    const { id } = await enter(admin, { notes: secret, category: 'Zebra feed' })
    await admin.get('/v1/transactions?q=only%20for%20the%20log&category=Zebra%20feed')
    await admin.patch(`/v1/transactions/${id}`, { notes: `${secret} again` })
    await admin.post('/v1/transactions', { notes: secret, amount: 'much' })
    await admin.get('/v1/users?q=unusual%40example.com')
    const user = { email: 'unusual@example.com', name: 'Unusual Name', role: 'viewer', password }
    await admin.post('/v1/users', user)
    await admin.post('/v1/users', user)
    await app.call('POST', '/v1/auth/login', { json: { email: user.email, password } })
    await app.call('POST', '/v1/auth/login', { json: { email: user.email, password: 'a bad one' } })
    await app.call('POST', '/v1/auth/refresh', { json: { refresh_token: refreshToken } })
    await app.call('GET', '/v1/auth/me', { token: `${admin.token}x` })
    const log = lines.join('\n')
    for (const text of [
      ...['only for the log', 'Zebra', 'unusual@', 'Unusual Name', password, 'a bad one'],
      ...[admin.token, refreshToken, admin.email, 'select ', 'insert '],
    ]) {
      expect(log).not.toContain(text)
    }
  })
})
