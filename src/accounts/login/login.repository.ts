import { sql } from 'drizzle-orm'
import { qb, type Database, type SessionCaller } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import { rowFromJson } from '../../db/record.ts'
import { ownProfile } from '../users/users.views.ts'
import type { VerifiedCode } from '../totp/totp-codes.ts'
import { noContent } from '../../db/write-batch.ts'

export interface Credentials {
  userId: string
  passwordHash: string
  active: boolean
  /** Encrypted; null without TOTP. */
  totpSecret: string | null
}

export interface NewSession {
  userId: string
  comparedHash: string
  /** Replaces a hash that was made with a lower bcrypt cost. */
  newHash: string | null
  sessionId: string
  tokenHash: string
  expiresAt: Date
  client: Client
  verifiedCode: VerifiedCode | undefined
  device: { id: string; expiresAt: Date }
}

/** Origin of a login, shown to the user in the list of sessions. */
export interface Client {
  address: string | undefined
  userAgent: string | undefined
}

export interface StartedSession {
  tokenVersion: number
  user: typeof ownProfile.$inferSelect
}

export type RotationOutcome =
  'rotated' | 'repeated' | 'unknown' | 'reused' | 'revoked' | 'expired' | 'inactive'

export interface Rotation {
  outcome: RotationOutcome
  userId: string
  sessionId: string
  role: Role
  tokenVersion: number
  /** Identifies the successor; null if there is none. */
  nextHash: string | null
  expiresAt: string | null
}

export type LoginRepository = ReturnType<typeof createLoginRepository>

interface StartedRow extends Record<string, unknown> {
  token_version: number
}

/** Calls of the login functions, which alone see password hashes and tokens. */
export function createLoginRepository(database: Database) {
  return {
    /** The second result says whether the account has a device; false without one. */
    async credentials(
      email: string,
      device: string | undefined,
    ): Promise<[Credentials | undefined, boolean]> {
      const [{ rows }, checked] = await database.anonymous([
        qb.execute<Credentials & Record<string, unknown>>(
          sql`select user_id "userId", password_hash "passwordHash", active,
                     totp_secret "totpSecret"
                from api.find_credentials(${email})`,
        ),
        qb.execute<{ known: boolean }>(
          device === undefined
            ? sql`select false known`
            : sql`select api.check_device(${email}, ${device}::uuid) known`,
        ),
      ])
      return [rows[0], checked.rows[0]!.known]
    },

    /** Undefined if the account or its password changed since the hash was compared. */
    async startSession(session: NewSession): Promise<StartedSession | undefined> {
      const [{ rows }] = await database.anonymous([
        qb.execute<StartedRow>(
          sql`select * from api.start_session(
                ${session.userId}::uuid, ${session.comparedHash}, ${session.newHash},
                ${session.sessionId}::uuid, ${session.tokenHash},
                ${session.expiresAt.toISOString()}::timestamptz,
                ${session.client.address ?? null}, ${session.client.userAgent ?? null},
                ${session.verifiedCode?.step ?? null}::bigint, ${session.verifiedCode?.recoveryHash ?? null},
                ${session.verifiedCode?.newSecret ?? null})`,
        ),
        qb.execute(
          sql`select api.remember_device(
                ${session.sessionId}::uuid, ${session.device.id}::uuid,
                ${session.device.expiresAt.toISOString()}::timestamptz)`,
        ),
      ])
      const [row] = rows
      return row && { tokenVersion: row.token_version, user: rowFromJson(ownProfile, row) }
    },

    /**
     * `next`: hashes of the successor under the current and the previous secret. `maxDays`: how long a
     * session may live.
     */
    async rotate(
      tokenHash: string,
      next: readonly string[],
      expiresAt: Date,
      maxDays: number,
    ): Promise<Rotation> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Rotation & Record<string, unknown>>(
          sql`select outcome, user_id "userId", session_id "sessionId", role,
                     token_version "tokenVersion", next_hash "nextHash", expires_at "expiresAt"
                from api.rotate_refresh_token(
                  ${tokenHash}, ${next[0]}, ${next[1] ?? null},
                  ${expiresAt.toISOString()}::timestamptz, ${maxDays}::integer)`,
        ),
      ])
      return rows[0]!
    },

    async revokeSession(caller: SessionCaller): Promise<void> {
      const revoke = qb.execute(sql`select api.revoke_current_session()`)
      await database.write(caller, [revoke], noContent)
    },
  }
}
