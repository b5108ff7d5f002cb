import { v7 as uuidv7 } from 'uuid'
import type { Role } from '../../src/db/enums.ts'
import type { TestResponse, RequestOptions, TestApp } from './app.ts'

export const password = 'seven wet umbrellas'
/** bcrypt of `password` at the cost that the API uses: making one for each user takes long. */
const passwordHash = '$2b$10$q8ZMdf./xyPVqTeThUagCOFp3nocJu5zQebL2KrvYarVO79pNWT8a'

export interface Actor {
  id: string
  email: string
  role: Role
  token: string
  refreshToken: string
  get(path: string, options?: RequestOptions): Promise<TestResponse>
  post(path: string, json?: unknown, options?: RequestOptions): Promise<TestResponse>
  patch(path: string, json?: unknown, options?: RequestOptions): Promise<TestResponse>
  delete(path: string, options?: RequestOptions): Promise<TestResponse>
}

let counter = 0

/** A user in the database, as the first admin is made: behind the API. Returns the id and e-mail. */
export async function insertUser(app: TestApp, role: Role, active = true) {
  const id = uuidv7()
  const email = `${role}-${++counter}@example.com`
  await app.sql`insert into book.users (id, email, name, role, password_hash, active)
                values (${id}, ${email}, ${`${role} ${counter}`}, ${role}, ${passwordHash}, ${active})`
  return { id, email }
}

/** Somebody of a role who has logged in and calls the API with the token that came back. */
export async function actor(app: TestApp, role: Role): Promise<Actor> {
  const { id, email } = await insertUser(app, role)
  return login(app, { id, email, role })
}

/** Logs a user in once more. */
export async function login(
  app: TestApp,
  user: { id: string; email: string; role: Role },
  secret = password,
): Promise<Actor> {
  const response = await app.call('POST', '/v1/auth/login', {
    json: { email: user.email, password: secret },
  })
  if (response.status !== 200)
    throw new Error(`Login answered ${response.status}: ${response.text}`)
  const token: string = response.body.access_token
  const call = (method: string, path: string, options: RequestOptions = {}) =>
    app.call(method, path, { token, ...options })
  return {
    ...user,
    token,
    refreshToken: response.body.refresh_token,
    get: (path, options) => call('GET', path, options),
    post: (path, json, options) => call('POST', path, { json, ...options }),
    patch: (path, json, options) => call('PATCH', path, { json, ...options }),
    delete: (path, options) => call('DELETE', path, options),
  }
}
