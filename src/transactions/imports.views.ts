import { integer, text, uuid } from 'drizzle-orm/pg-core'
import { api, ownViews } from '../db/api-schema.ts'
import { columnsOf } from '../db/record.ts'
import { importFields, type RowOutcome } from './import.fields.ts'

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

const importRowView = (schema: Pick<typeof api, 'table'>, name: string) =>
  schema.table(name, {
    import_id: uuid('import_id').notNull(),
    user_id: uuid('user_id').notNull(),
    line: integer('line').notNull(),
    outcome: text('outcome').notNull().$type<RowOutcome>(),
    /** Null where it was deleted. */
    transaction_id: uuid('transaction_id'),
    /** Null where sources are masked for the role. */
    account: text('account'),
  })

/** The rows of the caller's imports. */
export const ownImportRows = importRowView(ownViews, 'own_import_rows')

/** The rows of the imports of all users; granted to admins. */
export const allImportRows = importRowView(api, 'all_import_rows')
