import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { insertDecisions } from '../support/recurring.ts'
import { insertApiKey, startedTotp } from '../support/second-factors.ts'
import { insertImport, insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { appSql, denied, type AppSql } from '../support/roles-sql.ts'

const roles = ['viewer', 'analyst', 'admin'] as const

const { app, analyst: owner } = useApp()
let sql: AppSql
let people: Record<(typeof roles)[number], User>
let foreignRow: string

beforeAll(async () => {
  sql = appSql(app)
  foreignRow = await insertTransaction(app, owner.id)
  people = {
    viewer: await createUser(app, 'viewer'),
    analyst: await createUser(app, 'analyst'),
    admin: await createUser(app, 'admin'),
  }
})

const statement = (role: (typeof roles)[number], text: string, values: unknown[] = []) =>
  sql.as(people[role], (each) => each.query(text, values))

const columns = '(id, user_id, type, amount_minor, currency, category, date, notes)'
const values = "($1, $2, 'income', 100, 'EUR', 'Salary', '2026-01-01', null)"

const SELF = '(select id from api.own_profile)'

describe('A query without a where clause', () => {
  it.each(roles)('gives the role %s only own rows that are not deleted', async (role) => {
    const { id } = people[role]
    const own = [await insertTransaction(app, id), await insertTransaction(app, id)]
    await insertTransaction(app, id, { deleted: true })
    const [rows] = await statement(role, 'select * from api.own_transactions')
    expect(rows!.map((row) => row['id']).toSorted()).toEqual(own.toSorted())
    expect(rows!.every((row) => row['user_id'] === id && row['deleted_at'] === null)).toBe(true)
    const [counted] = await statement(role, 'select count(*)::int n from api.own_transactions')
    expect(counted).toEqual([{ n: 2 }])
  })

  it.each(roles)('gives the role %s only the own profile', async (role) => {
    const [rows] = await statement(role, 'select id from api.own_profile')
    expect(rows).toEqual([{ id: people[role].id }])
  })

  it('gives an admin every row of the view of all transactions', async () => {
    const [rows] = await statement('admin', 'select id from api.all_transactions')
    const all = await app.sql`select id from data.transactions`
    expect(rows!.length).toBe(all.length)
    expect(rows).toContainEqual({ id: foreignRow })
  })
})

describe('Reading in the database', () => {
  it.each(['viewer', 'analyst'] as const)(
    'is limited to own rows for the role %s',
    async (role) => {
      for (const view of ['all_transactions', 'all_users']) {
        await expect(statement(role, `select id from api.${view}`)).rejects.toMatchObject(denied)
      }
    },
  )

  it.each(roles)('is denied on the tables for the role %s', async (role) => {
    for (const table of ['users', 'sessions', 'refresh_tokens', 'transactions']) {
      await expect(statement(role, `select 1 from data.${table}`)).rejects.toMatchObject(denied)
    }
  })

  it('is denied on password hashes for an admin, also by way of a write', async () => {
    const id = owner.id
    const attempts = [
      'select password_hash from api.all_users',
      'select * from api.all_users',
      "select 1 from api.all_users where password_hash like '$2b$10$%'",
      `update api.all_users set name = password_hash where id = '${id}'`,
      `update api.all_users set name = name where id = '${id}' returning password_hash`,
    ]
    for (const attempt of attempts) {
      await expect(statement('admin', attempt), attempt).rejects.toMatchObject(denied)
    }
    const [rows] = await statement('admin', `select email from api.all_users where id = '${id}'`)
    expect(rows).toEqual([{ email: owner.email }])
  })
})

describe('Writing in the database', () => {
  it.each([
    'insert into api.own_transactions default values',
    `insert into api.own_transaction_input ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    `insert into api.own_transactions ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update api.own_transactions set category = 'x'",
    'update api.own_transactions set deleted_at = now()',
    'delete from api.own_transactions',
    "update api.own_profile set name = 'x'",
    "update api.own_profile set role = 'admin'",
    'delete from api.own_profile',
    `insert into api.all_transactions ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    `insert into api.transaction_input ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update api.all_transactions set category = 'x'",
    'delete from api.all_transactions',
    "update api.all_users set role = 'admin'",
    'delete from api.all_users',
  ])('is denied to a viewer: %s', async (text) => {
    await insertTransaction(app, people.viewer.id)
    await expect(statement('viewer', text)).rejects.toMatchObject(denied)
  })

  it('is allowed for an analyst with the own id only', async () => {
    const insert = `insert into api.own_transaction_input ${columns} values ${values}`
    const id = uuidv7()
    await statement('analyst', insert, [id, people.analyst.id])
    const [row] = await app.sql`select user_id, created_by, version, deleted_at
                                  from data.transactions where id = ${id}`
    const { id: analyst } = people.analyst
    expect(row).toEqual({ user_id: analyst, created_by: analyst, version: 1, deleted_at: null })

    const foreign = statement('analyst', insert, [uuidv7(), owner.id])
    await expect(foreign).rejects.toMatchObject({ code: '44000' })
    expect(await app.sql`select id from data.transactions where user_id = ${owner.id}`).toEqual([
      { id: foreignRow },
    ])
  })

  it.each([
    ['another user', () => ({ user_id: owner.id })],
    ['another import', () => ({ import_id: uuidv7() })],
  ])('is denied to an import by an analyst with a row that names %s', async (_name, other) => {
    const row = { id: uuidv7(), line: 2, type: 'income', amount_minor: 100, currency: 'EUR' }
    const rest = { category: 'Salary', date: '2026-01-01' }
    const imported = (more: object) =>
      statement(
        'analyst',
        'select * from api.import_own_transactions($1, null, null, 1, 0, $2::jsonb, $3::jsonb)',
        [
          uuidv7(),
          JSON.stringify([{ ...row, ...rest, ...more }]),
          JSON.stringify({ likely_duplicates: 'create' }),
        ],
      )
    await expect(imported(other())).rejects.toThrow('the counts of the import are wrong')
    expect(await imported({})).toMatchObject([[{ created_count: 1 }]])
  })

  it.each(['created_by', 'created_at', 'updated_at', 'version', 'deleted_at'])(
    'cannot set %s, for any role',
    async (column) => {
      const text = (view: string) =>
        `insert into api.${view} (id, user_id, type, amount_minor, currency, category, date, ${column})
         values ('${uuidv7()}', ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`
      await expect(statement('analyst', text('own_transactions'))).rejects.toMatchObject(denied)
      await expect(statement('admin', text('all_transactions'))).rejects.toMatchObject(denied)
      const unknown = { code: '42703' }
      const own = statement('analyst', text('own_transaction_input'))
      await expect(own).rejects.toMatchObject(unknown)
      await expect(statement('admin', text('transaction_input'))).rejects.toMatchObject(unknown)
    },
  )

  it.each([
    "update api.own_transactions set category = 'x'",
    'delete from api.own_transactions',
    `insert into api.all_transactions ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    `insert into api.transaction_input ${columns} values (gen_random_uuid(), ${SELF}, 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update api.all_transactions set category = 'x'",
    'delete from api.all_transactions',
    "update api.own_profile set role = 'admin'",
    "update api.all_users set role = 'admin'",
  ])('is denied to an analyst: %s', async (text) => {
    await expect(statement('analyst', text)).rejects.toMatchObject(denied)
  })

  it.each([
    'delete from api.all_transactions',
    'delete from api.all_users',
    `update api.all_transactions set user_id = ${SELF}`,
    `update api.all_transactions set created_by = ${SELF}`,
    'update api.all_transactions set version = 1',
    'update api.all_transactions set id = id',
    "update api.all_users set email = 'x@example.com'",
    'update api.all_users set version = 1',
    'update api.all_users set id = id',
  ])('is denied to an admin: %s', async (text) => {
    await expect(statement('admin', text)).rejects.toMatchObject(denied)
  })

  it('is allowed for an admin on every row, and raises versions', async () => {
    const id = await insertTransaction(app, owner.id)
    const version = async () =>
      (await app.sql`select version from data.transactions where id = ${id}`)[0]!['version']
    const set = (what: string) =>
      statement('admin', `update api.all_transactions set ${what} where id = '${id}'`)
    await set("category = 'Household'")
    expect(await version()).toBe(2)
    await set("category = 'Household'")
    expect(await version()).toBe(2)
    await set('deleted_at = now()')
    expect(await version()).toBe(3)
  })
})

describe('Behind the views, when the tables were granted by mistake,', () => {
  /** Tables of which a role would see its own rows; of the others it would see none. */
  const withPolicy = new Set([
    ...['dismissed_anomalies', 'import_rows', 'imports', 'recurring_decisions', 'rollups'],
    ...['sessions', 'transactions', 'users'],
  ])
  let tables: string[]

  /** Leaves rows of a user in every table. */
  async function insertEverywhere(user: User) {
    await insertTransaction(app, user.id)
    const importId = await insertImport(app, user.id)
    await app.sql`insert into data.import_rows
                    (import_id, line, user_id, outcome, date, currency, amount_minor)
                  values (${importId}, 2, ${user.id}, 'skipped', '2026-03-14', 'EUR', -100)`
    await insertApiKey(app, user)
    await insertDecisions(app, user.id)
    await startedTotp(app, user, true)
    await app.sql`insert into data.refresh_tokens (token_hash, session_id, expires_at)
                  values (${uuidv7()}, ${user.sessionId}, now() + interval '1 day')`
    await app.sql`insert into data.devices (id, user_id, expires_at)
                  values (${uuidv7()}, ${user.id}, now() + interval '1 day')`
    await app.sql`insert into data.idempotency_keys (user_id, key, fingerprint)
                  values (${user.id}, ${uuidv7()}, 'x')`
    await app.sql`update data.idempotency_keys set response = '{}' where user_id = ${user.id}`
  }

  const rowsOf = async (table: string) =>
    (await app.sql.query(`select to_jsonb(t)::text as row from data.${table} t`)).map(
      ({ row }) => row as string,
    )

  beforeAll(async () => {
    await app.sql`insert into data.masking (role, fields) values ('viewer', '{"notes": "hide"}')`
    const found = await app.sql`select relname from pg_class
                                 where relnamespace = 'data'::regnamespace and relkind in ('r', 'p')`
    tables = found.map(({ relname }) => relname as string).toSorted()
    for (const user of [owner, ...Object.values(people)]) await insertEverywhere(user)
    for (const role of roles) {
      await app.sql.query(`grant usage on schema data to app_${role}`)
      await app.sql.query(`grant all on all tables in schema data to app_${role}`)
    }
  })

  it.each(roles)(
    'policies show the role %s own rows, and of no table those of others',
    async (role) => {
      const { id } = people[role]
      for (const table of tables) {
        expect((await rowsOf(table)).length, `rows in ${table}`).toBeGreaterThan(0)
        const [seen] = await statement(role, `select to_jsonb(t)::text as row from data.${table} t`)
        const rows = seen!.map(({ row }) => row as string)
        expect(
          rows.filter((row) => !row.includes(id)),
          `foreign rows of ${table}`,
        ).toEqual([])
        expect([table, rows.length > 0]).toEqual([table, withPolicy.has(table)])
      }
    },
  )

  it.each(roles)(
    'policies let the role %s change and remove only own transactions',
    async (role) => {
      const { id } = people[role]
      const isOwn = (row: string) => row.includes(id)
      for (const table of tables) {
        const before = await rowsOf(table)
        const [first] = await app.sql`select column_name from information_schema.columns
                                     where table_schema = 'data' and table_name = ${table}
                                       and is_generated = 'NEVER' and is_identity = 'NO' limit 1`
        const column = first!['column_name']
        const update = `update data.${table} t set ${column} = ${column} returning to_jsonb(t)::text as row`
        const [changed] = await statement(role, update).catch(() => [[]])
        await statement(role, `delete from data.${table}`).catch(() => {})
        const left = new Set(await rowsOf(table))
        const removed = before.filter((row) => !left.has(row))
        const touched = [...changed!.map(({ row }) => row as string), ...removed]
        const allowed = table === 'transactions' ? touched.filter(isOwn) : []
        expect(touched, `rows of ${table} that were changed or removed`).toEqual(allowed)
      }
    },
  )

  it.each(roles)('policies let the role %s insert no row of others', async (role) => {
    const insert = `insert into data.transactions ${columns} values ${values}`
    const forged = statement(role, insert, [uuidv7(), owner.id])
    await expect(forged).rejects.toMatchObject(denied)
  })

  it('every table has row-level security', async () => {
    const open = await app.sql`select relname from pg_class
                                where relnamespace = 'data'::regnamespace and relkind in ('r', 'p')
                                  and not relrowsecurity`
    expect(open).toEqual([])
  })
})
