import { sql } from 'drizzle-orm'
import { queries, type SessionCaller, type Database } from '../database/client.ts'
import { ownProfile } from '../database/views.ts'
import type { SecondFactor } from './auth.repository.ts'
import { orNone, someOf } from './sessions.repository.ts'

export interface OwnSecondFactor {
  passwordHash: string
  /** Encrypted; null where none was started. */
  secret: string | null
  confirmedAt: string | null
  codesLeft: number
}

export type TwoFactorRepository = ReturnType<typeof createTwoFactorRepository>

const ownSecondFactor = () =>
  queries.execute<OwnSecondFactor & Record<string, unknown>>(
    sql`select password_hash "passwordHash", secret, confirmed_at "confirmedAt",
               codes_left "codesLeft"
          from app.own_second_factor()`,
  )

export function createTwoFactorRepository(database: Database) {
  async function asked(caller: SessionCaller, call: ReturnType<typeof sql>): Promise<boolean> {
    const [{ rows }] = await database.write(caller, [
      queries.execute<{ done: boolean }>(sql`select ${call} done`),
    ])
    return rows[0]!.done
  }

  return {
    async read(caller: SessionCaller): Promise<OwnSecondFactor> {
      const [{ rows }] = await database.read(caller, [ownSecondFactor()])
      return rows[0]!
    },

    async readWithEmail(caller: SessionCaller): Promise<OwnSecondFactor & { email: string }> {
      const [{ rows }, [profile]] = await database.read(caller, [
        ownSecondFactor(),
        queries.select({ email: ownProfile.email }).from(ownProfile),
      ])
      return { ...rows[0]!, email: profile!.email }
    },

    /** False where the password changed meanwhile, or a second factor is in use. */
    start: (caller: SessionCaller, comparedHash: string, secret: string) =>
      asked(caller, sql`app.start_totp(${comparedHash}, ${secret})`),

    /** False where the secret is another one by now, or was confirmed before. */
    confirm: (caller: SessionCaller, secret: string, step: number, hashes: readonly string[]) =>
      asked(caller, sql`app.confirm_totp(${secret}, ${step}::bigint, ${hashes.join(',')})`),

    /** False where the password changed meanwhile, or the code was taken before. */
    remove: (caller: SessionCaller, comparedHash: string, factor: SecondFactor) =>
      asked(
        caller,
        sql`app.remove_totp(
              ${comparedHash}, ${factor.step ?? null}::bigint, ${factor.recoveryHash ?? null})`,
      ),

    /** False where there was none in use. */
    async removeOf(caller: SessionCaller, userId: string): Promise<boolean> {
      const removed = sql`cast(app.remove_any_totp(${userId}::uuid) as integer)`
      const count = await orNone(async () => {
        const [{ rows }] = await database.write(
          caller,
          [queries.execute<{ removed: number }>(sql`select ${someOf(removed)} removed`)],
          { outcome: 'done', entity: 'none', id: null },
        )
        return rows[0]!.removed
      })
      return count > 0
    },
  }
}
