import { sql } from 'drizzle-orm'
import { qb, type Database } from '../../db/client.ts'

export type MaintenanceRepository = ReturnType<typeof createMaintenanceRepository>

interface Removed extends Record<string, unknown> {
  removed: number
}

/** Each returns the number of removed rows. */
export function createMaintenanceRepository(database: Database) {
  const interval = (days: number) => `${days} days`
  return {
    async pruneKeys(days: number): Promise<number> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Removed>(
          sql`select api.prune_idempotency_keys(${interval(days)}::interval)::integer removed`,
        ),
      ])
      return rows[0]?.removed ?? 0
    },

    async purgeTransactions(days: number, limit: number): Promise<number> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Removed>(
          sql`select api.purge_transactions(${interval(days)}::interval, ${limit}::integer)::integer
                removed`,
        ),
      ])
      return rows[0]?.removed ?? 0
    },

    async pruneSessions(days: number, limit: number): Promise<number> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Removed>(
          sql`select api.prune_sessions(${interval(days)}::interval, ${limit}::integer)::integer
                removed`,
        ),
      ])
      return rows[0]?.removed ?? 0
    },
  }
}
