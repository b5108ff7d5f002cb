import { sql, type SQL } from 'drizzle-orm'
import { qb, type SessionCaller, type Database } from '../../db/client.ts'
import { requireStepUp } from '../../db/authenticate.ts'
import { ownProfile } from '../users/users.views.ts'
import { encryptedJson, noContent, type ResponseToStore } from '../../db/write-batch.ts'
import type { VerifiedCode } from './totp-codes.ts'
import { writeFound } from '../../db/require-found.ts'

export interface OwnTotp {
  passwordHash: string
  /** Encrypted; null if setup was not started. */
  secret: string | null
  confirmedAt: string | null
  codesLeft: number
}

export type TotpRepository = ReturnType<typeof createTotpRepository>

const ownTotp = () =>
  qb.execute<OwnTotp & Record<string, unknown>>(
    sql`select password_hash "passwordHash", secret, confirmed_at "confirmedAt",
               codes_left "codesLeft"
          from api.own_totp()`,
  )

export function createTotpRepository(database: Database) {
  const isDone = async (caller: SessionCaller, call: SQL, response: ResponseToStore) =>
    (await writeFound(database, caller, sql`cast(${call} as integer)`, response)) > 0

  return {
    async read(caller: SessionCaller): Promise<OwnTotp> {
      const [{ rows }] = await database.read(caller, [ownTotp()])
      return rows[0]!
    },

    /** @throws IdempotentReplay if the write was already done under its idempotency key */
    async readBeforeWrite(caller: SessionCaller): Promise<OwnTotp & { email: string }> {
      const [{ rows }, [profile]] = await database.readBeforeWrite(caller, [
        ownTotp(),
        qb.select({ email: ownProfile.email }).from(ownProfile),
      ])
      return { ...rows[0]!, email: profile!.email }
    },

    /** @throws AppError `step_up_required` */
    async readBeforeRemoval(caller: SessionCaller): Promise<OwnTotp> {
      const [, { rows }] = await database.readBeforeWrite(caller, [requireStepUp(), ownTotp()])
      return rows[0]!
    },

    /**
     * False if the password changed concurrently, or TOTP is enabled already. `encryptedResponse` is
     * stored for a replay.
     */
    start: (
      caller: SessionCaller,
      comparedHash: string,
      secret: string,
      encryptedResponse: string,
    ) =>
      isDone(caller, sql`api.start_totp(${comparedHash}, ${secret})`, {
        outcome: 'changed',
        entity: 'totp_secret',
        json: encryptedJson(encryptedResponse),
      }),

    /** False if the secret was replaced or confirmed concurrently. */
    confirm: (
      caller: SessionCaller,
      { secret, step, hashes }: { secret: string; step: number; hashes: readonly string[] },
      encryptedResponse: string,
    ) =>
      isDone(caller, sql`api.confirm_totp(${secret}, ${step}::bigint, ${hashes.join(',')})`, {
        outcome: 'changed',
        entity: 'recovery_codes',
        json: encryptedJson(encryptedResponse),
      }),

    /** False if the password changed concurrently, or the code was used before. */
    remove: (caller: SessionCaller, comparedHash: string, verifiedCode: VerifiedCode) =>
      isDone(
        caller,
        sql`api.remove_totp(
              ${comparedHash}, ${verifiedCode.step ?? null}::bigint, ${verifiedCode.recoveryHash ?? null})`,
        noContent,
      ),

    /** False if TOTP was not enabled. */
    removeOf: (caller: SessionCaller, userId: string) =>
      isDone(caller, sql`api.remove_any_totp(${userId}::uuid)`, noContent),
  }
}
