import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { ownerSql } from '../support/database.ts'
import { insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

/*
 * What the database refuses by itself, whatever the API asks it for: SQL as the roles that the Worker
 * becomes, and as the owner, whom only constraints stop.
 */

const { app } = useApp()
let people: Record<'viewer' | 'analyst' | 'admin', User>

beforeAll(async () => {
  people = {
    viewer: await createUser(app, 'viewer'),
    analyst: await createUser(app, 'analyst'),
    admin: await createUser(app, 'admin'),
  }
})

type Sql = ReturnType<typeof ownerSql>
type Role = keyof typeof people

/** What a statement in a transaction of somebody comes to: the SQLSTATE, or `done`. */
async function outcome(role: Role, statement: string): Promise<string> {
  const worker: Sql = ownerSql(app.database.appUrl)
  const { id, sessionId } = people[role]
  const run = worker.transaction((tx) => [
    tx`select api.authenticate(${id}, ${sessionId}, 1)`,
    tx.query(statement),
  ])
  return run.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
}

const DENIED = '42501'
const tables = [
  'transactions',
  'users',
  'sessions',
  'refresh_tokens',
  'audit_log',
  'audit_heads',
  'idempotency_keys',
  'api_keys',
  'imports',
  'totp_secrets',
  'recovery_codes',
  'devices',
  'rollups',
  'rollups_total',
]

/** A column of each table that has no created_at. */
const updatable: Record<string, string> = {
  audit_heads: 'hash',
  rollups: 'amount',
  rollups_total: 'amount',
}

describe.each(['viewer', 'analyst', 'admin'] as const)('The database role app_%s', (role) => {
  it.each(tables)('has no right on the table %s', async (table) => {
    const statements = [
      `select from data.${table}`,
      `insert into data.${table} default values`,
      `update data.${table} set ${updatable[table] ?? 'created_at'} = null`,
      `delete from data.${table}`,
      `truncate data.${table}`,
    ]
    for (const statement of statements) expect(await outcome(role, statement)).toBe(DENIED)
  })

  it('cannot write to the audit log or remove entries', async () => {
    const statements = [
      `update api.audit_entries set action = 'x'`,
      'delete from api.audit_entries',
      'delete from api.audit_heads',
      `update api.audit_heads set hash = 'x'`,
      `select private.append_audit()`,
      `select api.purge_transactions('1000 days', 1)`,
      `select api.prune_sessions('1000 days', 1)`,
      `select api.prune_idempotency_keys('1000 days')`,
      `alter table data.audit_log disable trigger append_only`,
      `delete from api.all_transactions`,
    ]
    for (const statement of statements) {
      expect([statement, await outcome(role, statement)]).toEqual([statement, DENIED])
    }
  })
})

describe('A database transaction', () => {
  const row = (view: string, owner: string) =>
    `insert into api.${view} (id, user_id, type, amount_minor, currency, category, date)
     values ('${uuidv7()}', '${owner}', 'expense', 1, 'EUR', 'X', '2026-01-01')`

  it('of a viewer cannot insert transactions', async () => {
    const { id } = people.viewer
    for (const view of [
      'own_transactions',
      'all_transactions',
      'own_transaction_input',
      'transaction_input',
    ]) {
      expect(await outcome('viewer', row(view, id))).toBe(DENIED)
    }
    const operations = `[{"op":"create","id":"${uuidv7()}","data":{}}]`
    const bulk = `select api.bulk_transactions('${operations}', true, false)`
    expect(await outcome('viewer', bulk)).toBe(DENIED)
  })

  it('of an analyst can insert own rows only, and change none', async () => {
    const { id } = people.analyst
    expect(await outcome('analyst', row('own_transaction_input', id))).toBe('done')
    expect(await outcome('analyst', row('own_transaction_input', people.viewer.id))).toBe('44000')
    for (const view of ['transaction_input', 'all_transactions', 'own_transactions']) {
      expect(await outcome('analyst', row(view, id))).toBe(DENIED)
    }
    expect(await outcome('analyst', `update api.own_transactions set notes = 'x'`)).toBe(DENIED)
  })

  it('shows the audit log to admins only', async () => {
    const reads = [
      'select from api.audit_entries',
      'select from api.audit_heads',
      'select api.verify_audit(null)',
    ]
    for (const read of reads) {
      expect(await outcome('admin', read)).toBe('done')
      expect(await outcome('analyst', read)).toBe(DENIED)
      expect(await outcome('viewer', read)).toBe(DENIED)
    }
  })

  it('of an analyst shows no totals of other users', async () => {
    const { viewer } = people
    await insertTransaction(app, viewer.id)
    const { id, sessionId } = people.analyst
    const worker: Sql = ownerSql(app.database.appUrl)
    const [, foreign] = await worker.transaction((tx) => [
      tx`select api.authenticate(${id}, ${sessionId}, 1)`,
      tx`select * from api.user_totals(${viewer.id}, null)`,
    ])
    expect(foreign).toEqual([])
  })
})

describe('A constraint of a table', () => {
  const transaction = (column: string, value: string) => {
    const columns: Record<string, string> = {
      id: `'${uuidv7()}'`,
      user_id: `'${people.admin.id}'`,
      type: `'expense'`,
      amount_minor: '1',
      currency: `'EUR'`,
      category: `'X'`,
      date: `'2026-01-01'`,
      created_by: `'${people.admin.id}'`,
      [column]: value,
    }
    return `insert into data.transactions (${Object.keys(columns).join(', ')})
            values (${Object.values(columns).join(', ')})`
  }
  const key = (value: string) =>
    `insert into data.idempotency_keys (user_id, key, fingerprint)
     values ('${people.admin.id}', ${value}, 'x')`
  const session = (agent: string) =>
    `insert into data.sessions (id, user_id, expires_at, user_agent)
     values ('${uuidv7()}', '${people.admin.id}', now(), ${agent})`
  const file = (columns: string, values: string) =>
    `insert into data.imports (id, user_id, created_by, row_count, created_count, duplicate_count,
                               ${columns})
     values ('${uuidv7()}', '${people.admin.id}', '${people.admin.id}', 1, 1, 0, ${values})`
  const apiKey = (name: string) =>
    `insert into data.api_keys (id, user_id, name, prefix, role, access, key_hash)
     values ('${uuidv7()}', '${people.admin.id}', ${name}, 'x', 'viewer', 'read', '${uuidv7()}')`

  const CHECK = '23514'
  it.each([
    ['an empty external id', () => transaction('external_id', `''`), CHECK],
    ['a long external id', () => transaction('external_id', `repeat('x', 256)`), CHECK],
    ['an empty source', () => transaction('source', `''`), CHECK],
    ['a long source', () => transaction('source', `repeat('x', 65)`), CHECK],
    ['no amount', () => transaction('amount_minor', '0'), CHECK],
    ['a negative amount', () => transaction('amount_minor', '-1'), CHECK],
    ['a huge amount', () => transaction('amount_minor', '1000000000000000'), CHECK],
    ['a currency in small letters', () => transaction('currency', `'eur'`), CHECK],
    ['a category with blanks', () => transaction('category', `' X'`), CHECK],
    ['empty notes', () => transaction('notes', `''`), CHECK],
    ['a date of long ago', () => transaction('date', `'1899-12-31'`), CHECK],
    ['an import that is none', () => transaction('import_id', `'${uuidv7()}'`), '23503'],
    ['an empty idempotency key', () => key(`''`), CHECK],
    ['a long idempotency key', () => key(`repeat('x', 256)`), CHECK],
    ['a long user agent', () => session(`repeat('x', 256)`), CHECK],
    ['a file without a name', () => file('file_name', `''`), CHECK],
    ['a file of a long source', () => file('source', `repeat('x', 65)`), CHECK],
    ['an api key without a name', () => apiKey(`''`), CHECK],
    ['an api key with a long name', () => apiKey(`repeat('x', 101)`), CHECK],
  ])('refuses %s', async (_what, statement, state) => {
    await expect(app.sql.query(statement())).rejects.toMatchObject({ code: state })
  })

  it('accepts the longest and the largest valid values', async () => {
    for (const statement of [
      transaction('external_id', `repeat('x', 255)`),
      transaction('source', `repeat('x', 64)`),
      transaction('amount_minor', '999999999999999'),
      key(`repeat('x', 255)`),
      session(`repeat('x', 255)`),
      apiKey(`repeat('x', 100)`),
    ]) {
      await app.sql.query(statement)
    }
  })
})
