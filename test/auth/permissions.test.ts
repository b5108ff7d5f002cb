import { describe, expect, it } from 'vitest'
import {
  can,
  isAllowedWithoutTotp,
  needsSession,
  permissions,
  requiredRole,
  type Permission,
} from '../../src/access/permissions.ts'

const roles = ['viewer', 'analyst', 'admin'] as const

/** The weakest role of each permission, and those that are not for API keys or not before TOTP. */
const expected: Record<Permission, (typeof roles)[number]> = {
  'profile:read': 'viewer',
  'profile:manage': 'viewer',
  'session:revoke': 'viewer',
  'session:verify': 'viewer',
  'sessions:manage': 'viewer',
  'totp:manage': 'viewer',
  'api_keys:manage': 'viewer',
  'transactions:read': 'viewer',
  'transactions:read_deleted': 'admin',
  'transactions:create': 'analyst',
  'transactions:create_for_others': 'admin',
  'transactions:change': 'admin',
  'transactions:read_all': 'admin',
  'users:read': 'admin',
  'users:manage': 'admin',
  'audit:read': 'admin',
  'dashboard:summary': 'viewer',
  'dashboard:insights': 'analyst',
  'dashboard:users': 'admin',
  'recurring:read': 'analyst',
  'recurring:decide': 'analyst',
  'anomalies:read': 'analyst',
  'anomalies:decide': 'analyst',
}
const names = Object.keys(permissions) as Permission[]

describe('A permission', () => {
  it.each(names)('belongs to one role and to the stronger ones: %s', (name) => {
    const weakest = expected[name]
    const allowed = roles.filter((role) => can(role, name))
    expect(allowed).toEqual(roles.slice(roles.indexOf(weakest)))
    expect(requiredRole(name)).toBe(weakest)
  })

  it('cannot be used with an API key where it could outlive the key', () => {
    expect(names.filter(needsSession).toSorted()).toEqual([
      'api_keys:manage',
      'profile:manage',
      'session:revoke',
      'session:verify',
      'sessions:manage',
      'totp:manage',
      'users:manage',
    ])
  })

  it('can be used before two-factor authentication only to set that up or to log out', () => {
    expect(names.filter(isAllowedWithoutTotp).toSorted()).toEqual([
      'profile:read',
      'session:revoke',
      'totp:manage',
    ])
  })
})
