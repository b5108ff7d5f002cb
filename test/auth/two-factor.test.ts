import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Call, testSecret } from '../support/app.ts'
import { useApp } from '../support/use-app.ts'
import { loginAs, password, type User } from '../support/users.ts'
import { collectLog } from '../support/log-lines.ts'

const { app, admin } = useApp()
let clock = Date.now()
/** The app with a clock that tests move. */
let call: Call

beforeAll(() => {
  call = app.with({}, () => new Date(clock))
})

const code = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock + steps * 30_000 })
const nextStep = () => {
  clock += 30_000
}

const tryLogin = (email: string, more: object = {}, via = call) =>
  via('POST', '/v1/auth/login', { json: { email, password, ...more } })
const confirm = (who: User, given: string) =>
  call('POST', '/v1/auth/totp/confirm', { token: who.token, json: { code: given } })
const remove = (who: User, json: object) =>
  call('DELETE', '/v1/auth/totp', { token: who.token, json: { password, ...json } })

async function enrolled(role: User['role'] = 'viewer') {
  const who = await loginAs(app, role)
  const started = await who.post('/v1/auth/totp', { password })
  expect(started.status, started.text).toBe(200)
  const secret = started.body.secret as string
  const confirmed = await confirm(who, code(secret))
  expect(confirmed.status, confirmed.text).toBe(200)
  return { who, secret, recovery: confirmed.body.recovery_codes as string[], started }
}

const actions = async (who: User) =>
  (
    await app.sql`select action from data.audit_log where owner_id = ${who.id}
                   and action like 'user.%' order by sequence`
  ).map(({ action }) => action as string)

describe('The TOTP generator', () => {
  it('gives the codes of RFC 6238', () => {
    const secret = Secret.fromUTF8('12345678901234567890')
    const totp = new TOTP({ secret, digits: 8 })
    const vectors = [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1234567890, '89005924'],
      [20000000000, '65353130'],
    ] as const
    for (const [seconds, expected] of vectors) {
      expect(totp.generate({ timestamp: seconds * 1000 })).toBe(expected)
    }
  })
})

describe('Setting up two-factor authentication', () => {
  it('requires the password and returns a secret and a URI for a QR code', async () => {
    const who = await loginAs(app, 'viewer')
    const refused = await who.post('/v1/auth/totp', { password: 'not the password' })
    expect(refused.status).toBe(422)
    expect(refused.body.errors[0].location).toBe('body.password')
    const { body } = await who.post('/v1/auth/totp', { password })
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(body.uri).toContain(`otpauth://totp/Edgebook:${encodeURIComponent(who.email)}`)
    expect(body.uri).toContain(`secret=${body.secret}`)
  })

  it('takes effect once a code has confirmed it, and returns ten recovery codes', async () => {
    const who = await loginAs(app, 'viewer')
    const { body } = await who.post('/v1/auth/totp', { password })
    expect((await tryLogin(who.email)).status).toBe(200)
    expect((await who.get('/v1/auth/totp')).body).toEqual({
      ...{ enabled: false, enabled_at: null, recovery_codes_left: 0 },
    })
    const wrong = await confirm(who, code(body.secret, 5))
    expect(wrong.body.errors[0].location).toBe('body.code')
    const right = await confirm(who, code(body.secret))
    expect(right.status).toBe(200)
    expect(new Set(right.body.recovery_codes).size).toBe(10)
    for (const each of right.body.recovery_codes)
      expect(each).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$/)
    expect((await who.get('/v1/auth/totp')).body).toMatchObject({
      ...{ enabled: true, recovery_codes_left: 10 },
    })
    expect((await confirm(who, code(body.secret))).status).toBe(409)
    expect((await who.post('/v1/auth/totp', { password })).status).toBe(409)
    expect(await actions(who)).toEqual([
      'user.created',
      'user.totp_enabled',
      'user.recovery_codes_created',
    ])
  })

  it('stores neither the secret nor the recovery codes in plain text', async () => {
    const { secret, recovery } = await enrolled()
    const rows = JSON.stringify([
      await app.sql`select * from data.totp_secrets`,
      await app.sql`select * from data.recovery_codes`,
      await app.sql`select * from data.audit_log`,
    ])
    expect(rows).not.toContain(secret)
    for (const each of recovery) {
      expect(rows).not.toContain(each)
      expect(rows).not.toContain(each.replaceAll('-', ''))
    }
  })

  it('encrypts the secret for its user: it cannot be decrypted in the row of another user', async () => {
    const [mine, yours] = [await enrolled(), await enrolled()]
    await app.sql`update data.totp_secrets set last_step = null, secret =
                    (select secret from data.totp_secrets where user_id = ${mine.who.id})
                   where user_id = ${yours.who.id}`
    const { status } = await tryLogin(yours.who.email, { code: code(mine.secret) })
    expect(status).toBe(401)
  })
})

