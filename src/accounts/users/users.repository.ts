import { and, eq, getTableColumns, or, sql, type Column, type SQL } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { likePattern } from '../../db/escape-like.ts'
import { newestFirst } from '../../db/newest-first.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { checkVersion } from '../../db/versions.ts'
import { rowAsJson } from '../../db/write-batch.ts'
import { exactFilters, type FilterValues, type Patch } from '../../db/record.ts'
import { userFields } from './user.fields.ts'
import { allUsers, ownProfile, writableUsers } from './users.views.ts'

const readable = getTableColumns(allUsers)

export type User = typeof ownProfile.$inferSelect

export interface UserFilter extends FilterValues<typeof userFields> {
  /** Part of the name or of the e-mail address, whatever its case. */
  q?: string | undefined
}

export type NewUser = typeof writableUsers.$inferInsert
export type UserChanges = Patch<typeof userFields> & { password_hash?: string }

export type UsersRepository = ReturnType<typeof createUsersRepository>

const contains = (column: Column, q: string) =>
  sql`api.fold_text(${column}) like api.fold_text(${likePattern(q)})`

const matching = ({ q, ...exact }: UserFilter): SQL | undefined =>
  and(
    ...exactFilters(userFields, allUsers, exact),
    q === undefined ? undefined : or(contains(allUsers.name, q), contains(allUsers.email, q)),
  )

const byId = (id: string) => qb.select().from(allUsers).where(eq(allUsers.id, id))

export function createUsersRepository(database: Database) {
  return {
    async profile(caller: Caller): Promise<User | undefined> {
      const [rows] = await database.read(caller, [qb.select().from(ownProfile)])
      return rows[0]
    },

    async find(caller: Caller, id: string): Promise<User | undefined> {
      const [rows] = await database.read(caller, [byId(id)])
      return rows[0]
    },

    /** Newest first. */
    list: (caller: Caller, filter: UserFilter): PageReader<User> =>
      newestFirst(database, caller, allUsers, matching(filter)),

    /** @throws AppError `email_taken` */
    async create(caller: Caller, user: NewUser): Promise<User> {
      const [rows] = await database.write(
        caller,
        [qb.insert(writableUsers).values(user).returning(readable)],
        { outcome: 'created', entity: 'user', json: rowAsJson(byId(user.id)) },
      )
      return rows[0]!
    },

    /** @throws AppError `not_found`, `last_admin`, or `precondition_failed` */
    async update(
      caller: Caller,
      id: string,
      versions: readonly number[] | undefined,
      changes: UserChanges,
    ): Promise<User | undefined> {
      const [, rows] = await database.write(
        caller,
        [
          checkVersion('user', id, versions),
          qb.update(writableUsers).set(changes).where(eq(writableUsers.id, id)).returning(readable),
        ],
        {
          outcome: changes.password_hash === undefined ? 'changed' : 'done',
          entity: 'user',
          json: rowAsJson(byId(id)),
        },
      )
      return rows[0]
    },
  }
}
