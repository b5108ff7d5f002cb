import { describe, expect, it } from 'vitest'
import { issueLoginPass } from '../../src/access/login-passes.ts'
import { testSecret, type Call } from '../support/app.ts'
import { useClock } from '../support/clock.ts'
import { startedTotp, recoveryCode } from '../support/second-factors.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, insertUser, password, type Account } from '../support/users.ts'

const { app, admin } = useApp()
const clock = useClock()
let networks = 0

const LIMIT = { RATE_LIMIT_LOGIN_ACCOUNT: '6/600' }
const limited = app.with(LIMIT)
const newAddress = () => `2001:db8:d:${(++networks).toString(16)}::1`

interface Attempt {
  secret?: string
  more?: object
  address?: string
  call?: Call
}

/** A login, from a new network unless told otherwise. */
const logIn = ({ email }: Account, attempt: Attempt = {}) => {
  const { secret = password, more, address = newAddress(), call = limited } = attempt
  return call('POST', '/v1/auth/login', {
    headers: { 'CF-Connecting-IP': address },
    json: { email, password: secret, ...more },
  })
}

const statusOf = async (account: Account, attempt?: Attempt) =>
  (await logIn(account, attempt)).status

/** Wrong passwords until strangers, and the owner from a new network, are refused. */
async function attack(account: Account): Promise<void> {
  for (let i = 0; i < 20; i++) {
    if ((await statusOf(account, { secret: 'a guess' })) === 429) return
  }
  throw new Error('strangers are not stopped')
}

/** A user with the token of a device, whose account is under attack then. */
async function attacked() {
  const user = await insertUser(app, 'viewer')
  const first = await logIn(user)
  expect(first.status).toBe(200)
  const token: string = first.body.device_token
  await attack(user)
  return { user, token, more: { device_token: token }, session: first.body.access_token as string }
}

/** What a token is worth: how many wrong passwords are compared under attack. */
async function guesses(user: Account, more: object): Promise<number> {
  let compared = 0
  for (let i = 0; i < 12; i++) {
    if ((await statusOf(user, { secret: 'a guess', more })) === 401) compared++
  }
  return compared
}

describe('A device that logged in before', () => {
  it('logs in from any network while strangers have used up the limit of the account', async () => {
    const { user, more } = await attacked()
    expect(await statusOf(user)).toBe(429)
    const again = await logIn(user, { more })
    expect(again.status).toBe(200)
    expect(again.body.device_token).toMatch(/^ebd_[0-9a-f-]{36}\.\d{10}\.[\w-]{43}$/)
    expect(await statusOf(user, { more: { device_token: again.body.device_token } })).toBe(200)
    expect(await statusOf(user, { secret: 'a mistake', more })).toBe(401)
    expect(await statusOf(user, { more })).toBe(200)
    const rows = await app.sql`select id from data.devices where user_id = ${user.id}`
    expect(rows).toHaveLength(1)
  })

  it('is not slowed down by failures of its network', async () => {
    const { user, more } = await attacked()
    const address = newAddress()
    const other = await insertUser(app, 'viewer')
    for (let i = 0; i < 5; i++) await logIn(other, { secret: 'a guess', address })
    expect(await statusOf(user, { more, address })).toBe(200)
  })

  it('needs its code all the same', async () => {
    const { user, more } = await attacked()
    await startedTotp(app, user, true)
    expect((await logIn(user, { more })).body.code).toBe('totp_required')
    expect(await statusOf(user, { more: { ...more, code: 'XXXX-XXXX-XXXX-XXXX' } })).toBe(401)
    expect(await statusOf(user, { more: { ...more, code: recoveryCode } })).toBe(200)
  })

  it('loses its limit for a day after five wrong passwords, also when they are sent at once', async () => {
    for (const together of [false, true]) {
      const { user, more } = await attacked()
      const guess = () => statusOf(user, { secret: 'a guess', more })
      const seen: number[] = []
      if (together) seen.push(...(await Promise.all(Array.from({ length: 12 }, guess))))
      else for (let i = 0; i < 12; i++) seen.push(await guess())
      expect(seen.filter((status) => status === 401).length).toBeLessThanOrEqual(5)
      expect(await statusOf(user, { more })).toBe(429)
    }
  })

  it('gets its limit back after a day', async () => {
    const { user, more } = await attacked()
    expect(await guesses(user, more)).toBeLessThanOrEqual(5)
    expect(await statusOf(user, { more })).toBe(429)
    clock.pass(86_400_000)
    await attack(user)
    expect(await statusOf(user, { more })).toBe(200)
  })

  it('is one of at most fifty of a user, and the one used least recently is forgotten', async () => {
    const { user, more } = await attacked()
    await app.sql`insert into data.devices (id, user_id, last_used_at, expires_at)
      select gen_random_uuid(), ${user.id}, now() + i * interval '1 second', now() + interval '1 day'
        from generate_series(1, 50) i`
    expect(await statusOf(user, { more, call: app.call })).toBe(200)
    const [{ count } = { count: 0 }] = await app.sql`
      select count(*)::integer as count from data.devices where user_id = ${user.id}`
    expect(count).toBe(50)
    expect(await statusOf(user, { more })).toBe(200)
  })
})

