import type { Caller } from '../../db/client.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import type { Cursors } from '../../lib/pagination/cursor.ts'
import { readPage, type Page, type PageRequest } from '../../lib/pagination/pages.ts'
import type {
  AuditEntry,
  AuditFilter,
  AuditRepository,
  ExportedHead,
  StoredHead,
  Verification,
} from './audit.repository.ts'

export type AuditService = ReturnType<typeof createAuditService>

export interface VerificationRequest {
  ownerId?: string | undefined
  expectedHash?: string | undefined
  cursor?: string | undefined
}

/** Reads the audit log, for admins. Only the database writes it. */
export function createAuditService(audit: AuditRepository, cursors: Cursors) {
  const list = (caller: Caller, filter: AuditFilter, request: PageRequest) =>
    readPage(
      cursors,
      ['audit', caller.userId, Object.entries(filter)],
      request,
      audit.list(caller, filter),
    )

  return {
    async list(caller: Caller, filter: AuditFilter, request: PageRequest) {
      if (filter.from !== undefined && filter.to !== undefined) {
        if (Date.parse(filter.from) > Date.parse(filter.to)) {
          throw invalidField('to', 'Must not be before from.')
        }
      }
      return list(caller, filter, request)
    },

    /** The entries of one transaction, even a purged one. @throws AppError `not_found` */
    async history(caller: Caller, id: string, request: PageRequest): Promise<Page<AuditEntry>> {
      const page = await list(caller, { entity: 'transaction', entity_id: id }, request)
      const isFirst = request.cursor === undefined && (request.page ?? 1) === 1
      if (isFirst && page.rows.length === 0) {
        throw new AppError('not_found', { detail: 'No such transaction.' })
      }
      return page
    },

    heads: (caller: Caller, request: PageRequest): Promise<Page<ExportedHead>> =>
      readPage(cursors, ['audit heads'], request, audit.heads(caller)),

    compareHeads: (caller: Caller, heads: readonly StoredHead[]) => audit.compare(caller, heads),

    /** @throws AppError where a hash is expected of no user, or there is no such user */
    async verify(
      caller: Caller,
      request: VerificationRequest,
    ): Promise<Verification & { nextCursor: string | null }> {
      const { ownerId, expectedHash, cursor } = request
      if (expectedHash !== undefined && ownerId === undefined) {
        throw invalidField('owner_id', 'Required with expected_hash.')
      }
      const chain = ['audit chain', ownerId ?? null]
      const after = cursor === undefined ? undefined : await cursors.read(chain, cursor)
      const [afterOwner = '', afterSequence = ''] = after ?? []
      const found = await audit.verify(
        caller,
        ownerId,
        expectedHash,
        after && { ownerId: afterOwner, sequence: afterSequence },
      )
      if (ownerId !== undefined && found.owners === 0 && found.violationCount === 0) {
        throw new AppError('not_found', { detail: 'No audit log for this user.' })
      }
      const { next } = found
      const nextCursor = next ? await cursors.write(chain, [next.ownerId, next.sequence]) : null
      return { ...found, nextCursor }
    },
  }
}
