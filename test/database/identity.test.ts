import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { expectNames } from '../support/differences.ts'
import { insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { appSql, denied, type AppSql } from '../support/roles-sql.ts'

const roles = ['viewer', 'analyst', 'admin'] as const

const { app, admin } = useApp()
let sql: AppSql

beforeAll(() => {
  sql = appSql(app)
})

/** Settings of the transaction, as data.user_id() and private.session_id() read them. */
const identity = (each: Parameters<Parameters<AppSql['anonymously']>[0]>[0]) =>
  each`select nullif(current_setting('app.user_id', true), '') user_id,
              nullif(current_setting('app.session_id', true), '') session_id, current_user`

const tables = [
  ...['api_keys', 'audit_heads', 'audit_log', 'idempotency_keys', 'idempotency_usage'],
  ...['devices', 'dismissed_anomalies', 'import_rows', 'imports', 'masking', 'recurring_decisions'],
  ...[
    'recovery_codes',
    'refresh_tokens',
    'rollups',
    'rollups_total',
    'sessions',
    'totp_secrets',
    'transactions',
    'users',
  ],
]

describe('The role that the Worker logs in as', () => {
  it('owns nothing, passes no policy, and is not a superuser', async () => {
    const [role] =
      await app.sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit
                                   from pg_roles where rolname = 'app'`
    expect(Object.values(role!)).toEqual([false, false, false, false, false])
    const owned = await app.sql`select relname from pg_class join pg_roles r on r.oid = relowner
                                 where rolname like 'app%'`
    expect(owned).toEqual([])
  })

  it.each(tables)('cannot read, write or empty data.%s', async (table) => {
    const statements = [
      `select 1 from data.${table}`,
      `delete from data.${table}`,
      `truncate data.${table}`,
      `insert into data.${table} default values`,
      `drop table data.${table}`,
    ]
    for (const statement of statements) {
      const query = sql.anonymously((each) => each.query(statement))
      await expect(query, statement).rejects.toMatchObject(denied)
    }
  })

  it('is tested with every table of the schema data', async () => {
    const found = await app.sql`select relname from pg_class
                                  where relnamespace = 'data'::regnamespace and relkind in ('r', 'p', 'v', 'm')`
    expectNames(
      found.map(({ relname }) => relname as string),
      tables,
    )
  })

  it('cannot read a view before it has an identity', async () => {
    const views = await app.sql`select relname from pg_class
                                 where relnamespace = 'api'::regnamespace and relkind in ('r', 'v', 'm')`
    expect(views.length).toBeGreaterThanOrEqual(4)
    for (const { relname } of views) {
      const query = sql.anonymously((each) => each.query(`select 1 from api.${relname}`))
      await expect(query, relname).rejects.toMatchObject(denied)
    }
  })
})

describe('An identity in the database', () => {
  it.each(roles)('is that of the session, with the role %s', async (role) => {
    const caller = await createUser(app, role)
    const [rows] = await sql.as(caller, identity)
    expect(rows).toEqual([
      { user_id: caller.id, session_id: caller.sessionId, current_user: `app_${role}` },
    ])
  })

  it('does not reach the next request', async () => {
    await insertTransaction(app, admin.id)
    // As many at once as the pool has connections, so that each connection has had an identity.
    await Promise.all(
      Array.from({ length: 20 }, () => sql.as(admin, (each) => each`select pg_sleep(0.05)`)),
    )
    const identities = await Promise.all(
      Array.from({ length: 20 }, () => sql.anonymously(identity)),
    )
    for (const [rows] of identities) {
      expect(rows).toEqual([{ user_id: null, session_id: null, current_user: 'app' }])
    }
    const viewing = sql.anonymously((each) => each`select 1 from api.all_transactions`)
    await expect(viewing).rejects.toMatchObject(denied)
  })

  it.each(roles)('cannot be changed for another by the role %s', async (role) => {
    const caller = await createUser(app, role)
    const again = sql.as(
      caller,
      (each) => each`select api.authenticate(${admin.id}, ${admin.sessionId}, 1)`,
    )
    await expect(again).rejects.toMatchObject(denied)
  })

  it.each(roles)('cannot call the functions of the login: %s', async (role) => {
    const caller = await createUser(app, role)
    const calls = [
      `api.find_credentials('${admin.email}')`,
      `api.start_session('${admin.id}', 'hash', null, '${uuidv7()}', 'token', now(), null, null,
                         null, null, null)`,
      `api.rotate_refresh_token('token', 'next', 'earlier', now(), 90)`,
      `api.check_session('${admin.id}', '${admin.sessionId}', 1)`,
      `api.check_api_key('${uuidv7()}', '${admin.id}', 'hash', 'admin')`,
      `api.authenticate_api_key('${uuidv7()}', '${admin.id}', 'hash', 'admin', false)`,
    ]
    for (const call of calls) {
      const query = sql.as(caller, (each) => each.query(`select * from ${call}`))
      await expect(query, call).rejects.toMatchObject(denied)
    }
  })

  it.each(roles)(
    'cannot be left for the login by SQL in a request of the role %s',
    async (role) => {
      const caller = await createUser(app, role)
      for (const statement of [
        `select set_config('role', 'app_login', true)`,
        `set local role app_login`,
        `set local session authorization app_login`,
        `select set_config('role', 'app', true),
              query_to_xml('select * from api.find_credentials(''${admin.email}'')', true, true, '')`,
        `select set_config('role', 'none', true),
              query_to_xml('select * from api.find_credentials(''${admin.email}'')', true, true, '')`,
      ]) {
        await expect(
          sql.as(caller, (each) => each.query(statement)),
          statement,
        ).rejects.toMatchObject(denied)
      }
    },
  )

  it('cannot be taken by the role of the login', async () => {
    for (const statement of [
      `select set_config('role', 'app_admin', true)`,
      `select set_config('role', 'app', true)`,
      `select * from api.authenticate('${admin.id}', '${admin.sessionId}', 1)`,
      'select * from data.users',
      'select * from api.all_users',
    ]) {
      await expect(
        sql.beforeLogin((each) => each.query(statement)),
        statement,
      ).rejects.toMatchObject(denied)
    }
  })

  it('is required by the functions for the own account', async () => {
    const calls = [
      'revoke_current_session()',
      'own_password_hash()',
      `change_own_password('a', 'b', true)`,
      'sign_out_elsewhere(true)',
      'own_totp()',
      `start_totp('a', 'b')`,
      `confirm_totp('a', 1, 'b')`,
      `remove_totp('a', 1, 'b')`,
      `create_api_key('${uuidv7()}', 'a', 'b', 'viewer', 'read', 'c', null)`,
      `revoke_own_api_key('${uuidv7()}')`,
    ]
    for (const call of calls) {
      const query = sql.anonymously((each) => each.query(`select api.${call}`))
      await expect(query, call).rejects.toMatchObject(denied)
    }
  })

  const api = (...names: string[]) => names.map((name) => `api.${name}`)
  const everyRole = [
    ...api('minor_amount', 'set_request_context'),
    ...['bigrams', 'fold_text', 'search_bigrams', 'search_text'].map((name) => `data.${name}`),
    ...['data.currency_exponent', 'data.scale_amount', 'data.user_id', 'private.session_id'],
  ]
  const worker = [
    ...everyRole,
    ...api('authenticate', 'authenticate_api_key', 'check_api_key', 'check_session'),
    ...api('begin_masking', 'search_path_of'),
  ]
  const login = [
    ...api('check_device', 'remember_device'),
    ...api('find_credentials', 'rotate_refresh_token', 'set_request_context', 'start_session'),
    ...api('prune_idempotency_keys', 'prune_sessions', 'purge_transactions'),
  ]
  const viewer = [
    ...everyRole,
    ...api('bigrams', 'fold_text', 'search_bigrams'),
    'private.mask_json',
    ...api('revoke_current_session', 'revoke_own_session', 'sign_out_elsewhere'),
    ...api('require_step_up', 'step_up'),
    ...api('change_own_password', 'own_password_hash'),
    ...api('confirm_totp', 'own_totp', 'remove_totp', 'require_totp', 'start_totp'),
    ...api('create_api_key', 'revoke_own_api_key'),
    ...api('check_idempotency_key', 'claim_idempotency_key', 'store_response', 'require_found'),
  ]
  const analyst = [
    ...viewer,
    ...api('apply_operations', 'bulk_transactions', 'check_operations', 'is_client_error'),
    ...api('lock_audit_heads', 'user_totals'),
    ...api(
      'import_own_transactions',
      'preview_own_import',
      'revert_own_import',
      'match_own_import',
    ),
    ...api('decide_own_recurring', 'dismiss_own_anomaly', 'restore_own_anomaly'),
  ]
  const admins = [
    ...analyst,
    ...api('remove_any_totp', 'revoke_any_api_key', 'revoke_any_session'),
    ...api('sign_out_user', 'sign_out_for_new_password'),
    ...api('import_transactions', 'match_import', 'preview_import', 'revert_import'),
    ...api('decide_recurring', 'dismiss_anomaly', 'restore_anomaly'),
    ...api('check_records', 'check_rollups', 'check_version'),
    ...api('compare_audit_heads', 'note_login_unlock', 'set_masking', 'verify_audit'),
  ]

  it.each([
    ['app', worker],
    ['app_login', login],
    ['app_viewer', viewer],
    ['app_analyst', analyst],
    ['app_admin', admins],
  ])('gives %s exactly these functions', async (role, functions) => {
    const granted = await app.sql`
      select distinct pronamespace::regnamespace::text || '.' || proname as name from pg_proc
       where pronamespace::regnamespace::text in ('api', 'data', 'private')
         and has_function_privilege(${role}, oid, 'execute')`
    const names = granted.map(({ name }) => name as string)
    expectNames(names, functions, `functions of ${role}`)
  })

  it('is the only function of the schemas that is granted to public', async () => {
    const open = await app.sql`
      select proname from pg_proc
       where pronamespace::regnamespace::text in ('api', 'data', 'private')
         and has_function_privilege('public', oid, 'execute')`
    expect(open).toEqual([])
  })
})

describe('A database batch', () => {
  const attempted = (user: string, session: string, tokenVersion: number) =>
    sql.anonymously(
      (each) => each`select api.authenticate(${user}::uuid, ${session}::uuid, ${tokenVersion})`,
      (each) => each`insert into api.transaction_input
                       (id, user_id, type, amount_minor, currency, category, date, notes)
                     values (${uuidv7()}, ${user}, 'income', 1, 'EUR', 'x', '2026-01-01', 'attempted')`,
    )
  const written = async () =>
    (await app.sql`select 1 from data.transactions where notes = 'attempted'`).length

  async function attempt(user: string, session: string, tokenVersion: number, expected: string) {
    const before = await written()
    await expect(attempted(user, session, tokenVersion)).rejects.toMatchObject({ code: expected })
    expect(await written()).toBe(before)
  }

  it('runs when the identity is valid', async () => {
    const before = await written()
    await attempted(admin.id, admin.sessionId, 1)
    expect(await written()).toBe(before + 1)
  })

  it('is rolled back when the user is unknown', () =>
    attempt(uuidv7(), admin.sessionId, 1, 'EB001'))

  it('is rolled back when the session is unknown', () => attempt(admin.id, uuidv7(), 1, 'EB001'))

  it('is rolled back when the session belongs to another user', async () => {
    const other = await createUser(app, 'admin')
    await attempt(admin.id, other.sessionId, 1, 'EB001')
  })

  it('is rolled back when the token version is an earlier or a later one', async () => {
    await attempt(admin.id, admin.sessionId, 0, 'EB001')
    await attempt(admin.id, admin.sessionId, 2, 'EB001')
  })

  it('is rolled back when the session is revoked', async () => {
    const { id, sessionId } = await createUser(app, 'admin')
    await app.sql`update data.sessions set revoked_at = now() where id = ${sessionId}`
    await attempt(id, sessionId, 1, 'EB001')
  })

  it('is rolled back when the session has expired', async () => {
    const { id, sessionId } = await createUser(app, 'admin')
    await app.sql`update data.sessions set expires_at = now() where id = ${sessionId}`
    await attempt(id, sessionId, 1, 'EB001')
  })

  it('is rolled back when the account is not active, whatever the token version', async () => {
    const { id, sessionId } = await createUser(app, 'admin')
    await app.sql`update data.users set active = false where id = ${id}`
    await attempt(id, sessionId, 1, 'EB002')
    await attempt(id, sessionId, 2, 'EB002')
  })

  it.each([
    ['role', "role = 'viewer'"],
    ['password', "password_hash = 'another'"],
  ])('is rolled back when the %s has changed', async (_, change) => {
    const { id, sessionId } = await createUser(app, 'admin')
    await app.sql.query(`update data.users set ${change} where id = $1`, [id])
    await attempt(id, sessionId, 1, 'EB001')
  })

  it('is rolled back when a later statement fails', async () => {
    const batch = sql.as(
      admin,
      (each) => each`insert into api.transaction_input
                       (id, user_id, type, amount_minor, currency, category, date, notes)
                     values (${uuidv7()}, ${admin.id}, 'income', 1, 'EUR', 'x', '2026-01-01',
                             'half a batch')`,
      (each) => each`select 1 / 0`,
    )
    await expect(batch).rejects.toMatchObject({ code: '22012' })
    expect(await app.sql`select 1 from data.transactions where notes = 'half a batch'`).toEqual([])
  })
})

describe('A null argument', () => {
  it.each([
    ['the token version', `api.check_session('%u', '%s', null)`, 'EB001'],
    ['the session', `api.check_session('%u', null, 1)`, 'EB001'],
    ['the hash of an API key', `api.check_api_key('%s', '%u', null, 'admin')`, 'EB007'],
  ])('does not pass the check of %s', async (_, call, code) => {
    const query = call.replace('%u', admin.id).replace('%s', admin.sessionId)
    await expect(app.sql.query(`select ${query}`)).rejects.toMatchObject({ code })
  })

  it('does not pass the check of a version', async () => {
    const query = `select api.check_version('user', '${admin.id}', array[null]::integer[])`
    await expect(app.sql.query(query)).rejects.toMatchObject({ code: 'EB012' })
  })

  it('does not replay the response of another request', async () => {
    const results = sql.as(admin, (each) => each`select api.claim_idempotency_key('null', 'one')`)
    await results
    const again = sql.as(admin, (each) => each`select api.check_idempotency_key('null', null)`)
    await expect(again).rejects.toMatchObject({ code: 'EB013' })
  })
})
