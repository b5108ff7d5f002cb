import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { insertTransaction } from '../support/transactions.ts'
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

describe('a query that forgot its where', () => {
  it.each(roles)('gives a %s own rows that are not deleted, and no other', async (role) => {
    const { id } = people[role]
    const own = [await insertTransaction(app, id), await insertTransaction(app, id)]
    await insertTransaction(app, id, { deleted: true })
    const [rows] = await statement(role, 'select * from app.own_transactions')
    expect(rows!.map((row) => row['id']).toSorted()).toEqual(own.toSorted())
    expect(rows!.every((row) => row['user_id'] === id && row['deleted_at'] === null)).toBe(true)
    const [counted] = await statement(role, 'select count(*)::int n from app.own_transactions')
    expect(counted).toEqual([{ n: 2 }])
  })

  it.each(roles)('gives a %s the own profile alone', async (role) => {
    const [rows] = await statement(role, 'select id from app.own_profile')
    expect(rows).toEqual([{ id: people[role].id }])
  })

  it('gives an admin who asks for all of them every row', async () => {
    const [rows] = await statement('admin', 'select id from app.all_transactions')
    const all = await app.sql`select id from book.transactions`
    expect(rows!.length).toBe(all.length)
    expect(rows).toContainEqual({ id: foreignRow })
  })
})

describe('reading', () => {
  it.each(['viewer', 'analyst'] as const)('is not for a %s beyond the own rows', async (role) => {
    for (const view of ['all_transactions', 'all_users']) {
      await expect(statement(role, `select id from app.${view}`)).rejects.toMatchObject(denied)
    }
  })

  it.each(roles)('stops for a %s before the tables', async (role) => {
    for (const table of ['users', 'sessions', 'refresh_tokens', 'transactions']) {
      await expect(statement(role, `select 1 from book.${table}`)).rejects.toMatchObject(denied)
    }
  })

  it('stops for an admin before password hashes, also on the way of a write', async () => {
    const id = owner.id
    const attempts = [
      'select password_hash from app.all_users',
      'select * from app.all_users',
      "select 1 from app.all_users where password_hash like '$2b$10$%'",
      `update app.all_users set name = password_hash where id = '${id}'`,
      `update app.all_users set name = name where id = '${id}' returning password_hash`,
    ]
    for (const attempt of attempts) {
      await expect(statement('admin', attempt), attempt).rejects.toMatchObject(denied)
    }
    const [rows] = await statement('admin', `select email from app.all_users where id = '${id}'`)
    expect(rows).toEqual([{ email: owner.email }])
  })
})

