import { sql } from 'drizzle-orm'
import { queries, type Caller, type Database } from '../../db/client.ts'
import type { Kept } from '../../db/write-batch.ts'

/** What was answered the first time: the outcome, and the row as the table had it then. */
export interface KeptResult {
  outcome: Kept['outcome']
  entity: Kept['entity']
  row: Record<string, unknown> | null
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>

interface ResultRow extends Record<string, unknown> {
  outcome: Kept['outcome'] | null
  result: { entity: Kept['entity']; row: Record<string, unknown> | null } | null
}

export function createIdempotencyRepository(database: Database) {
  return {
    async read(caller: Caller, key: string): Promise<KeptResult | undefined> {
      const [{ rows }] = await database.read(caller, [
        queries.execute<ResultRow>(sql`select outcome, result from app.kept_result(${key})`),
      ])
      const [found] = rows
      return found?.outcome && found.result
        ? { outcome: found.outcome, ...found.result }
        : undefined
    },
  }
}
