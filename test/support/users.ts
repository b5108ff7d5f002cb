import { v7 as uuidv7 } from 'uuid'
import { createAccessTokens } from '../../src/access/access-tokens.ts'
import type { Role } from '../../src/db/enums.ts'
import { testSecret, type RequestOptions, type TestApp, type TestResponse } from './app.ts'

export const password = 'seven wet umbrellas'
/** bcrypt of `password` at the cost that the API uses: making one for each user takes long. */
const passwordHash = '$2b$10$q8ZMdf./xyPVqTeThUagCOFp3nocJu5zQebL2KrvYarVO79pNWT8a'

export interface Account {
  id: string
  email: string
  role: Role
}

/** A user with a session, who calls the API with its token. */
export interface User extends Account {
  sessionId: string
  token: string
  get(path: string, options?: RequestOptions): Promise<TestResponse>
  post(path: string, json?: unknown, options?: RequestOptions): Promise<TestResponse>
  patch(path: string, json?: unknown, options?: RequestOptions): Promise<TestResponse>
  delete(path: string, options?: RequestOptions): Promise<TestResponse>
}

export interface LoggedInUser extends User {
  refreshToken: string
}

const nameOf = ({ email }: Account) => email.split('@')[0]!.replace('-', ' ')

let counter = 0
const newAccount = (role: Role): Account => ({
  id: uuidv7(),
  email: `${role}-${++counter}@example.com`,
  role,
})

/** Without a row yet, and without a token: see `insertUsers`. */
export function newUser(app: TestApp, role: Role): User {
  return withCalls(app, { ...newAccount(role), sessionId: uuidv7(), token: '' })
}

function withCalls(app: TestApp, fields: Account & { sessionId: string; token: string }): User {
  const user: User = Object.assign(fields, {
    get: (path: string, options?: RequestOptions) => call('GET', path, options),
    post: (path: string, json?: unknown, options?: RequestOptions) =>
      call('POST', path, { json, ...options }),
    patch: (path: string, json?: unknown, options?: RequestOptions) =>
      call('PATCH', path, { json, ...options }),
    delete: (path: string, options?: RequestOptions) => call('DELETE', path, options),
  })
  const call = (method: string, path: string, options: RequestOptions = {}) =>
    app.call(method, path, { token: user.token, ...options })
  return user
}

const tokens = createAccessTokens([testSecret], () => new Date())

/** Users and their sessions behind the API, with the tokens that a login would have given. */
export async function insertUsers(
  app: TestApp,
  users: readonly User[],
  hash = passwordHash,
): Promise<void> {
  await app.sql.transaction((sql) =>
    users.flatMap((user) => [
      sql`insert into data.users (id, email, name, role, password_hash)
          values (${user.id}, ${user.email}, ${nameOf(user)}, ${user.role}, ${hash})`,
      // Verified for the length of any test file; those about step-up age it.
      sql`insert into data.sessions (id, user_id, expires_at, verified_at)
          values (${user.sessionId}, ${user.id}, now() + interval '1 day', now() + interval '1 hour')`,
    ]),
  )
  for (const user of users) {
    const { id: userId, sessionId, role } = user
    user.token = await tokens.issue({ userId, sessionId, tokenVersion: 1, role })
  }
}

/** A user with a session, whom no password was hashed for: made in milliseconds. */
export async function createUser(app: TestApp, role: Role, hash?: string): Promise<User> {
  const user = newUser(app, role)
  await insertUsers(app, [user], hash)
  return user
}

/** A user without a session. */
export async function insertUser(app: TestApp, role: Role, active = true): Promise<Account> {
  const account = newAccount(role)
  const { id, email } = account
  await app.sql`insert into data.users (id, email, name, role, password_hash, active)
                values (${id}, ${email}, ${nameOf(account)}, ${role}, ${passwordHash}, ${active})`
  return account
}

/** Logs in with a password, as a user that there is or as a new one of a role. */
export async function loginAs(
  app: TestApp,
  who: Account | Role,
  secret = password,
): Promise<LoggedInUser> {
  const { id, email, role } = typeof who === 'string' ? await insertUser(app, who) : who
  const response = await app.call('POST', '/v1/auth/login', { json: { email, password: secret } })
  if (response.status !== 200)
    throw new Error(`Login responded with ${response.status}: ${response.text}`)
  const { access_token: token, refresh_token: refreshToken } = response.body
  const { sessionId } = await tokens.verify(token)
  return Object.assign(withCalls(app, { id, email, role, sessionId, token }), { refreshToken })
}
