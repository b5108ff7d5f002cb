import { sql, type SQL } from 'drizzle-orm'
import { AppError } from '../lib/errors.ts'
import { qb, type Caller, type Database } from './client.ts'
import type { ResponseToStore } from './write-batch.ts'

/** Rolls the transaction back if an SQL call returns 0, so that its idempotency key is free again. */
export const requireFound = (call: SQL): SQL => sql`api.require_found(${call})`

/**
 * Writes by an SQL call that returns how many rows it changed; 0 if it was rolled back.
 */
export async function writeFound(
  database: Database,
  caller: Caller,
  call: SQL,
  response: ResponseToStore,
): Promise<number> {
  const write = qb.execute<{ changed: number }>(sql`select ${requireFound(call)} changed`)
  try {
    const [{ rows }] = await database.write(caller, [write], response)
    return rows[0]!.changed
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return 0
    throw error
  }
}
