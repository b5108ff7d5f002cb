import type { Caller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import { can } from '../../access/permissions.ts'
import { resolveOwner } from '../../access/scope.ts'
import type { SignOut } from '../sign-out.repository.ts'
import type { Session, SessionsRepository } from './sessions.repository.ts'

export type SessionsService = ReturnType<typeof createSessionsService>

/** Lists and revokes active sessions. A revocation takes effect on the next request. */
export function createSessionsService(sessions: SessionsRepository, cursors: Cursors) {
  return {
    async list(
      caller: Caller,
      userId: string | undefined,
      request: PageRequest,
    ): Promise<Page<Session>> {
      const owner = resolveOwner(caller, userId)
      const list = ['sessions', caller.userId, owner]
      return readPage(cursors, list, request, sessions.list(caller, owner))
    },

    /** @throws AppError `not_found` if there is no such session that the caller can revoke */
    async revoke(caller: Caller, id: string): Promise<void> {
      const revoked = can(caller.role, 'users:manage')
        ? await sessions.revokeAny(caller, id)
        : await sessions.revokeOwn(caller, id)
      if (revoked === 0) throw new AppError('not_found', { detail: 'No such session.' })
    },

    /** Revokes all sessions but the current one, and with `apiKeys` the API keys. */
    async signOut(caller: Caller, userId: string | undefined, apiKeys: boolean): Promise<SignOut> {
      const owner = resolveOwner(caller, userId)
      return owner === undefined
        ? sessions.signOutElsewhere(caller, apiKeys)
        : sessions.signOutUser(caller, owner, apiKeys)
    },
  }
}
