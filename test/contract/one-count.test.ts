import { beforeAll, describe, expect, it } from 'vitest'
import type { Call, TestResponse } from '../support/app.ts'
import { countingLimiter } from '../support/limiter.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { protectedCases, prepare, cases } from './expectations.ts'

const { RATE_LIMITER, calls } = countingLimiter()
const { app, admin } = useApp()
let via: Call
let addresses = 0

beforeAll(() => {
  via = app.with({ RATE_LIMITER })
})

/** An address that nobody has counted yet, so that nothing of it is on lease. */
const newAddress = () => ({ 'CF-Connecting-IP': `2001:db8:c0:${(++addresses).toString(16)}::1` })

async function counted(request: () => Promise<TestResponse>) {
  const before = calls()
  const response = await request()
  return { response, asked: calls() - before }
}

/** What is not counted, and what is counted more than once. All others are asked for once. */
const exceptions: Record<string, number> = {
  getHealth: 0,
  getProblemKind: 0,
  // The address, then the account, and then the account again: the attempt was right.
  login: 3,
  // The caller, and the account of the user.
  getLoginAttempts: 2,
}

const times = (count: number) => ['no call', 'one call', 'two calls', 'three calls'][count]

describe('The rate limiter', () => {
  const all = cases.map((operation) => {
    const expected = exceptions[operation.id] ?? 1
    return { operation, id: operation.id, asked: expected, times: times(expected) }
  })

  it.each(all)('gets $times from $id', async ({ operation, asked }) => {
    const send = await prepare(app, operation, await createUser(app, 'admin'))
    const result = await counted(() => send({ via, headers: newAddress() }))
    expect(result.response.status, result.response.text).toBe(operation.expected.status)
    expect(result.asked).toBe(asked)
  })

  it('is called twice by a login that fails', async () => {
    const json = { email: admin.email, password: 'wrong' }
    const { response, asked } = await counted(() =>
      via('POST', '/v1/auth/login', { json, headers: newAddress() }),
    )
    expect([response.status, asked]).toEqual([401, 2])
  })

  it('is called once by a login with an invalid body, because the account is unknown', async () => {
    const { response, asked } = await counted(() =>
      via('POST', '/v1/auth/login', { json: {}, headers: newAddress() }),
    )
    expect([response.status, asked]).toEqual([422, 1])
  })

  it.each(protectedCases)(
    'is called once without a token and with an invalid one: $id',
    async (operation) => {
      const send = await prepare(app, operation, admin)
      for (const token of [undefined, 'garbage']) {
        const { response, asked } = await counted(() => send({ via, token, headers: newAddress() }))
        expect([response.status, asked]).toEqual([401, 1])
      }
    },
  )

  it('is not called by an unknown path', async () => {
    const { response, asked } = await counted(() =>
      via('GET', '/v1/nothing', { token: admin.token }),
    )
    expect([response.status, asked]).toEqual([404, 0])
  })
})
