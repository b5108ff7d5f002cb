import { z } from '@hono/zod-openapi'
import { transactionType } from '../db/enums.ts'
import { minorToScaled } from '../lib/money/amounts.ts'
import type { Transaction } from './transactions.repository.ts'

/** A row of the table as `to_jsonb` writes it. */
const rowSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  type: z.enum(transactionType.enumValues),
  amount_minor: z.int(),
  currency: z.string(),
  category: z.string(),
  date: z.string(),
  notes: z.string().nullable(),
  version: z.int(),
  external_id: z.string().nullable(),
  source: z.string().nullable(),
  import_id: z.string().nullable(),
  created_by: z.string(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
  deleted_at: z.coerce.date().nullable(),
})

/** Reads a transaction out of the JSON that the audit log and the idempotency keys keep. */
export function transactionFromJson(json: unknown): Transaction {
  const row = rowSchema.parse(json)
  return {
    id: row.id,
    userId: row.user_id,
    type: row.type,
    amountMinor: BigInt(row.amount_minor),
    // As JSON it may be larger than what a double holds exactly, so it is worked out anew.
    amountScaled: minorToScaled(BigInt(row.amount_minor), row.currency),
    currency: row.currency,
    category: row.category,
    date: row.date,
    notes: row.notes,
    version: row.version,
    externalId: row.external_id,
    source: row.source,
    importId: row.import_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
  }
}
