import fc from 'fast-check'
import { expect } from 'vitest'
import type { Role } from '../../../src/db/enums.ts'
import { password } from '../../support/users.ts'
import { activeAdmins, type Model, type ModelUser } from './state.ts'
import { callerOf, expectStatus, pick, turnedAway } from './rules.ts'
import { index, type Command } from './write-commands.ts'
import type { World } from './world.ts'

const role = fc.constantFrom<Role>('viewer', 'analyst', 'admin')

/** Changes somebody; whose old token is good no longer, where anything changed. */
async function change(
  model: Model,
  real: World,
  [caller, target]: readonly [ModelUser, ModelUser],
  patch: Partial<Pick<ModelUser, 'role' | 'active'>>,
) {
  const before = real.tokenOf(target)
  const response = await real.call(caller, 'PATCH', `/v1/users/${target.id}`, {
    json: patch,
    headers: { 'If-Match': '*' },
  })
  const after = { ...target, ...patch }
  const admins = activeAdmins(model)
  const isLast = admins.length === 1 && admins[0] === target
  const leaves = !after.active || after.role !== 'admin'
  const refused = turnedAway(caller, 'admin') ?? (isLast && leaves ? 409 : undefined)
  expectStatus(response, refused ?? 200)
  if (refused !== undefined || (after.role === target.role && after.active === target.active))
    return
  Object.assign(target, patch)
  expect(response.body).toMatchObject({ id: target.id, role: target.role, active: target.active })
  const stale = await real.call(target, 'GET', '/v1/auth/me', { token: before })
  expectStatus(stale, 401)
  if (target.active) await real.enterAgain(target)
}

export const changeRole = fc.record({ caller: index, target: index, role }).map((a): Command => ({
  check: () => true,
  toString: () => `change role ${JSON.stringify(a)}`,
  run: (model, real) =>
    change(model, real, [callerOf(model, a.caller), pick(model.users, a.target)], {
      role: a.role,
    }),
}))

export const setActive = fc
  .record({ caller: index, target: index, active: fc.boolean() })
  .map((a): Command => ({
    check: () => true,
    toString: () => `set active ${JSON.stringify(a)}`,
    run: (model, real) =>
      change(model, real, [callerOf(model, a.caller), pick(model.users, a.target)], {
        active: a.active,
      }),
  }))

let addresses = 0

/** A caller makes a user, now and then with an address that is taken. */
export const createUser = fc
  .record({ caller: index, role, taken: fc.boolean() })
  .map((a): Command => ({
    check: ({ users }) => users.length < 9,
    toString: () => `create user ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = callerOf(model, a.caller)
      const email = a.taken
        ? pick(model.users, a.caller + 1).email
        : `model-${++addresses}@example.com`
      const response = await real.call(caller, 'POST', '/v1/users', {
        json: { email, name: 'Somebody', role: a.role, password: 'nine dry sandals' },
      })
      const refused = turnedAway(caller, 'admin') ?? (a.taken ? 409 : undefined)
      expectStatus(response, refused ?? 201)
      if (refused !== undefined) return
      const user = { id: response.body.id, email, role: a.role, tokenRole: a.role, active: true }
      model.users.push(user)
      await real.enterAgain(user)
    },
  }))

/** Logging in works for those who are active, and the token that comes back works. */
export const login = fc.record({ user: index }).map((a): Command => ({
  check: () => true,
  toString: () => `login ${JSON.stringify(a)}`,
  async run(model, real) {
    const user = pick(model.users.slice(0, 5), a.user)
    const response = await real.call(user, 'POST', '/v1/auth/login', {
      json: { email: user.email, password },
    })
    expectStatus(response, user.active ? 200 : 401)
    if (user.active) real.keepToken(user, response.body.access_token)
  },
}))

/** Admins see who is active; nobody else sees anybody. */
export const listUsers = fc.record({ caller: index }).map((a): Command => ({
  check: () => true,
  toString: () => `list users ${JSON.stringify(a)}`,
  async run(model, real) {
    const caller = callerOf(model, a.caller)
    const response = await real.call(caller, 'GET', '/v1/users?active=true&limit=100')
    const refused = turnedAway(caller, 'admin')
    expectStatus(response, refused ?? 200)
    if (refused !== undefined) return
    const listed = response.body.data.map((user: ModelUser) => `${user.id} ${user.role}`)
    const expected = model.users.filter(({ active }) => active)
    expect(listed.toSorted()).toEqual(expected.map((user) => `${user.id} ${user.role}`).toSorted())
  },
}))
