import { v7 as uuidv7 } from 'uuid'
import { createAccessTokens } from '../../../src/access/access-tokens.ts'
import type { Role } from '../../../src/db/enums.ts'
import {
  type RequestOptions,
  type TestApp,
  type TestResponse,
  testSecret,
} from '../../support/app.ts'
import { createUser } from '../../support/users.ts'
import type { Model, ModelUser } from './state.ts'

const tokens = createAccessTokens([testSecret], () => new Date())

/** The API with the tokens of those who use it. */
export class World {
  readonly app: TestApp
  readonly #tokens = new Map<string, string>()
  /** What was done, so that a run tells how much it has seen. */
  readonly seen: Map<string, number>

  constructor(app: TestApp, seen: Map<string, number>) {
    this.app = app
    this.seen = seen
  }

  async call(
    user: ModelUser,
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<TestResponse> {
    const token = this.#tokens.get(user.id) ?? 'none'
    const response = await this.app.call(method, path, { token, ...options })
    const route = path.replace(/\?.*/, '').replace(/[\da-f]{8}-[\da-f-]{27}/, ':id')
    const name = `${method} ${route} ${response.status}`
    this.seen.set(name, (this.seen.get(name) ?? 0) + 1)
    return response
  }

  /** The token that was good until now. */
  tokenOf = (user: ModelUser) => this.#tokens.get(user.id) ?? 'none'

  /** A token of the role that the user has now. */
  keepToken(user: ModelUser, token: string): void {
    this.#tokens.set(user.id, token)
    Object.assign(user, { tokenRole: user.role })
  }

  /** What logging in would do, without the time that comparing a password takes. */
  async enterAgain(user: ModelUser): Promise<void> {
    const { sql } = this.app
    const sessionId = uuidv7()
    const [row] = await sql`select token_version from data.users where id = ${user.id}`
    await sql`insert into data.sessions (id, user_id, expires_at)
              values (${sessionId}, ${user.id}, now() + interval '1 day')`
    const tokenVersion = Number(row!['token_version'])
    const { id: userId, role } = user
    this.keepToken(user, await tokens.issue({ userId, sessionId, tokenVersion, role }))
  }
}

/** The people whom every run begins with; the second admin lets the first one go. */
const CAST: readonly Role[] = ['admin', 'analyst', 'viewer', 'admin', 'analyst']

/** Fresh people in an empty book. Whoever was there before is inactive, for nothing is ever cleared. */
export async function newRun(app: TestApp, seen: Map<string, number>) {
  const world = new World(app, seen)
  const people = await Promise.all(CAST.map((role) => createUser(app, role)))
  await app.sql`update data.users set active = false
                 where active and id <> all (${people.map(({ id }) => id)}::uuid[])`
  await app.sql`delete from data.transactions`
  const model: Model = {
    users: people.map(({ id, email, role }) => ({
      id,
      email,
      role,
      tokenRole: role,
      active: true,
    })),
    transactions: [],
  }
  people.forEach(({ token }, index) => world.keepToken(model.users[index]!, token))
  return { model, real: world }
}