describe('A device token gives no more guesses', () => {
  it('when it is garbled, foreign, expired, of another kind or signed with another secret', async () => {
    const { user, token } = await attacked()
    const foreign = await attacked()
    const id = token.slice(4, 40)
    const pass = { kind: 'device', id, expiresAt: new Date(Date.now() + 60_000) } as const
    const expired = { ...pass, expiresAt: new Date(Date.now() - 1000) }
    const elsewhere = 'another secret that is also 32 bytes or more'
    const tokens = [
      'ebd_',
      `${token}x`,
      token.slice(0, -1),
      token.toUpperCase(),
      token.replace('ebd_', 'ebu_'),
      token.replace(/\.\d{10}\./, '.9999999999.'),
      token.replace(id, foreign.token.slice(4, 40)),
      foreign.token,
      await issueLoginPass([testSecret], user.email, expired),
      await issueLoginPass([elsewhere], user.email, pass),
    ]
    for (const device_token of tokens) {
      expect([device_token, await guesses(user, { device_token })]).toEqual([device_token, 0])
    }
    // The same, made well, is taken.
    const made = await issueLoginPass([testSecret], user.email, pass)
    expect(await statusOf(user, { more: { device_token: made } })).toBe(200)
  })

  it('ninety days after the login', async () => {
    const { user, more } = await attacked()
    clock.pass(90 * 86_400_000)
    await attack(user)
    expect(await guesses(user, more)).toBe(0)
  })

  const signedIn = (token: string) => ({
    delete: (path: string) => app.call('DELETE', path, { token }),
  })

  it.each<[string, (user: Account, session: string) => Promise<unknown>]>([
    ['the row is deleted', ({ id }) => app.sql`delete from data.devices where user_id = ${id}`],
    [
      'the row has expired',
      ({ id }) => app.sql`update data.devices set expires_at = now() where user_id = ${id}`,
    ],
    [
      'an admin signs the user out everywhere',
      ({ id }) => admin.delete(`/v1/auth/sessions?user_id=${id}`),
    ],
    [
      'an admin resets the password',
      ({ id }) => admin.post(`/v1/users/${id}/password`, { password: 'nine dry raincoats' }),
    ],
    ['the user is deactivated', ({ id }) => admin.patch(`/v1/users/${id}`, { active: false })],
    [
      'its session is revoked',
      async (_user, session) => {
        const { body } = await app.call('GET', '/v1/auth/sessions', { token: session })
        return signedIn(session).delete(`/v1/auth/sessions/${body.data[0].id}`)
      },
    ],
  ])('after %s', async (_what, revoke) => {
    const { user, more, session } = await attacked()
    await revoke(user, session)
    expect(await guesses(user, more)).toBe(0)
  })

  it('on another device after the user signed out everywhere else', async () => {
    const user = await insertUser(app, 'viewer')
    const [first, second] = [await logIn(user), await logIn(user)]
    const more = { device_token: first.body.device_token }
    const token: string = second.body.access_token
    expect((await signedIn(token).delete('/v1/auth/sessions')).status).toBe(200)
    await attack(user)
    expect(await guesses(user, more)).toBe(0)
    expect(await statusOf(user, { more: { device_token: second.body.device_token } })).toBe(200)
  })

  it('but stays valid after a logout', async () => {
    const { user, more, session } = await attacked()
    expect((await app.call('POST', '/v1/auth/logout', { token: session })).status).toBe(204)
    expect(await statusOf(user, { more })).toBe(200)
  })
})

