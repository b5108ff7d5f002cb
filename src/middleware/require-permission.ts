import type { MiddlewareHandler } from 'hono'
import { may, requiredRole, type Permission } from '../auth/permissions.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http/context.ts'

/** Refuses callers whose role lacks a permission, before anything is read. */
export const requirePermission =
  (permission: Permission): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { role } = c.get('caller')
    if (!may(role, permission)) {
      throw new AppError('forbidden', {
        detail: `This needs the role ${requiredRole(permission)}; yours is ${role}.`,
      })
    }
    await next()
  }
