import { eq } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { StoredResponse } from '../../db/write-batch.ts'
import { storedResponses } from './idempotency.views.ts'

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>

export function createIdempotencyRepository(database: Database) {
  return {
    /** Undefined while the first write is under way. */
    async read(caller: Caller, key: string): Promise<StoredResponse | undefined> {
      const [[found]] = await database.read(caller, [
        qb.select().from(storedResponses).where(eq(storedResponses.key, key)),
      ])
      if (!found) return undefined
      const { outcome, entity, response } = found
      return outcome === null || entity === null ? undefined : { outcome, entity, response }
    },
  }
}
