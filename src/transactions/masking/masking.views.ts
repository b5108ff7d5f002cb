import { integer, jsonb, uuid } from 'drizzle-orm/pg-core'
import { api } from '../../db/api-schema.ts'
import { timestamptz } from '../../db/columns.ts'
import { userRole } from '../../db/enums.ts'
import type { MaskedFields } from '../masked-fields.ts'

/** What each role but admin does not see, also of roles that see everything; granted to admins. */
export const maskingOfRoles = api.table('masking', {
  role: userRole('role').notNull(),
  fields: jsonb('fields').$type<MaskedFields>().notNull(),
  version: integer('version').notNull(),
  updated_at: timestamptz('updated_at'),
  updated_by: uuid('updated_by'),
})
