import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createUser, insertUser, type User } from '../support/users.ts'

let app: TestApp
let admin: User

beforeEach(async () => {
  app = await startTestApp()
  admin = await createUser(app, 'admin')
})
afterEach(() => app.database.drop())

const activeAdmins = async () => {
  const rows = await app.sql`select id from data.users where role = 'admin' and active`
  return rows.length
}

describe('The last active admin', () => {
  it.each([{ role: 'viewer' }, { active: false }, { role: 'analyst', active: false }])(
    'cannot be changed with %j',
    async (change) => {
      await insertUser(app, 'admin', false)
      const { status, body } = await admin.patch(`/v1/users/${admin.id}`, change)
      expect(status).toBe(409)
      expect(body.code).toBe('last_admin')
      expect(await activeAdmins()).toBe(1)
      expect((await admin.get('/v1/auth/me')).status).toBe(200)
    },
  )

  it('can change the own name', async () => {
    expect((await admin.patch(`/v1/users/${admin.id}`, { name: 'Still Here' })).status).toBe(200)
  })

  it('can be demoted as soon as there is another admin', async () => {
    await insertUser(app, 'admin')
    expect((await admin.patch(`/v1/users/${admin.id}`, { role: 'viewer' })).status).toBe(200)
    expect(await activeAdmins()).toBe(1)
  })

  it('cannot be deleted by SQL either', async () => {
    await expect(app.sql`delete from data.users where id = ${admin.id}`).rejects.toMatchObject({
      code: 'EB003',
    })
  })
})
