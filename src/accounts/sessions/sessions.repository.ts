import { and, count, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { allSessions, ownSessions } from './sessions.views.ts'
import { noContent } from '../../db/write-batch.ts'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'

export type Session = typeof ownSessions.$inferSelect

export type SessionsRepository = ReturnType<typeof createSessionsRepository>

/** Active sessions: the caller's, or with `userId` another user's (admins only). */
export function createSessionsRepository(database: Database) {
  const of = (userId: string | undefined) => (userId === undefined ? ownSessions : allSessions)
  const whose = (userId: string | undefined): SQL | undefined =>
    userId === undefined ? undefined : eq(allSessions.user_id, userId)

  async function revoke(caller: Caller, call: SQL): Promise<number> {
    const [{ rows }] = await database.write(
      caller,
      [qb.execute<{ revoked: number }>(sql`select ${call} revoked`)],
      noContent,
    )
    return rows[0]!.revoked
  }
  const revokeOne = (caller: Caller, call: SQL) =>
    zeroIfNotFound(() => revoke(caller, requireFound(call)))

  return {
    /** Newest first, after the session `after`. */
    async list(
      caller: Caller,
      userId: string | undefined,
      take: number,
      after?: string,
    ): Promise<Session[]> {
      const view = of(userId)
      const behind = after === undefined ? undefined : lt(view.id, after)
      const [rows] = await database.read(caller, [
        qb
          .select()
          .from(view)
          .where(and(whose(userId), behind))
          .orderBy(desc(view.id))
          .limit(take),
      ])
      return rows
    },

    async page(caller: Caller, userId: string | undefined, take: number, skip: number) {
      const view = of(userId)
      const [rows, [counted]] = await database.read(caller, [
        qb.select().from(view).where(whose(userId)).orderBy(desc(view.id)).limit(take).offset(skip),
        qb.select({ total: count() }).from(view).where(whose(userId)),
      ])
      return { rows, total: counted?.total ?? 0 }
    },

    /** Number of revoked sessions; 0 if there is no such session. */
    revokeOwn: (caller: Caller, id: string) =>
      revokeOne(caller, sql`api.revoke_own_sessions(${id}::uuid)`),
    revokeAny: (caller: Caller, id: string) =>
      revokeOne(caller, sql`api.revoke_any_sessions(null, ${id}::uuid)`),
    revokeOthers: (caller: Caller) => revoke(caller, sql`api.revoke_own_sessions(null)`),
    revokeAll: (caller: Caller, userId: string) =>
      revoke(caller, sql`api.revoke_any_sessions(${userId}::uuid, null)`),
  }
}
