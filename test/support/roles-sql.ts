import { neon, neonConfig, type NeonQueryFunction } from '@neondatabase/serverless'
import type { TestApp } from './app.ts'
import { neonEndpoint } from './database.ts'
import type { User } from './users.ts'

type Query = (sql: NeonQueryFunction<false, false>) => ReturnType<typeof sql>
type Row = Record<string, any>

export interface AppSql {
  /** One transaction as the role `app`, as the Worker sends it, without an identity. */
  anonymously(...queries: Query[]): Promise<Row[][]>
  /** The same as `app_login`, for the functions of login and maintenance. */
  beforeLogin(...queries: Query[]): Promise<Row[][]>
  /** One transaction as a user: `api.authenticate` first. Returns the results of the queries. */
  as(person: User, ...queries: Query[]): Promise<Row[][]>
}

/** SQL with the rights that the Worker has. */
export function appSql(app: TestApp): AppSql {
  neonConfig.fetchEndpoint = neonEndpoint
  const sql = neon(app.database.appUrl)
  const login = neon(app.database.loginUrl)
  const anonymously: AppSql['anonymously'] = (...queries) =>
    sql.transaction(queries.map((query) => query(sql)))
  return {
    anonymously,
    beforeLogin: (...queries) => login.transaction(queries.map((query) => query(login))),
    as: async ({ id, sessionId }, ...queries) => {
      const authenticate: Query = (each) =>
        each`select api.authenticate(${id}::uuid, ${sessionId}::uuid, 1)`
      return (await anonymously(authenticate, ...queries)).slice(1)
    },
  }
}

/** Expectation of a refusal for lack of a right. */
export const denied = { code: '42501' }