describe('An account under attack', () => {
  const attemptsOf = async ({ id }: Account) => {
    const { status, body } = await limited('GET', `/v1/users/${id}/login-attempts`, {
      token: admin.token,
    })
    expect(status).toBe(200)
    return body
  }

  it('is shown to an admin, with what a first login has to wait', async () => {
    const user = await insertUser(app, 'viewer')
    const calm = {
      under_attack: false,
      failed_attempts: 0,
      sources: 0,
      last_failed_at: null,
      retry_after: 0,
    }
    expect(await attemptsOf(user)).toEqual(calm)
    await logIn(user, { secret: 'a mistake' })
    expect(await attemptsOf(user)).toMatchObject({ under_attack: false, failed_attempts: 1 })
    await attack(user)
    expect(await attemptsOf(user)).toEqual({
      under_attack: true,
      failed_attempts: 6,
      sources: 6,
      last_failed_at: new Date().toISOString(),
      retry_after: 100,
    })
    const viewer = await createUser(app, 'viewer')
    expect((await viewer.get(`/v1/users/${user.id}/login-attempts`)).status).toBe(403)
  })

  const unlock = async ({ id }: Account) => {
    const { status, body } = await admin.post(`/v1/users/${id}/login-unlock`)
    expect(status).toBe(200)
    return body as { unlock_token: string; expires_at: string }
  }

  it('is unlocked by an admin for one login, from anywhere', async () => {
    const user = await insertUser(app, 'viewer')
    await attack(user)
    const { unlock_token, expires_at } = await unlock(user)
    expect(Date.parse(expires_at)).toBe(Date.now() + 15 * 60_000)
    expect(await statusOf(user)).toBe(429)
    expect(await statusOf(user, { secret: 'a mistake', more: { unlock_token } })).toBe(401)
    expect(await statusOf(user, { more: { unlock_token } })).toBe(200)
    expect(await guesses(user, { unlock_token })).toBe(0)
    expect(await statusOf(user, { more: { unlock_token } })).toBe(429)
    // Another one works.
    expect(await statusOf(user, { more: await unlock(user).then(pick) })).toBe(200)
  })
  const pick = ({ unlock_token }: { unlock_token: string }) => ({ unlock_token })

  it('is not unlocked for another user, after a quarter of an hour, or for a sixth guess', async () => {
    const [user, other] = [await insertUser(app, 'viewer'), await insertUser(app, 'viewer')]
    await attack(user)
    await attack(other)
    const first = pick(await unlock(user))
    expect(await guesses(other, first)).toBe(0)
    expect(await guesses(user, first)).toBe(5)
    expect(await statusOf(user, { more: first })).toBe(429)
    const second = pick(await unlock(user))
    clock.pass(15 * 60_000)
    await attack(user)
    expect(await guesses(user, second)).toBe(0)
  })

  it('is unlocked by admins only, with an entry in the audit log and a notice to the user', async () => {
    const user = await createUser(app, 'analyst')
    expect((await user.post(`/v1/users/${user.id}/login-unlock`)).status).toBe(403)
    await unlock(user)
    const { body } = await admin.get(`/v1/audit?owner_id=${user.id}&action=user.login_unlocked`)
    expect(body.data).toMatchObject([{ actor_id: admin.id, entity: 'user', entity_id: user.id }])
    const { account_events } = (await user.get('/v1/auth/me')).body
    expect(account_events).toContainEqual(
      expect.objectContaining({ action: 'user.login_unlocked', done_by: 'admin' }),
    )
    const missing = await admin.post('/v1/users/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11/login-unlock')
    expect([missing.status, missing.body.code]).toEqual([404, 'not_found'])
  })

  it('is unlocked only after a recent login or step-up', async () => {
    const user = await insertUser(app, 'viewer')
    const tired = await createUser(app, 'admin')
    await app.sql`update data.sessions set verified_at = now() - interval '6 minutes'
                   where user_id = ${tired.id}`
    const { status, body } = await tired.post(`/v1/users/${user.id}/login-unlock`)
    expect([status, body.code]).toEqual([401, 'step_up_required'])
  })
})
