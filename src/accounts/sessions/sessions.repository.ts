import { eq, sql, type SQL } from 'drizzle-orm'
import { newestFirst } from '../../db/newest-first.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { allSessions, ownSessions } from './sessions.views.ts'
import { noContent } from '../../db/write-batch.ts'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'

export type Session = typeof ownSessions.$inferSelect

export type SessionsRepository = ReturnType<typeof createSessionsRepository>

/** Active sessions: the caller's, or with `userId` another user's (admins only). */
export function createSessionsRepository(database: Database) {
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
    /** Newest first. */
    list: (caller: Caller, userId: string | undefined): PageReader<Session> =>
      userId === undefined
        ? newestFirst(database, caller, ownSessions, undefined)
        : newestFirst(database, caller, allSessions, eq(allSessions.user_id, userId)),

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
