import { AppError, invalidField } from '../lib/errors.ts'
import type { Caller } from '../db/client.ts'
import { can } from './permissions.ts'

/** Whose records a list or a dashboard is about. */
export type Scope = { kind: 'own' } | { kind: 'user'; userId: string } | { kind: 'all' }

export interface ScopeRequest {
  scope?: 'own' | 'all' | undefined
  userId?: string | undefined
}

/**
 * Everyone's own records, unless more is asked for and the role allows it. For others, records of
 * somebody else do not exist: 404, not 403.
 */
export function resolveScope(
  caller: Pick<Caller, 'userId' | 'role'>,
  request: ScopeRequest,
): Scope {
  const { scope, userId } = request
  if (userId !== undefined && scope !== undefined) {
    throw invalidField('user_id', 'Send either user_id or scope, not both.')
  }
  if (scope !== 'all' && (userId === undefined || userId === caller.userId)) return { kind: 'own' }
  if (!can(caller.role, 'transactions:read_all')) {
    throw new AppError('not_found', { detail: 'Your role can only access your own transactions.' })
  }
  return userId === undefined ? { kind: 'all' } : { kind: 'user', userId }
}

/**
 * The user whose sessions or keys a request is about; undefined for the caller. Without permission,
 * another user does not exist: 404, not 403.
 */
export function resolveOwner(
  caller: Pick<Caller, 'userId' | 'role'>,
  userId: string | undefined,
): string | undefined {
  if (userId === undefined || userId === caller.userId) return undefined
  if (!can(caller.role, 'users:manage')) {
    throw new AppError('not_found', { detail: 'No such user.' })
  }
  return userId
}
