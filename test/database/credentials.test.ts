import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { appSql, type AppSql } from '../support/roles-sql.ts'
import { insertApiKey, startedTotp } from '../support/second-factors.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const { app } = useApp()
let sql: AppSql

beforeAll(() => {
  sql = appSql(app)
})

const query =
  (text: string): Parameters<AppSql['as']>[1] =>
  (each) =>
    each.query(text)

/** bcrypt of another password, with the cost that the API uses and with a higher one. */
const otherHash = `$2b$10$${'a'.repeat(53)}`
const costlyHash = `$2b$12$${'a'.repeat(53)}`

/** What the audit log says of a user since a moment before. */
async function entriesSince(user: User, change: () => Promise<unknown>): Promise<string[]> {
  const count = async () =>
    (await app.sql`select 1 from data.audit_log where owner_id = ${user.id}`).length
  const before = await count()
  await change()
  const rows = await app.sql`select action from data.audit_log where owner_id = ${user.id}
                              order by sequence offset ${before}`
  return rows.map(({ action }) => action as string)
}

/** A login by SQL, as the role of the login, with other parameters than the Worker would send. */
const login = (user: User, newHash: string | null, newSecret: string | null) =>
  sql.beforeLogin(
    (each) => each`
      select * from api.start_session(${user.id},
        (select password_hash from api.find_credentials(${user.email})), ${newHash},
        ${uuidv7()}::uuid, ${uuidv7()}, now() + interval '1 day', null, null, 99999999, null,
        ${newSecret})`,
  )

describe('The audit log names every change of a credential', () => {
  it('made by a login that stores a hash with a higher cost', async () => {
    const user = await createUser(app, 'viewer')
    expect(await entriesSince(user, () => login(user, costlyHash, null))).toEqual([
      'user.password_rehashed',
      'session.started',
    ])
  })

  it('made by a login that stores another hash: it revokes the sessions like any new password', async () => {
    const user = await createUser(app, 'viewer')
    expect(await entriesSince(user, () => login(user, otherHash, null))).toEqual([
      'session.revoked',
      'user.password_changed',
      'session.started',
    ])
  })

  it('made by a login that stores another TOTP secret', async () => {
    const user = await createUser(app, 'viewer')
    await startedTotp(app, user, true)
    expect(await entriesSince(user, () => login(user, null, 'another secret'))).toEqual([
      'user.totp_secret_replaced',
      'session.started',
    ])
  })

  it('made by an admin in SQL, whatever the setting of a rehash says', async () => {
    const [user, admin] = [await createUser(app, 'viewer'), await createUser(app, 'admin')]
    const change = () =>
      sql.as(
        admin,
        (each) => each`select set_config('app.rehash', 'on', true)`,
        (each) =>
          each`update api.all_users set password_hash = ${costlyHash} where id = ${user.id}`,
      )
    expect(await entriesSince(user, change)).toEqual(['session.revoked', 'user.password_changed'])
    expect((await user.get('/v1/auth/me')).status).toBe(401)
  })

  const statements: [string, (user: User) => string][] = [
    [
      'user.password_changed',
      (u) => `update data.users set password_hash = '${otherHash}' where id = '${u.id}'`,
    ],
    [
      'user.totp_enabled',
      (u) => `insert into data.totp_secrets (user_id, secret, confirmed_at)
              values ('${u.id}', 'x', now())`,
    ],
    [
      'user.totp_secret_replaced',
      (u) => `update data.totp_secrets set secret = 'y' where user_id = '${u.id}'`,
    ],
    [
      'user.totp_disabled',
      (u) => `update data.totp_secrets set confirmed_at = null where user_id = '${u.id}'`,
    ],
    [
      'user.totp_enabled',
      (u) => `update data.totp_secrets set confirmed_at = now() where user_id = '${u.id}'`,
    ],
    [
      'user.recovery_codes_created',
      (u) => `insert into data.recovery_codes (user_id, code_hash)
              values ('${u.id}', 'one'), ('${u.id}', 'two')`,
    ],
    [
      'user.recovery_code_used',
      (u) => `update data.recovery_codes set used_at = now()
               where user_id = '${u.id}' and code_hash = 'one'`,
    ],
    [
      'user.recovery_codes_changed',
      (u) => `update data.recovery_codes set used_at = null
               where user_id = '${u.id}' and code_hash = 'one'`,
    ],
    [
      'user.recovery_codes_deleted',
      (u) => `delete from data.recovery_codes where user_id = '${u.id}'`,
    ],
    ['user.totp_disabled', (u) => `delete from data.totp_secrets where user_id = '${u.id}'`],
    [
      'api_key.updated',
      (u) => `update data.api_keys set key_hash = 'other' where user_id = '${u.id}'`,
    ],
    [
      'api_key.revoked',
      (u) => `update data.api_keys set revoked_at = now() where user_id = '${u.id}'`,
    ],
    [
      'api_key.updated',
      (u) => `update data.api_keys set revoked_at = null where user_id = '${u.id}'`,
    ],
    ['api_key.deleted', (u) => `delete from data.api_keys where user_id = '${u.id}'`],
    [
      'session.restored',
      (u) => `update data.sessions set revoked_at = null where user_id = '${u.id}'`,
    ],
    [
      'session.revoked',
      (u) => `update data.sessions set revoked_at = now() where user_id = '${u.id}'`,
    ],
  ]

  it('made by the owner of the database', async () => {
    const user = await createUser(app, 'viewer')
    await insertApiKey(app, user)
    for (const [action, statement] of statements) {
      const entries = await entriesSince(user, () => app.sql.query(statement(user)))
      expect(entries, statement(user)).toContain(action)
      if (action !== 'user.password_changed') expect(entries).toEqual([action])
    }
  })
})

