import { sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'

export type LoginUnlockRepository = ReturnType<typeof createLoginUnlockRepository>

export function createLoginUnlockRepository(database: Database) {
  return {
    /**
     * Records an unlock in the audit log. Returns the e-mail address of the user.
     * @throws AppError `step_up_required` or `not_found`
     */
    async note(caller: Caller, userId: string): Promise<string> {
      const [{ rows }] = await database.write(caller, [
        qb.execute<{ email: string }>(sql`select api.note_login_unlock(${userId}::uuid) email`),
      ])
      return rows[0]!.email
    },
  }
}
