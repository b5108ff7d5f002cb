import type { MiddlewareHandler } from 'hono'
import {
  can,
  isAllowedWithoutTotp,
  needsSession,
  requiredRole,
  type Permission,
} from '../access/permissions.ts'
import { AppError } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'

const READS = new Set(['GET', 'HEAD'])

/** Rejects callers whose role or key lacks a permission, before anything is read. */
export const requirePermission =
  (permission: Permission): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const caller = c.get('caller')
    const { role } = caller
    if (!can(role, permission)) {
      throw new AppError('forbidden', {
        detail: `Requires the role ${requiredRole(permission)}; yours is ${role}.`,
      })
    }
    if ('apiKey' in caller) {
      if (needsSession(permission)) {
        throw new AppError('forbidden', {
          detail: 'API keys cannot be used for this. Log in instead.',
        })
      }
      if (caller.apiKey.access === 'read' && !READS.has(c.req.method)) {
        throw new AppError('forbidden', { detail: 'This API key is read-only.' })
      }
    }
    if (isAllowedWithoutTotp(permission)) c.get('request').withoutTotp = true
    await next()
  }
