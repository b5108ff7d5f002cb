import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { createUser, insertUser, loginAs, password } from '../support/users.ts'

const { app } = useApp()

/** bcrypt of `password` with cost 4. */
const cheapHash = '$2b$04$2kHZLhvSycn9OFsp/YZy1u.mWtqI0Q6sT.IDb.yyvOBc7j2I6PlUC'

const tryLogin = (email: string, secret: string) =>
  app.call('POST', '/v1/auth/login', { json: { email, password: secret } })

describe('Logging in', () => {
  it('returns tokens and the user, without a password hash', async () => {
    const { email, id } = await insertUser(app, 'analyst')
    const { status, body, text } = await tryLogin(email, password)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900, user: { id, email } })
    expect(body.refresh_token).toMatch(/^ebr_[\w-]{43}$/)
    expect(text).not.toMatch(/\$2[aby]\$/)
  })

  it('ignores the case of the address and blanks around it', async () => {
    const { email } = await insertUser(app, 'viewer')
    expect((await tryLogin(`  ${email.toUpperCase()} `, password)).status).toBe(200)
  })

  it('gives the same response to a wrong password, an unknown address and an inactive account', async () => {
    const { email } = await insertUser(app, 'viewer')
    const inactive = await insertUser(app, 'viewer', false)
    const responses = await Promise.all([
      tryLogin(email, 'not the password'),
      tryLogin('nobody@example.com', password),
      tryLogin(inactive.email, password),
      tryLogin(email, 'x'.repeat(100)),
    ])
    for (const { status, body, headers } of responses) {
      const { request_id, ...rest } = body
      expect(status).toBe(401)
      expect(request_id).toBeTruthy()
      expect(rest).toEqual({
        type: '/problems/invalid_credentials',
        title: 'Invalid credentials',
        status: 401,
        code: 'invalid_credentials',
      })
      expect(headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
    }
  })

  it('refuses a password of which only the first 72 bytes are right', async () => {
    const admin = await loginAs(app, 'admin')
    const long = 'correct horse battery staple '.repeat(3).slice(0, 72)
    const made = await admin.post('/v1/users', {
      email: 'long@example.com',
      name: 'Long',
      role: 'viewer',
      password: long,
    })
    expect(made.status).toBe(201)
    expect((await tryLogin('long@example.com', long)).status).toBe(200)
    expect((await tryLogin('long@example.com', `${long}!`)).status).toBe(401)
  })

  it('refuses a wrong password that bcrypt alone would accept', async () => {
    const { email } = await insertUser(app, 'viewer')
    for (const twin of [`${password}\u0000`, `${password}\u0000${password}`]) {
      expect((await tryLogin(email, twin)).status).toBe(401)
    }
  })

  it('rehashes the password and leaves sessions alone when the hash has a lower cost', async () => {
    const user = await createUser(app, 'viewer', cheapHash)
    expect((await tryLogin(user.email, password)).status).toBe(200)
    const [row] = await app.sql`select password_hash from data.users where id = ${user.id}`
    expect(row!['password_hash']).toMatch(/^\$2b\$10\$/)
    expect((await user.get('/v1/auth/me')).status).toBe(200)
    expect((await tryLogin(user.email, password)).status).toBe(200)
    const entries = await app.sql`select action, actor_id from data.audit_log
                                   where owner_id = ${user.id} and entity = 'user' order by sequence`
    expect(entries).toEqual([
      { action: 'user.created', actor_id: null },
      { action: 'user.password_rehashed', actor_id: user.id },
    ])
  })
})

describe('An access token', () => {
  it('identifies its user', async () => {
    const analyst = await loginAs(app, 'analyst')
    const { status, body } = await analyst.get('/v1/auth/me')
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: analyst.id, role: 'analyst', active: true })
  })

  it('expires after fifteen minutes', async () => {
    const { email } = await insertUser(app, 'viewer')
    const earlier = app.with({}, () => new Date(Date.now() - 16 * 60_000))
    const grant = await earlier('POST', '/v1/auth/login', { json: { email, password } })
    const { status, body } = await app.call('GET', '/v1/auth/me', {
      token: grant.body.access_token,
    })
    expect(status).toBe(401)
    expect(body.code).toBe('unauthenticated')
  })

  it('signed with the previous secret is accepted while secrets are rotated', async () => {
    const viewer = await loginAs(app, 'viewer')
    const next = 'another secret, which is also long enough'
    const old = { JWT_SECRET_PREVIOUS: 'a secret that only tests know, 32 bytes or more' }
    const rotating = app.with({ JWT_SECRET: next, ...old })
    const rotated = app.with({ JWT_SECRET: next })
    const { token } = viewer
    expect((await rotating('GET', '/v1/auth/me', { token })).status).toBe(200)
    expect((await rotated('GET', '/v1/auth/me', { token })).status).toBe(401)
  })
})
