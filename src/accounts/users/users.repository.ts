import { and, desc, eq, getTableColumns, or, sql, type Column, type SQL } from 'drizzle-orm'
import { requireStepUp } from '../../db/authenticate.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { likePattern } from '../../db/escape-like.ts'
import { newestFirst } from '../../db/newest-first.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { checkVersion } from '../../db/versions.ts'
import { rowAsJson } from '../../db/write-batch.ts'
import { exactFilters, type FilterValues, type Patch } from '../../db/record.ts'
import { signOutResponse, type SignOut } from '../sign-out.repository.ts'
import { userFields } from './user.fields.ts'
import { allUsers, ownAccountEvents, ownProfile, writableUsers } from './users.views.ts'

const readable = getTableColumns(allUsers)

export type User = typeof ownProfile.$inferSelect

export type AccountEvent = typeof ownAccountEvents.$inferSelect

/** A user with what was done to the account in the last 30 days, newest first. */
export interface Account {
  user: User
  events: AccountEvent[]
}

const MAX_EVENTS = 50

export interface UserFilter extends FilterValues<typeof userFields> {
  /** Part of the name or of the e-mail address, whatever its case. */
  q?: string | undefined
}

export type NewUser = typeof writableUsers.$inferInsert
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
    async account(caller: Caller): Promise<Account | undefined> {
      const latest = qb
        .select()
        .from(ownAccountEvents)
        .orderBy(desc(ownAccountEvents.id))
        .limit(MAX_EVENTS)
      const [rows, events] = await database.read(caller, [qb.select().from(ownProfile), latest])
      return rows[0] && { user: rows[0], events }
    },

    async find(caller: Caller, id: string): Promise<User | undefined> {
      const [rows] = await database.read(caller, [byId(id)])
      return rows[0]
    },

    /** @throws AppError `step_up_required`; IdempotentReplay if the password was already reset */
    async findToResetPassword(caller: Caller, id: string): Promise<User | undefined> {
      const [, rows] = await database.readBeforeWrite(caller, [requireStepUp(), byId(id)])
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
      changes: Patch<typeof userFields>,
    ): Promise<User | undefined> {
      const [, rows] = await database.write(
        caller,
        [
          checkVersion('user', id, versions),
          qb.update(writableUsers).set(changes).where(eq(writableUsers.id, id)).returning(readable),
        ],
        { outcome: 'changed', entity: 'user', json: rowAsJson(byId(id)) },
      )
      return rows[0]
    },

    /** @throws AppError `not_found` or `step_up_required` */
    async resetPassword(
      caller: Caller,
      id: string,
      hash: string,
      apiKeys: boolean,
    ): Promise<SignOut> {
      const [, { rows }] = await database.write(
        caller,
        [
          checkVersion('user', id, undefined),
          qb.execute<{ result: SignOut }>(
            sql`select api.sign_out_for_new_password(${id}::uuid, ${apiKeys}::boolean) result`,
          ),
          qb.update(writableUsers).set({ password_hash: hash }).where(eq(writableUsers.id, id)),
        ],
        signOutResponse,
      )
      return rows[0]!.result
    },
  }
}
