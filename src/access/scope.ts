import { AppError, invalidField } from '../lib/errors.ts'
import type { Role } from '../db/enums.ts'
import { may } from './permissions.ts'

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
export function resolveScope(caller: { userId: string; role: Role }, request: ScopeRequest): Scope {
  const { scope, userId } = request
  if (userId !== undefined && scope !== undefined) {
    throw invalidField('query.user_id', 'Give either user_id or scope.')
  }
  if (scope !== 'all' && (userId === undefined || userId === caller.userId)) return { kind: 'own' }
  if (!may(caller.role, 'book:read')) {
    throw new AppError('not_found', { detail: 'Your role sees no records but your own.' })
  }
  return userId === undefined ? { kind: 'all' } : { kind: 'user', userId }
}