describe('A TOTP secret that cannot be decrypted', () => {
  const gone = () =>
    app.with({ JWT_SECRET: 'another secret, which is also long enough' }, () => new Date(clock))
  const alter = (who: User, ciphertext: string) =>
    app.sql`update data.totp_secrets set secret = ${ciphertext} where user_id = ${who.id}`
  const events = (lines: string[]) =>
    lines.filter((line) => line.includes('"totp_secret_unreadable"'))

  it('counts as a wrong code at login and is logged once, and recovery codes still work', async () => {
    const { who, secret, recovery } = await enrolled()
    nextStep()
    const lines = collectLog()
    const { status, body, headers } = await tryLogin(who.email, { code: code(secret) }, gone())
    vi.restoreAllMocks()
    expect([status, body.code]).toEqual([401, 'invalid_credentials'])
    expect(events(lines)).toHaveLength(1)
    expect(JSON.parse(events(lines)[0]!)).toMatchObject({
      level: 'error',
      user_id: who.id,
      request_id: headers.get('X-Request-Id'),
    })
    // Ids are random and may have any six digits in them.
    const log = lines.join('\n').replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, '')
    for (const hidden of [secret, code(secret), who.email, password]) {
      expect(log).not.toContain(hidden)
    }
    expect((await tryLogin(who.email, { code: recovery[0] }, gone())).status).toBe(200)
  })

  it.each(['', 'AAAA', 'no base64url!', 'A'.repeat(80)])(
    'counts as a wrong code at login when it is %j',
    async (ciphertext) => {
      const { who, secret, recovery } = await enrolled()
      await alter(who, ciphertext)
      nextStep()
      const lines = collectLog()
      const response = await tryLogin(who.email, { code: code(secret) })
      const removal = await remove(who, { code: code(secret) })
      vi.restoreAllMocks()
      expect([response.status, response.body.code]).toEqual([401, 'invalid_credentials'])
      expect([removal.status, removal.body.errors[0].location]).toEqual([422, 'body.code'])
      expect(events(lines)).toHaveLength(2)
      expect((await tryLogin(who.email, { code: recovery[0] })).status).toBe(200)
      expect((await remove(who, { code: recovery[1] })).status).toBe(204)
      expect((await tryLogin(who.email)).status).toBe(200)
    },
  )

  it('cannot be confirmed, but set up again', async () => {
    const who = await loginAs(app, 'viewer')
    const { body } = await who.post('/v1/auth/totp', { password })
    await alter(who, 'A'.repeat(80))
    const { status, body: problem } = await confirm(who, code(body.secret))
    expect([status, problem.errors[0].location]).toEqual([422, 'body.code'])
    const again = await who.post('/v1/auth/totp', { password })
    expect((await confirm(who, code(again.body.secret))).status).toBe(200)
  })
})

describe('Logging in with two-factor authentication', () => {
  it('asks for the code only after the right password', async () => {
    const { who, secret } = await enrolled()
    const asked = await tryLogin(who.email)
    expect([asked.status, asked.body.code]).toEqual([401, 'totp_required'])
    expect(asked.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
    const wrong = { password: 'not the password' }
    for (const more of [wrong, { ...wrong, code: code(secret, 1) }, { code: '000000' }]) {
      const { status, body } = await tryLogin(who.email, more)
      expect([status, body.code]).toEqual([401, 'invalid_credentials'])
    }
    expect((await tryLogin(who.email, { code: code(secret, 1) })).status).toBe(200)
  })

  it('accepts no code twice, nor an older one', async () => {
    const { who, secret } = await enrolled()
    expect((await tryLogin(who.email, { code: code(secret) })).status).toBe(401)
    nextStep()
    nextStep()
    const used = code(secret)
    expect((await tryLogin(who.email, { code: used })).status).toBe(200)
    expect((await tryLogin(who.email, { code: used })).status).toBe(401)
    expect((await tryLogin(who.email, { code: code(secret, -1) })).status).toBe(401)
    expect((await tryLogin(who.email, { code: code(secret, 1) })).status).toBe(200)
  })

  it('accepts codes of the previous and the next step, and no others', async () => {
    const { who, secret } = await enrolled()
    for (let i = 0; i < 4; i++) nextStep()
    expect((await tryLogin(who.email, { code: code(secret, -2) })).status).toBe(401)
    expect((await tryLogin(who.email, { code: code(secret, 2) })).status).toBe(401)
    expect((await tryLogin(who.email, { code: code(secret, -1) })).status).toBe(200)
    const spaced = code(secret, 1).replace(/^(...)/, '$1 ')
    expect((await tryLogin(who.email, { code: spaced })).status).toBe(200)
  })

  it('accepts one of four requests with the same code at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { who, secret } = await enrolled()
      const given = code(secret, 1)
      const responses = await Promise.all(
        Array.from({ length: 4 }, () => tryLogin(who.email, { code: given })),
      )
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
    }
  })

  it('accepts each recovery code once, however it is written', async () => {
    const { who, recovery } = await enrolled()
    const [first, second] = recovery
    expect((await tryLogin(who.email, { code: first })).status).toBe(200)
    expect((await tryLogin(who.email, { code: first })).status).toBe(401)
    const sloppy = second!.replaceAll('-', ' ').toLowerCase()
    const responses = await Promise.all(
      Array.from({ length: 4 }, () => tryLogin(who.email, { code: sloppy })),
    )
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
    expect((await who.get('/v1/auth/totp')).body.recovery_codes_left).toBe(8)
    expect((await actions(who)).slice(-2)).toEqual([
      'user.recovery_code_used',
      'user.recovery_code_used',
    ])
  })

  it('accepts no recovery code of another user', async () => {
    const [mine, yours] = [await enrolled(), await enrolled()]
    const { status } = await tryLogin(mine.who.email, { code: yours.recovery[0] })
    expect(status).toBe(401)
  })

  it('accepts and ignores a code that is not required', async () => {
    const who = await loginAs(app, 'viewer')
    expect((await tryLogin(who.email, { code: '123456' })).status).toBe(200)
  })

  it('cannot be bypassed by calling the database function without a code', async () => {
    const { who } = await enrolled()
    const rows = await app.sql`
      select * from api.start_session(${who.id},
        (select password_hash from data.users where id = ${who.id}), null, gen_random_uuid(),
        'hash', now() + interval '1 day', null, null, null, null, null)`
    expect(rows).toEqual([])
  })

  it('works while secrets are rotated: a login encrypts the secret again', async () => {
    const { who, secret } = await enrolled()
    const next = { JWT_SECRET: 'another secret, which is also long enough' }
    const now = () => new Date(clock)
    const rotating = app.with({ ...next, JWT_SECRET_PREVIOUS: testSecret }, now)
    const rotated = app.with(next, now)
    nextStep()
    expect((await tryLogin(who.email, { code: code(secret) }, rotating)).status).toBe(200)
    nextStep()
    expect((await tryLogin(who.email, { code: code(secret) }, rotated)).status).toBe(200)
  })
})

