import { sql, type SQL } from 'drizzle-orm'
import { AppError } from '../lib/errors.ts'

/**
 * Rolls the transaction back if an SQL call returns 0, so that its idempotency key is free again.
 */
export const requireFound = (call: SQL): SQL => sql`api.require_found(${call})`

/** The result of a write with `requireFound`, or 0 if it was rolled back. */
export async function zeroIfNotFound(write: () => Promise<number>): Promise<number> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return 0
    throw error
  }
}
