import type { Role } from '../db/enums.ts'

/**
 * Who may do what, in one place. `requirePermission` asks it before anything is read; the grants and
 * views of the database say the same once more (the custom migrations in drizzle/).
 */
export const permissions = {
  'profile:read': ['viewer', 'analyst', 'admin'],
  'profile:manage': ['viewer', 'analyst', 'admin'],
  'session:revoke': ['viewer', 'analyst', 'admin'],
  'sessions:manage': ['viewer', 'analyst', 'admin'],
  'totp:manage': ['viewer', 'analyst', 'admin'],
  'api_keys:manage': ['viewer', 'analyst', 'admin'],
  'transactions:read': ['viewer', 'analyst', 'admin'],
  'transactions:read_deleted': ['admin'],
  'transactions:create': ['analyst', 'admin'],
  'transactions:create_for_others': ['admin'],
  'transactions:change': ['admin'],
  'transactions:read_all': ['admin'],
  'users:read': ['admin'],
  'users:manage': ['admin'],
  'audit:read': ['admin'],
  'dashboard:summary': ['viewer', 'analyst', 'admin'],
  'dashboard:insights': ['analyst', 'admin'],
  'dashboard:users': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/**
 * What nobody does with an API key, whatever its role: a key that leaked would outlive its own
 * revocation. Triggers of the database refuse the same (drizzle/0006_sessions_and_keys.sql).
 */
const withSessionOnly: ReadonlySet<Permission> = new Set([
  'profile:manage',
  'session:revoke',
  'sessions:manage',
  'totp:manage',
  'api_keys:manage',
  'users:manage',
])

/** What an admin may do before having the second factor that REQUIRE_ADMIN_TOTP asks for. */
const beforeTotp: ReadonlySet<Permission> = new Set([
  'profile:read',
  'session:revoke',
  'totp:manage',
])

export const needsSession = (permission: Permission) => withSessionOnly.has(permission)
export const isAllowedWithoutTotp = (permission: Permission) => beforeTotp.has(permission)

export function can(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** The weakest role that has a permission. */
export function requiredRole(permission: Permission): Role {
  return permissions[permission][0]
}
