import { describe, expect, it } from 'vitest'
import type { TestResponse } from '../support/app.ts'
import { databaseCalls } from '../support/database.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { protectedCases, prepare, cases } from './expectations.ts'

const { app, admin, viewer } = useApp()

/** How many calls of the database a request made, and its response. */
async function counted(request: () => Promise<TestResponse>) {
  const before = await databaseCalls()
  const response = await request()
  return { calls: (await databaseCalls()) - before, response }
}

const times = (calls: number) => ['never', 'once', 'twice'][calls]

describe('the database is asked', () => {
  it.each(cases.map((operation) => ({ ...operation, times: times(operation.expected.calls) })))(
    '$times for $id',
    async (operation) => {
      const send = await prepare(app, operation, await createUser(app, 'admin'))
      const { calls, response } = await counted(send)
      expect(response.status, response.text).toBe(operation.expected.status)
      expect(calls).toBe(operation.expected.calls)
    },
  )

  it('once for a login that fails, whether the address or the password is wrong', async () => {
    const login = (json: object) => counted(() => app.call('POST', '/v1/auth/login', { json }))
    const unknown = await login({ email: 'nobody@example.com', password: 'wrong' })
    expect([unknown.response.status, unknown.calls]).toEqual([401, 1])
    const wrong = await login({ email: admin.email, password: 'wrong' })
    expect([wrong.response.status, wrong.calls]).toEqual([401, 1])
  })
})

describe('the database is not asked', () => {
  it.each(protectedCases)('without a token: $id', async (operation) => {
    const send = await prepare(app, operation, admin)
    for (const token of [undefined, 'garbage']) {
      const { calls, response } = await counted(() => send({ token }))
      expect([response.status, calls]).toEqual([401, 0])
    }
  })

  const notForViewers = protectedCases.filter(({ expected }) => !expected.roles?.includes('viewer'))

  it.each(notForViewers)('where the role is too low: $id', async (operation) => {
    const send = await prepare(app, operation, viewer)
    const { calls, response } = await counted(send)
    expect([response.status, calls]).toEqual([403, 0])
  })

  it.each(cases.filter(({ body }) => body))(
    'for a body that is not valid: $id',
    async (operation) => {
      const send = await prepare(app, operation, admin)
      const bodies = [{ raw: '{' }, { json: {} }, { json: [] }, { json: { unknown: 1 } }]
      for (const body of bodies) {
        const { calls, response } = await counted(() => send(body))
        expect([[400, 422].includes(response.status), calls], response.text).toEqual([true, 0])
      }
    },
  )

  const withQuery = cases.filter(({ parameters }) => parameters.some((each) => each.in === 'query'))

  it.each(withQuery)('for a parameter that is not valid: $id', async (operation) => {
    const send = await prepare(app, operation, admin)
    const { calls, response } = await counted(() => send({ query: '?unknown=1' }))
    expect([response.status, calls], response.text).toEqual([422, 0])
  })

  it.each(cases.filter(({ path }) => path.includes('{id}')))(
    'for an id that is none: $id',
    async (operation) => {
      const send = await prepare(app, operation, admin)
      const { calls, response } = await counted(() => send({ path: { id: 'none' } }))
      expect([response.status, calls], response.text).toEqual([422, 0])
    },
  )

  it.each(
    protectedCases.filter(({ parameters }) => parameters.some(({ name }) => name === 'scope')),
  )("for other users' records without the right to them: $id", async (operation) => {
    const { roles = [] } = operation.expected
    const role = roles.includes('viewer') ? 'viewer' : 'analyst'
    const send = await prepare(app, operation, await createUser(app, role))
    for (const query of ['?scope=all', `?user_id=${admin.id}`]) {
      const { calls, response } = await counted(() => send({ query }))
      expect([response.status, calls]).toEqual([roles.includes(role) ? 404 : 403, 0])
    }
  })
})