describe('Without a login or step-up in the last five minutes, an admin in SQL', () => {
  const refused = { code: 'EB015' }

  it.each([
    [
      'creates no user',
      `insert into api.all_users (id, email, name, role, active, password_hash)
                         values (gen_random_uuid(), 'sql@example.com', 'SQL', 'admin', true, 'x')`,
    ],
    ['sets no password', `update api.all_users set password_hash = '${otherHash}'`],
    ['promotes nobody', `update api.all_users set role = 'admin'`],
    ['reactivates nobody', `update api.all_users set active = true`],
    ['unlocks no login', `select api.note_login_unlock(gen_random_uuid())`],
    [
      'creates no key',
      `select api.create_api_key(gen_random_uuid(), 'a', 'b', 'viewer', 'read', 'c', null)`,
    ],
  ])('%s', async (_, statement) => {
    const admin = await createUser(app, 'admin')
    const inactive = await createUser(app, 'viewer')
    await app.sql`update data.users set active = false where id = ${inactive.id}`
    await app.sql`update data.sessions set verified_at = now() - interval '301 seconds'
                   where id = ${admin.sessionId}`
    const attempt = (...before: string[]) => sql.as(admin, ...[...before, statement].map(query))
    await expect(attempt()).rejects.toMatchObject(refused)
    await expect(attempt(`select set_config('app.rehash', 'on', true)`)).rejects.toMatchObject(
      refused,
    )
    await expect(attempt(`select set_config('app.session_id', '', true)`)).rejects.toMatchObject(
      refused,
    )
  })

  it('removes no two-factor authentication', async () => {
    const admin = await createUser(app, 'admin')
    await startedTotp(app, admin, true)
    await app.sql`update data.sessions set verified_at = now() - interval '301 seconds'
                   where id = ${admin.sessionId}`
    const attempt = sql.as(admin, (each) => each`select api.remove_any_totp(${admin.id})`)
    await expect(attempt).rejects.toMatchObject(refused)
  })
})
