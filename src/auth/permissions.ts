import type { Role } from '../database/enums.ts'

/**
 * Who may do what, in one place. `requirePermission` asks it before anything is read; the grants and
 * views of the database say the same once more (drizzle/0002_walls.sql).
 */
export const permissions = {
  'profile:manage': ['viewer', 'analyst', 'admin'],
  'transactions:read': ['viewer', 'analyst', 'admin'],
  'transactions:read_deleted': ['admin'],
  'transactions:create': ['analyst', 'admin'],
  'transactions:create_for_others': ['admin'],
  'transactions:change': ['admin'],
  'book:read': ['admin'],
  'users:manage': ['admin'],
  'audit:read': ['admin'],
  'dashboard:summary': ['viewer', 'analyst', 'admin'],
  'dashboard:insights': ['analyst', 'admin'],
  'dashboard:users': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function may(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** The weakest role that has a permission. */
export function requiredRole(permission: Permission): Role {
  return permissions[permission][0]
}
