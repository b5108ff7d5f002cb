import { eq, sql, type SQL } from 'drizzle-orm'
import { newestFirst } from '../../db/newest-first.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { allSessions, ownSessions } from './sessions.views.ts'
import { noContent } from '../../db/write-batch.ts'
import { signOutResponse, type SignOut } from '../sign-out.repository.ts'
import { writeFound } from '../../db/require-found.ts'

export type Session = typeof ownSessions.$inferSelect

export type SessionsRepository = ReturnType<typeof createSessionsRepository>

/** Active sessions: the caller's, or with `userId` another user's (admins only). */
export function createSessionsRepository(database: Database) {
  const revoke = (caller: Caller, call: SQL) => writeFound(database, caller, call, noContent)

  async function signOut(caller: Caller, call: SQL): Promise<SignOut> {
    const [{ rows }] = await database.write(
      caller,
      [qb.execute<{ result: SignOut }>(sql`select ${call} result`)],
      signOutResponse,
    )
    return rows[0]!.result
  }

  return {
    /** Newest first. */
    list: (caller: Caller, userId: string | undefined): PageReader<Session> =>
      userId === undefined
        ? newestFirst(database, caller, ownSessions, undefined)
        : newestFirst(database, caller, allSessions, eq(allSessions.user_id, userId)),

    /** Number of revoked sessions; 0 if there is no such session. */
    revokeOwn: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_own_session(${id}::uuid)`),
    revokeAny: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_any_session(${id}::uuid)`),

    /** Revokes all sessions but the current one, and with `apiKeys` the keys. */
    signOutElsewhere: (caller: Caller, apiKeys: boolean) =>
      signOut(caller, sql`api.sign_out_elsewhere(${apiKeys}::boolean)`),
    signOutUser: (caller: Caller, userId: string, apiKeys: boolean) =>
      signOut(caller, sql`api.sign_out_user(${userId}::uuid, ${apiKeys}::boolean)`),
  }
}
