import { z } from '@hono/zod-openapi'
import type { ownImports } from '../../db/views.ts'

export type Import = typeof ownImports.$inferSelect

/** A row of the table as `to_jsonb` writes it. */
const rowSchema = z.object({
  id: z.string(),
  user_id: z.string(),
  created_by: z.string(),
  created_at: z.coerce.date(),
  file_name: z.string().nullable(),
  source: z.string().nullable(),
  row_count: z.int(),
  created_count: z.int(),
  duplicate_count: z.int(),
  reverted_at: z.coerce.date().nullable(),
})

/** Reads an import out of JSON that the database wrote. */
export function importFromJson(json: unknown): Import {
  const row = rowSchema.parse(json)
  return {
    id: row.id,
    userId: row.user_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    fileName: row.file_name,
    source: row.source,
    rowCount: row.row_count,
    createdCount: row.created_count,
    duplicateCount: row.duplicate_count,
    revertedAt: row.reverted_at,
  }
}
