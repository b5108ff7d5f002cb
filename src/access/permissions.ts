import type { Role } from '../db/enums.ts'

/**
 * Roles by permission. `requirePermission` checks them before anything is read; grants and views of
 * the database enforce the same a second time.
 */
export const permissions = {
  'profile:read': ['viewer', 'analyst', 'admin'],
  'profile:manage': ['viewer', 'analyst', 'admin'],
  'session:verify': ['viewer', 'analyst', 'admin'],
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
  'recurring:read': ['analyst', 'admin'],
  'recurring:decide': ['analyst', 'admin'],
  'anomalies:read': ['analyst', 'admin'],
  'anomalies:decide': ['analyst', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/**
 * Not allowed with an API key of any role: a leaked key could create access that outlives its own
 * revocation. Triggers of the database enforce the same.
 */
const withSessionOnly: ReadonlySet<Permission> = new Set([
  'profile:manage',
  'session:verify',
  'session:revoke',
  'sessions:manage',
  'totp:manage',
  'api_keys:manage',
  'users:manage',
])

/** Allowed for admins without TOTP, even if REQUIRE_ADMIN_TOTP is set. */
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