describe('writing', () => {
  it.each([
    'insert into app.own_transactions default values',
    `insert into app.own_transactions ${columns} values ('${uuidv7()}', app.user_id(), 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update app.own_transactions set category = 'x'",
    'update app.own_transactions set deleted_at = now()',
    'delete from app.own_transactions',
    "update app.own_profile set name = 'x'",
    "update app.own_profile set role = 'admin'",
    'delete from app.own_profile',
    `insert into app.all_transactions ${columns} values ('${uuidv7()}', app.user_id(), 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update app.all_transactions set category = 'x'",
    'delete from app.all_transactions',
    "update app.all_users set role = 'admin'",
    'delete from app.all_users',
  ])('is not for a viewer: %s', async (text) => {
    await insertTransaction(app, people.viewer.id)
    await expect(statement('viewer', text)).rejects.toMatchObject(denied)
  })

  it('is for an analyst with the own id alone', async () => {
    const insert = `insert into app.own_transactions ${columns} values ${values}`
    const id = uuidv7()
    await statement('analyst', insert, [id, people.analyst.id])
    const [row] = await app.sql`select user_id, created_by, version, deleted_at
                                  from book.transactions where id = ${id}`
    const { id: analyst } = people.analyst
    expect(row).toEqual({ user_id: analyst, created_by: analyst, version: 1, deleted_at: null })

    const foreign = statement('analyst', insert, [uuidv7(), owner.id])
    await expect(foreign).rejects.toMatchObject({ code: '44000' })
    expect(await app.sql`select id from book.transactions where user_id = ${owner.id}`).toEqual([
      { id: foreignRow },
    ])
  })

  it.each(['created_by', 'created_at', 'updated_at', 'version', 'deleted_at'])(
    'sets no %s, by nobody',
    async (column) => {
      const text = (view: string) =>
        `insert into app.${view} (id, user_id, type, amount_minor, currency, category, date, ${column})
         values ('${uuidv7()}', app.user_id(), 'income', 1, 'EUR', 'x', '2026-01-01', null)`
      await expect(statement('analyst', text('own_transactions'))).rejects.toMatchObject(denied)
      await expect(statement('admin', text('all_transactions'))).rejects.toMatchObject(denied)
    },
  )

  it.each([
    "update app.own_transactions set category = 'x'",
    'delete from app.own_transactions',
    `insert into app.all_transactions ${columns} values ('${uuidv7()}', app.user_id(), 'income', 1, 'EUR', 'x', '2026-01-01', null)`,
    "update app.all_transactions set category = 'x'",
    'delete from app.all_transactions',
    "update app.own_profile set role = 'admin'",
    "update app.all_users set role = 'admin'",
  ])('is not for an analyst: %s', async (text) => {
    await expect(statement('analyst', text)).rejects.toMatchObject(denied)
  })

  it.each([
    'delete from app.all_transactions',
    'delete from app.all_users',
    'update app.all_transactions set user_id = app.user_id()',
    'update app.all_transactions set created_by = app.user_id()',
    'update app.all_transactions set version = 1',
    'update app.all_transactions set id = id',
    "update app.all_users set email = 'x@example.com'",
    'update app.all_users set version = 1',
    'update app.all_users set id = id',
  ])('is not for an admin: %s', async (text) => {
    await expect(statement('admin', text)).rejects.toMatchObject(denied)
  })

  it('is for an admin on every row, and counts the versions', async () => {
    const id = await insertTransaction(app, owner.id)
    const version = async () =>
      (await app.sql`select version from book.transactions where id = ${id}`)[0]!['version']
    const set = (what: string) =>
      statement('admin', `update app.all_transactions set ${what} where id = '${id}'`)
    await set("category = 'Household'")
    expect(await version()).toBe(2)
    await set("category = 'Household'")
    expect(await version()).toBe(2)
    await set('deleted_at = now()')
    expect(await version()).toBe(3)
  })
})

describe('behind the views, where a table was granted by mistake', () => {
  it.each(roles)('policies keep a %s with the own rows', async (role) => {
    const group = `app_${role}`
    await app.sql.query(`grant usage on schema book to ${group}`)
    await app.sql.query(`grant all on all tables in schema book to ${group}`)
    try {
      const { id, sessionId } = people[role]
      await insertTransaction(app, id)
      const [rows] = await statement(role, 'select distinct user_id from book.transactions')
      expect(rows).toEqual([{ user_id: id }])
      const [users] = await statement(role, 'select id from book.users')
      expect(users).toEqual([{ id }])
      const [sessions] = await statement(role, 'select id from book.sessions')
      expect(sessions).toEqual([{ id: sessionId }])
      const [tokens] = await statement(role, 'select * from book.refresh_tokens')
      expect(tokens).toEqual([])

      const changed = async (text: string) => (await statement(role, `${text} returning id`))[0]
      expect(await changed(`delete from book.transactions where id = '${foreignRow}'`)).toEqual([])
      expect(await changed(`update book.users set role = 'admin'`)).toEqual([])
      const insert = `insert into book.transactions ${columns} values ${values}`
      const forged = statement(role, insert, [uuidv7(), owner.id])
      await expect(forged).rejects.toMatchObject(denied)
    } finally {
      await app.sql.query(`revoke all on all tables in schema book from ${group}`)
      await app.sql.query(`revoke usage on schema book from ${group}`)
    }
  })

  it('every table has row-level security', async () => {
    const open = await app.sql`select relname from pg_class
                                where relnamespace = 'book'::regnamespace and relkind in ('r', 'p')
                                  and not relrowsecurity`
    expect(open).toEqual([])
  })
})
