import { api } from '../../db/api-schema.ts'
import { columnsOf } from '../../db/record.ts'
import { auditEntryFields } from './audit-entry.fields.ts'
import { headColumns } from './audit.table.ts'

/** The entries of all chains; granted to admins. */
export const auditEntries = api.table('audit_entries', columnsOf(auditEntryFields))

/** Where each chain ends; granted to admins. */
export const auditHeads = api.table('audit_heads', headColumns())
