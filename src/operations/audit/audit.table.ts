import { sql } from 'drizzle-orm'
import { bigint, check, index, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { data } from '../../db/enums.ts'
import { columnsOf } from '../../db/record.ts'
import { auditEntryFields } from './audit-entry.fields.ts'

/** Changes, written by triggers and never modified, in one chain of hashes per user. */
export const auditLog = data
  .table(
    'audit_log',
    {
      ...columnsOf(auditEntryFields),
      /** The order of writing over all chains. */
      id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
    },
    (table) => [
      primaryKey({ columns: [table.owner_id, table.sequence] }),
      unique('audit_log_id').on(table.id),
      check('audit_log_occurred_at_finite', sql`isfinite(${table.occurred_at})`),
      index('audit_log_entity').on(table.entity, table.entity_id, table.id),
      index('audit_log_owner').on(table.owner_id, table.id),
      index('audit_log_actor').on(table.actor_id, table.id),
      index('audit_log_account')
        .on(table.owner_id, table.id)
        .where(sql`${table.entity} in ('user', 'api_key')`),
      index('audit_log_request').on(table.request_id),
      index('audit_log_occurred_at').on(table.occurred_at),
    ],
  )
  .enableRLS()

export const headColumns = () => ({
  owner_id: uuid('owner_id').primaryKey(),
  sequence: bigint('sequence', { mode: 'bigint' }).notNull(),
  hash: text('hash').notNull(),
})

/** The last entry of each chain. Its row is locked while an entry is added. */
export const auditHeads = data.table('audit_heads', headColumns()).enableRLS()
