import { sql } from 'drizzle-orm'
import { requireStepUp } from '../../db/authenticate.ts'
import { qb, type Database, type SessionCaller } from '../../db/client.ts'
import { writeFound } from '../../db/require-found.ts'
import { encryptedJson } from '../../db/write-batch.ts'
import type { VerifiedCode } from '../totp/totp-codes.ts'
import { ownProfile } from '../users/users.views.ts'

export interface OwnCredentials {
  hash: string
  email: string
  name: string
}

export type OwnCredentialsRepository = ReturnType<typeof createOwnCredentialsRepository>

/** The password of the caller: to verify it again, and to change it. */
export function createOwnCredentialsRepository(database: Database) {
  return {
    /** Undefined if the password changed since the hash was compared, or the code was used before. */
    async stepUp(
      caller: SessionCaller,
      comparedHash: string,
      code: VerifiedCode | undefined,
    ): Promise<Date | undefined> {
      const [{ rows }] = await database.write(caller, [
        qb.execute<{ verifiedAt: string | null }>(
          sql`select api.step_up(
                ${comparedHash}, ${code?.step ?? null}::bigint, ${code?.recoveryHash ?? null}
              ) "verifiedAt"`,
        ),
      ])
      const { verifiedAt } = rows[0]!
      return verifiedAt === null ? undefined : new Date(verifiedAt)
    },

    /** @throws AppError `step_up_required` */
    async ownCredentials(caller: SessionCaller): Promise<OwnCredentials> {
      const [, { rows }, [profile]] = await database.readBeforeWrite(caller, [
        requireStepUp(),
        qb.execute<{ hash: string }>(sql`select api.own_password_hash() hash`),
        qb.select({ email: ownProfile.email, name: ownProfile.name }).from(ownProfile),
      ])
      return { hash: rows[0]!.hash, ...profile! }
    },

    /**
     * False if the password changed concurrently, or the new token version is not the next one.
     * `encrypted` is stored for a replay.
     */
    async changeOwnPassword(
      caller: SessionCaller,
      compared: string,
      next: string,
      encrypted: string,
      apiKeys: boolean,
    ): Promise<boolean> {
      const version = caller.tokenVersion + 1
      const changed = sql`cast(api.change_own_password(
        ${compared}, ${next}, ${apiKeys}::boolean) = ${version} as integer)`
      const count = await writeFound(database, caller, changed, {
        outcome: 'changed',
        entity: 'access_grant',
        json: encryptedJson(encrypted),
      })
      return count > 0
    },
  }
}
