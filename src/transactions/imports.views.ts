import { text, uuid } from 'drizzle-orm/pg-core'
import { api, ownViews } from '../db/api-schema.ts'
import { columnsOf } from '../db/record.ts'
import { importFields } from './import.fields.ts'

const importView = (schema: Pick<typeof api, 'table'>, name: string) =>
  schema.table(name, {
    ...columnsOf(importFields),
    /** Null where the field is masked for the role. */
    created_by: uuid('created_by'),
    masked: text('masked').array().notNull(),
  })

/** Imports of the caller's transactions, with what is masked for the role. */
export const ownImports = importView(ownViews, 'own_imports')

/** The imports of all users; granted to admins. */
export const allImports = importView(api, 'all_imports')
