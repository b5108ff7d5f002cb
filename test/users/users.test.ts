import { describe, expect, it } from 'vitest'
import { useApp } from '../support/use-app.ts'
import { insertUser, loginAs, password as current } from '../support/users.ts'

const { app, admin } = useApp()

const someUser = {
  email: 'grace@example.com',
  name: 'Grace Hopper',
  role: 'analyst',
  password: 'seven wet umbrellas',
}

describe('An admin', () => {
  it('creates a user, who logs in with that password', async () => {
    const { status, body, headers, text } = await admin.post('/v1/users', someUser)
    expect(status).toBe(201)
    expect(headers.get('Location')).toBe(`/v1/users/${body.id}`)
    expect(body).toMatchObject({ email: someUser.email, role: 'analyst', active: true, version: 1 })
    expect(text).not.toMatch(/hash|\$2b\$/)
    expect((await admin.get(`/v1/users/${body.id}`)).body).toEqual(body)
    expect((await loginAs(app, body)).role).toBe('analyst')
  })

  it('creates an inactive user, who can log in only after activation', async () => {
    const { body } = await admin.post('/v1/users', {
      ...someUser,
      email: 'later@example.com',
      active: false,
    })
    await expect(loginAs(app, body)).rejects.toThrow('401')
    await admin.patch(`/v1/users/${body.id}`, { active: true })
    expect((await loginAs(app, body)).id).toBe(body.id)
  })

  it.each(['GRACE.TWICE@EXAMPLE.COM', ' Grace.Twice@example.com '])(
    'cannot use an address twice: %s',
    async (email) => {
      await admin.post('/v1/users', { ...someUser, email: 'grace.twice@example.com' })
      const { status, body } = await admin.post('/v1/users', { ...someUser, email })
      expect(status).toBe(409)
      expect(body.code).toBe('email_taken')
    },
  )

  it('creates one user when another admin uses the same address at once', async () => {
    const email = 'race@example.com'
    const responses = await Promise.all(
      Array.from({ length: 5 }, () => admin.post('/v1/users', { ...someUser, email })),
    )
    expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409])
  })

  it('changes name, role and active flag, and each change raises the version', async () => {
    const { id } = await insertUser(app, 'viewer')
    const changed = await admin.patch(`/v1/users/${id}`, { name: 'New Name', role: 'analyst' })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ name: 'New Name', role: 'analyst', version: 2 })
    const same = await admin.patch(`/v1/users/${id}`, { name: 'New Name' })
    expect(same.body.version).toBe(2)
  })

  it('gets a 404 for a user who does not exist', async () => {
    const path = '/v1/users/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'
    expect((await admin.get(path)).status).toBe(404)
    expect((await admin.patch(path, { name: 'Nobody' })).status).toBe(404)
    expect((await admin.post(`${path}/password`, { password: 'nine umbrellas' })).status).toBe(404)
  })

  it.each([
    ['password12345', 'too common'],
    ['aaaaaaaaaaaaaa', 'too common'],
    ['P@ssw0rd123!', 'too common'],
    ['9876543210', 'too common'],
    ['11223344556', 'too common'],
    ['abcdefghij', 'too common'],
    ['aa12345678', 'too common'],
    ['Changeme2026!', 'too common'],
    ['Edgebook-2026!', 'too common'],
    ['abc123abc123', 'too common'],
    ['qwertzuiop', 'too common'],
    ['1q2w3e4r5t6z', 'too common'],
    ['ZAQ!2wsxCDE#', 'too common'],
    ['azertyuiopqs', 'too common'],
    ['йцукенгшщзхъ', 'too common'],
    ['a\u0301' + '\u0301'.repeat(40), '30 combining marks'],
    ['short', '10 characters'],
    ['é'.repeat(37), '72 bytes'],
    ['nul\u0000 inside of it', 'control characters'],
    ['lone surrogate \ud800', 'surrogates'],
  ])('cannot set the password %j', async (password, reason) => {
    const { status, body } = await admin.post('/v1/users', {
      ...someUser,
      email: 'weak@example.com',
      password,
    })
    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { location: 'body.password', message: expect.stringContaining(reason) },
    ])
  })

  const personal = ['Grace.Hopper@example.com', 'gracehopper-1906', 'Grace Hopper', '1906hopper!!']

  it.each(personal)(
    'cannot create a user whose name or address is the password %j',
    async (password) => {
      const user = { ...someUser, name: 'Grace Hopper', email: 'grace.hopper@example.com' }
      const { status, body } = await admin.post('/v1/users', { ...user, password })
      expect(status).toBe(422)
      expect(body.errors).toEqual([
        {
          location: 'body.password',
          message: 'Must not be the name or the email address of the user.',
        },
      ])
    },
  )

  it.each(personal)('cannot reset a password to name or address: %j', async (text) => {
    const user = await loginAs(app, 'viewer')
    const ofUser = text.replace(/grace.?hopper@example.com/i, user.email)
    await app.sql`update data.users set name = 'Grace Hopper' where id = ${user.id}`
    const reset = await admin.post(`/v1/users/${user.id}/password`, { password: ofUser })
    expect([reset.status, reset.body.errors?.[0].location]).toEqual([422, 'body.password'])
    const own = await user.post('/v1/auth/password', {
      ...{ current_password: current, new_password: ofUser },
    })
    expect([own.status, own.body.errors?.[0].location]).toEqual([422, 'body.new_password'])
  })
})

describe('The list of users', () => {
  it('can be filtered by role, by active flag, and by a part of name or address', async () => {
    await insertUser(app, 'viewer', false)
    const roles = await admin.get('/v1/users?role=viewer&limit=100')
    expect(new Set(roles.body.data.map((user: { role: string }) => user.role))).toEqual(
      new Set(['viewer']),
    )
    const inactive = await admin.get('/v1/users?active=false&limit=100')
    expect(inactive.body.data.length).toBeGreaterThan(0)
    expect(inactive.body.data.every((user: { active: boolean }) => !user.active)).toBe(true)
    const found = await admin.get('/v1/users?q=HOPPER&role=analyst')
    expect(found.body.data.length).toBeGreaterThan(0)
    expect((await admin.get('/v1/users?q=%25')).body.data).toEqual([])
    expect((await admin.get('/v1/users?q=_')).body.data).toEqual([])
  })

  it('has every user once, newest first, page by page', async () => {
    const seen: string[] = []
    let path: string | undefined = '/v1/users?limit=3'
    while (path !== undefined) {
      const { body, headers } = await admin.get(path)
      seen.push(...body.data.map(({ id }: { id: string }) => id))
      path = /<([^>]+)>; rel="next"/.exec(headers.get('Link') ?? '')?.[1]
    }
    const rows = await app.sql`select id from data.users order by id desc`
    expect(seen).toEqual(rows.map((row) => row['id']))
    const numbered = await admin.get('/v1/users?page=2&limit=3')
    expect(numbered.body).toMatchObject({ page: 2, limit: 3, total: rows.length })
    expect(numbered.body.data.map(({ id }: { id: string }) => id)).toEqual(seen.slice(3, 6))
  })
})
