import { sql } from 'drizzle-orm'
import { check, integer, jsonb, uuid } from 'drizzle-orm/pg-core'
import { users } from '../../accounts/users/users.table.ts'
import { timestamptz } from '../../db/columns.ts'
import { data, userRole } from '../../db/enums.ts'
import type { MaskedFields } from '../masked-fields.ts'

/** What roles do not see of transactions. A role without a row sees everything. */
export const masking = data
  .table(
    'masking',
    {
      id: uuid('id').primaryKey().defaultRandom(),
      role: userRole('role').notNull().unique(),
      fields: jsonb('fields').$type<MaskedFields>().notNull(),
      version: integer('version').notNull().default(2),
      updated_at: timestamptz('updated_at').notNull().defaultNow(),
      updated_by: uuid('updated_by').references(() => users.id),
      /** Whose chain of the audit log has the last change. */
      owner_id: uuid('owner_id')
        .notNull()
        .references(() => users.id),
    },
    (table) => [
      check('masking_role', sql`${table.role} <> 'admin'`),
      check('masking_fields', sql`jsonb_typeof(${table.fields}) = 'object'`),
    ],
  )
  .enableRLS()
