import { sql } from 'drizzle-orm'
import { bigint, check, index, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { book } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { auditEntryFields } from './audit-entry.fields.ts'

/** Changes, written by triggers and changed by nobody. Chained by hashes, one chain per user. */
export const auditLog = book
  .table(
    'audit_log',
    {
      ...columnsOf(auditEntryFields),
      /** The order of writing over all chains. */
      id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    },
    (table) => [
      primaryKey({ columns: [table.book_id, table.seq] }),
      unique('audit_log_id').on(table.id),
      check('audit_log_at_finite', sql`isfinite(${table.at})`),
      index('audit_log_entity').on(table.entity, table.entity_id, table.id),
    ],
  )
  .enableRLS()

export const headColumns = () => ({
  book_id: uuid('book_id').primaryKey(),
  seq: bigint('seq', { mode: 'bigint' }).notNull(),
  hash: text('hash').notNull(),
})

/** The last entry of each chain. Its row is locked while an entry is added. */
export const auditHeads = book.table('audit_heads', headColumns()).enableRLS()
