import { sql, type SQL } from 'drizzle-orm'
import { qb, type SessionCaller, type Database } from '../../db/client.ts'
import { ownProfile } from '../../db/views.ts'
import type { ResponseToStore } from '../../db/write-batch.ts'
import type { VerifiedCode } from './totp-codes.ts'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'

export interface OwnTotp {
  passwordHash: string
  /** Encrypted; null where none was started. */
  secret: string | null
  confirmedAt: string | null
  codesLeft: number
}

export type TotpRepository = ReturnType<typeof createTotpRepository>

const ownTotp = () =>
  qb.execute<OwnTotp & Record<string, unknown>>(
    sql`select password_hash "passwordHash", secret, confirmed_at "confirmedAt",
               codes_left "codesLeft"
          from app.own_second_factor()`,
  )

const nothing: ResponseToStore = { outcome: 'done', entity: 'none', id: null }

export function createTotpRepository(database: Database) {
  /** What fails is undone as a whole, so that its key stays free. */
  async function asked(
    caller: SessionCaller,
    call: SQL,
    response: ResponseToStore,
  ): Promise<boolean> {
    const count = await zeroIfNotFound(async () => {
      const [{ rows }] = await database.write(
        caller,
        [
          qb.execute<{ done: number }>(
            sql`select ${requireFound(sql`cast(${call} as integer)`)} done`,
          ),
        ],
        response,
      )
      return rows[0]!.done
    })
    return count > 0
  }

  return {
    async read(caller: SessionCaller): Promise<OwnTotp> {
      const [{ rows }] = await database.read(caller, [ownTotp()])
      return rows[0]!
    },

    /** Before the second factor is changed. @throws IdempotentReplay where that was done before */
    async readBeforeWrite(caller: SessionCaller): Promise<OwnTotp & { email: string }> {
      const [{ rows }, [profile]] = await database.readBeforeWrite(caller, [
        ownTotp(),
        qb.select({ email: ownProfile.email }).from(ownProfile),
      ])
      return { ...rows[0]!, email: profile!.email }
    },

    /**
     * False where the password changed meanwhile, or a second factor is in use. `encryptedResponse` is what is
     * answered, here and in the next.
     */
    start: (
      caller: SessionCaller,
      comparedHash: string,
      secret: string,
      encryptedResponse: string,
    ) =>
      asked(caller, sql`app.start_totp(${comparedHash}, ${secret})`, {
        outcome: 'changed',
        entity: 'totp_secret',
        id: null,
        encryptedResponse,
      }),

    /** False where the secret is another one by now, or was confirmed before. */
    confirm: (
      caller: SessionCaller,
      { secret, step, hashes }: { secret: string; step: number; hashes: readonly string[] },
      encryptedResponse: string,
    ) =>
      asked(caller, sql`app.confirm_totp(${secret}, ${step}::bigint, ${hashes.join(',')})`, {
        outcome: 'changed',
        entity: 'recovery_codes',
        id: null,
        encryptedResponse,
      }),

    /** False where the password changed meanwhile, or the code was taken before. */
    remove: (caller: SessionCaller, comparedHash: string, verifiedCode: VerifiedCode) =>
      asked(
        caller,
        sql`app.remove_totp(
              ${comparedHash}, ${verifiedCode.step ?? null}::bigint, ${verifiedCode.recoveryHash ?? null})`,
        nothing,
      ),

    /** False where there was none in use. */
    removeOf: (caller: SessionCaller, userId: string) =>
      asked(caller, sql`app.remove_any_totp(${userId}::uuid)`, nothing),
  }
}
