import { v7 as uuidv7 } from 'uuid'
import { createAccessTokens } from '../../src/access/access-tokens.ts'
import type { Role } from '../../src/db/enums.ts'
import { insertUser } from './actors.ts'
import { testSecret, type TestApp } from './app.ts'

/** Somebody with a session and a token, whom no password was hashed for: made in milliseconds. */
export interface Person {
  id: string
  email: string
  role: Role
  sessionId: string
  token: string
}

const tokens = createAccessTokens([testSecret], () => new Date())

/** A user with a session in the database, and the access token that a login would have given. */
export async function person(app: TestApp, role: Role): Promise<Person> {
  const { id, email } = await insertUser(app, role)
  const sessionId = uuidv7()
  await app.sql`insert into book.sessions (id, user_id, expires_at)
                values (${sessionId}, ${id}, now() + interval '1 day')`
  const token = await tokens.issue({ userId: id, sessionId, tokenVersion: 1, role })
  return { id, email, role, sessionId, token }
}

interface Row {
  notes?: string
  date?: string
  deleted?: boolean
}

/** A transaction of a user, put into the database behind the API. Returns its id. */
export async function insertTransaction(app: TestApp, userId: string, row: Row = {}) {
  const id = uuidv7()
  const { notes = 'Weekly shopping', date = '2026-03-14', deleted = false } = row
  await app.sql`insert into book.transactions
                  (id, user_id, type, amount_minor, currency, category, date, notes, created_by,
                   deleted_at)
                values (${id}, ${userId}, 'expense', 8430, 'EUR', 'Groceries', ${date}, ${notes},
                        ${userId}, case when ${deleted}::boolean then now() end)`
  return id
}

/** An import of somebody's own, without rows, put into the database behind the API. Returns its id. */
export async function insertImport(app: TestApp, userId: string, fileName = 'march.csv') {
  const id = uuidv7()
  await app.sql`insert into book.imports
                  (id, user_id, created_by, file_name, row_count, created_count, duplicate_count)
                values (${id}, ${userId}, ${userId}, ${fileName}, 0, 0, 0)`
  return id
}
