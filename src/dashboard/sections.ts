import { can, requiredRole, type Permission } from '../access/permissions.ts'
import type { Role } from '../db/enums.ts'

/** Required permission by section. */
export const sectionPermissions = {
  totals: 'dashboard:summary',
  recent: 'dashboard:summary',
  categories: 'dashboard:insights',
  trends: 'dashboard:insights',
  comparison: 'dashboard:insights',
  insights: 'dashboard:insights',
  forecast: 'dashboard:insights',
  anomalies: 'anomalies:read',
  users: 'dashboard:users',
} as const satisfies Record<string, Permission>

export type Section = keyof typeof sectionPermissions

export const sections = Object.keys(sectionPermissions) as [Section, ...Section[]]

export interface Withheld {
  section: Section
  requiredRole: Role
}

/** Splits the requested sections (by default all) into those that a role can see and the others. */
export function splitSections(role: Role, wanted: readonly Section[] = sections) {
  const unique = sections.filter((section) => wanted.includes(section))
  const withheld = unique
    .filter((section) => !can(role, sectionPermissions[section]))
    .map((section): Withheld => ({
      section,
      requiredRole: requiredRole(sectionPermissions[section]),
    }))
  return {
    granted: new Set(unique.filter((section) => can(role, sectionPermissions[section]))),
    withheld,
  }
}
