import { app } from '../../db/api-schema.ts'
import { columnsOf } from '../../db/record.ts'
import { auditEntryFields } from './audit-entry.fields.ts'
import { headColumns } from './audit.table.ts'

/** The entries of all chains; granted to admins. */
export const auditEntries = app.table('audit_entries', columnsOf(auditEntryFields))

/** Where each chain ends; granted to admins. */
export const auditHeads = app.table('audit_heads', headColumns())
