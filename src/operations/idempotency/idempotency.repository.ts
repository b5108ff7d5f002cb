import { sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { ResponseToStore } from '../../db/write-batch.ts'

/** What was answered the first time: the outcome, and the row as the table had it then. */
export interface StoredResponse {
  outcome: ResponseToStore['outcome']
  entity: ResponseToStore['entity']
  row: Record<string, unknown> | null
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>

interface ResultRow extends Record<string, unknown> {
  outcome: ResponseToStore['outcome'] | null
  result: { entity: ResponseToStore['entity']; row: Record<string, unknown> | null } | null
}

export function createIdempotencyRepository(database: Database) {
  return {
    async read(caller: Caller, key: string): Promise<StoredResponse | undefined> {
      const [{ rows }] = await database.read(caller, [
        qb.execute<ResultRow>(sql`select outcome, result from app.kept_result(${key})`),
      ])
      const [found] = rows
      return found?.outcome && found.result
        ? { outcome: found.outcome, ...found.result }
        : undefined
    },
  }
}
