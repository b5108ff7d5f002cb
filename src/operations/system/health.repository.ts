import { sql } from 'drizzle-orm'
import { qb, type Database } from '../../db/client.ts'

export type HealthRepository = ReturnType<typeof createHealthRepository>

export function createHealthRepository(database: Database) {
  return {
    /** Asks the database for a function of the newest migration. @throws AppError */
    async check(): Promise<void> {
      await database.anonymous([qb.execute(sql`select app.user_id()`)])
    },
  }
}
