import type { Caller } from '../../db/client.ts'
import { AppError } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import {
  checkPageRequest,
  cursorPage,
  numberedPage,
  type Page,
  type PageRequest,
} from '../../lib/pagination/pages.ts'
import { can } from '../../access/permissions.ts'
import { resolveOwner } from '../../access/scope.ts'
import type { Session, SessionsRepository } from './sessions.repository.ts'

export type SessionsService = ReturnType<typeof createSessionsService>

/** Sessions that run, and their end. What ends here is refused from the next request on. */
export function createSessionsService(sessions: SessionsRepository, cursors: Cursors) {
  return {
    async list(
      caller: Caller,
      userId: string | undefined,
      request: PageRequest,
    ): Promise<Page<Session>> {
      checkPageRequest(request)
      const owner = resolveOwner(caller, userId)
      const { limit, page, cursor } = request
      if (page !== undefined) {
        const result = await sessions.page(caller, owner, limit, (page - 1) * limit)
        return numberedPage(result, page, limit)
      }
      const list = ['sessions', caller.userId, owner]
      const [after] = cursor === undefined ? [] : await cursors.read(list, cursor)
      const rows = await sessions.list(caller, owner, limit + 1, after)
      return cursorPage(cursors, list, rows, limit, ({ id }) => [id])
    },

    /** @throws AppError `not_found` where there is none, or none that the caller may end */
    async revoke(caller: Caller, id: string): Promise<void> {
      const revoked = can(caller.role, 'users:manage')
        ? await sessions.revokeAny(caller, id)
        : await sessions.revokeOwn(caller, id)
      if (revoked === 0) throw new AppError('not_found', { detail: 'No such session.' })
    },

    /** Every session but the one that asks; returns how many there were. */
    async revokeOthers(caller: Caller, userId: string | undefined): Promise<number> {
      const owner = resolveOwner(caller, userId)
      return owner === undefined ? sessions.revokeOthers(caller) : sessions.revokeAll(caller, owner)
    },
  }
}
