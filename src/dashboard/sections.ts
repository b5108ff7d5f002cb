import { can, requiredRole, type Permission } from '../access/permissions.ts'
import type { Role } from '../db/enums.ts'
import { needs } from '../db/masking.ts'
import { historyFields } from '../recurring/history-fields.ts'
import type { MaskableField } from '../transactions/masked-fields.ts'

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

/** Fields of transactions without which a section cannot be shown. Records of `recent` are masked. */
const sectionNeeds: Record<Section, readonly MaskableField[]> = {
  totals: ['amount'],
  recent: [],
  categories: ['category', 'amount'],
  trends: ['amount'],
  comparison: ['amount'],
  insights: ['category', 'amount'],
  forecast: historyFields,
  anomalies: historyFields,
  users: ['amount'],
}

export const sections = Object.keys(sectionPermissions) as [Section, ...Section[]]

/** A section that is not shown: for another role, or for a field that is masked for this one. */
export interface Withheld {
  section: Section
  requiredRole?: Role
  maskedField?: MaskableField
}

/** Found in thousands of records, so only where they are asked for. */
const onRequest = new Set<Section>(['forecast', 'anomalies'])
const usual = sections.filter((section) => !onRequest.has(section))

/** Splits the requested sections (by default the usual ones) into those that a role can see and the others. */
export function splitSections(role: Role, wanted: readonly Section[] = usual) {
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

/** The granted sections that need a masked field. */
export const withheldByMasking = (granted: ReadonlySet<Section>, masked: readonly string[]) =>
  [...granted].flatMap((section): Withheld[] => {
    const maskedField = sectionNeeds[section].find((field) => masked.includes(field))
    return maskedField ? [{ section, maskedField }] : []
  })

/** What a response that is one section needs, which cannot be withheld. */
export const usesOfSection = (section: Section) => needs(...sectionNeeds[section])
