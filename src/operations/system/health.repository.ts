import { sql } from 'drizzle-orm'
import { qb, type Database } from '../../db/client.ts'

export type HealthRepository = ReturnType<typeof createHealthRepository>

export function createHealthRepository(database: Database) {
  return {
    /** Every batch calls a function of `api` first, so a missing migration shows too. @throws AppError */
    async check(): Promise<void> {
      await database.anonymous([qb.execute(sql`select 1`)])
    },
  }
}