describe('Removing two-factor authentication', () => {
  it('requires the password and a code, or a recovery code', async () => {
    const { who, secret } = await enrolled()
    nextStep()
    const refused = await remove(who, { password: 'not the password', code: code(secret) })
    expect(refused.body.errors[0].location).toBe('body.password')
    expect((await remove(who, { code: '000000' })).body.errors[0].location).toBe('body.code')
    expect((await remove(who, { code: code(secret) })).status).toBe(204)
    expect((await tryLogin(who.email)).status).toBe(200)
    expect((await remove(who, { code: code(secret) })).status).toBe(404)
    const other = await enrolled()
    expect((await remove(other.who, { code: other.recovery[3] })).status).toBe(204)
    expect((await actions(other.who)).slice(-2)).toEqual([
      'user.recovery_codes_deleted',
      'user.totp_disabled',
    ])
  })

  it('of another user is for admins only', async () => {
    const { who } = await enrolled()
    const path = `/v1/users/${who.id}/totp`
    expect((await who.delete(path)).status).toBe(403)
    expect((await admin.delete(path)).status).toBe(204)
    expect((await tryLogin(who.email)).status).toBe(200)
    expect((await admin.delete(path)).status).toBe(404)
  })
})

describe('When admins must use two-factor authentication', () => {
  const strict = () => app.with({ REQUIRE_ADMIN_TOTP: 'true' }, () => new Date(clock))

  it('an admin without it may set it up, and nothing else', async () => {
    const { token } = await loginAs(app, 'admin')
    const ask = (method: string, path: string, json?: unknown) =>
      strict()(method, path, { token, json })
    for (const path of ['/v1/transactions', '/v1/users', '/v1/dashboard', '/v1/auth/sessions']) {
      const { status, body } = await ask('GET', path)
      expect([status, body.code]).toEqual([403, 'totp_setup_required'])
    }
    const key = await ask('POST', '/v1/api-keys', { name: 'K' })
    expect(key.body.code).toBe('totp_setup_required')
    expect((await ask('GET', '/v1/auth/me')).status).toBe(200)
    const { body } = await ask('POST', '/v1/auth/totp', { password })
    const confirmed = await ask('POST', '/v1/auth/totp/confirm', { code: code(body.secret) })
    expect(confirmed.status).toBe(200)
    expect((await ask('GET', '/v1/users')).status).toBe(200)
  })

  it('an admin without it may log out', async () => {
    const { token } = await loginAs(app, 'admin')
    expect((await strict()('POST', '/v1/auth/logout', { token })).status).toBe(204)
  })

  it('an API key of an admin without it is refused, whatever its role', async () => {
    const owner = await loginAs(app, 'admin')
    const { body } = await owner.post('/v1/api-keys', { name: 'K', role: 'viewer' })
    const { status } = await strict()('GET', '/v1/transactions', { token: body.key })
    expect(status).toBe(403)
  })

  it('other users do not need it', async () => {
    const { token } = await loginAs(app, 'analyst')
    expect((await strict()('GET', '/v1/transactions', { token })).status).toBe(200)
  })

  it('the setting that requires it must be true or false', async () => {
    const odd = app.with({ REQUIRE_ADMIN_TOTP: 'yes' })
    const { status, body } = await odd('GET', '/health/ready')
    expect([status, body.code]).toEqual([500, 'not_configured'])
    expect(body.detail).toContain('REQUIRE_ADMIN_TOTP')
  })
})
