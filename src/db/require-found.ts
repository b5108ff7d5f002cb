import { sql, type SQL } from 'drizzle-orm'
import { AppError } from '../lib/errors.ts'

/**
 * The number that an SQL call returns, unless it is 0. Then the transaction is rolled back, so that
 * an idempotency key that was claimed in it is free again.
 */
export const requireFound = (call: SQL): SQL => sql`app.require_found(${call})`

/** The result of a write with `requireFound`; 0 if it found nothing. */
export async function zeroIfNotFound(write: () => Promise<number>): Promise<number> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return 0
    throw error
  }
}
