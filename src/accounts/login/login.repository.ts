import { sql } from 'drizzle-orm'
import { qb, type Database, type SessionCaller } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import type { ownProfile } from '../../db/views.ts'
import type { VerifiedCode } from '../totp/totp-codes.ts'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'

export interface Credentials {
  userId: string
  passwordHash: string
  active: boolean
  /** Encrypted; null without a second factor. */
  totpSecret: string | null
}

export interface NewSession {
  userId: string
  comparedHash: string
  /** Replaces the compared hash when that was made with another cost. */
  newHash: string | null
  sessionId: string
  tokenHash: string
  expiresAt: Date
  client: Client
  verifiedCode: VerifiedCode | undefined
}

/** Where a login comes from, as it is shown to whose account it is. */
export interface Client {
  address: string | undefined
  userAgent: string | undefined
}

export interface StartedSession {
  tokenVersion: number
  user: typeof ownProfile.$inferSelect
}

export type RotationOutcome = 'rotated' | 'repeated' | 'unknown' | 'reused' | 'ended' | 'inactive'

export interface Rotation {
  outcome: RotationOutcome
  userId: string
  sessionId: string
  role: Role
  tokenVersion: number
  /** Which successor it is, and until when; null where there is none. */
  nextHash: string | null
  expiresAt: string | null
}

export type LoginRepository = ReturnType<typeof createLoginRepository>

interface StartedRow extends Record<string, unknown> {
  id: string
  email: string
  name: string
  role: Role
  active: boolean
  version: number
  created_at: string
  updated_at: string
  session_epoch: number
}

const startedSession = (row: StartedRow): StartedSession => ({
  tokenVersion: row.session_epoch,
  user: {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    active: row.active,
    version: row.version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  },
})

/** Calls of the login functions, which alone see password hashes and tokens. */
export function createLoginRepository(database: Database) {
  return {
    async credentials(email: string): Promise<Credentials | undefined> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Credentials & Record<string, unknown>>(
          sql`select user_id "userId", password_hash "passwordHash", active,
                     totp_secret "totpSecret"
                from app.find_credentials(${email})`,
        ),
      ])
      return rows[0]
    },

    /** Undefined where the account or its password changed since the hash was compared. */
    async startSession(session: NewSession): Promise<StartedSession | undefined> {
      const [{ rows }] = await database.anonymous([
        qb.execute<StartedRow>(
          sql`select * from app.start_session(
                ${session.userId}::uuid, ${session.comparedHash}, ${session.newHash},
                ${session.sessionId}::uuid, ${session.tokenHash},
                ${session.expiresAt.toISOString()}::timestamptz,
                ${session.client.address ?? null}, ${session.client.userAgent ?? null},
                ${session.verifiedCode?.step ?? null}::bigint, ${session.verifiedCode?.recoveryHash ?? null},
                ${session.verifiedCode?.newSecret ?? null})`,
        ),
      ])
      return rows[0] && startedSession(rows[0])
    },

    /** `next` are the hashes of the successors under the secret in use and the one before. */
    async rotate(tokenHash: string, next: readonly string[], expiresAt: Date): Promise<Rotation> {
      const [{ rows }] = await database.anonymous([
        qb.execute<Rotation & Record<string, unknown>>(
          sql`select outcome, user_id "userId", session_id "sessionId", role,
                     session_epoch "tokenVersion", next_hash "nextHash", expires_at "expiresAt"
                from app.rotate_refresh_token(
                  ${tokenHash}, ${next[0]}, ${next[1] ?? null},
                  ${expiresAt.toISOString()}::timestamptz)`,
        ),
      ])
      return rows[0]!
    },

    async revokeSession(caller: SessionCaller): Promise<void> {
      const response = { outcome: 'done', entity: 'none', id: null } as const
      await database.write(caller, [qb.execute(sql`select app.end_session()`)], response)
    },

    async ownPasswordHash(caller: SessionCaller): Promise<string> {
      const [{ rows }] = await database.readBeforeWrite(caller, [
        qb.execute<{ hash: string }>(sql`select app.own_password_hash() hash`),
      ])
      return rows[0]!.hash
    },

    /**
     * False where somebody else changed the password meanwhile, or the epoch is not the next one.
     * `encryptedResponse` is what is answered.
     */
    async changeOwnPassword(
      caller: SessionCaller,
      compared: string,
      next: string,
      encryptedResponse: string,
    ): Promise<boolean> {
      const nextVersion = caller.tokenVersion + 1
      const changed = sql`cast(app.change_own_password(${compared}, ${next}) = ${nextVersion} as integer)`
      const count = await zeroIfNotFound(async () => {
        const [{ rows }] = await database.write(
          caller,
          [qb.execute<{ changed: number }>(sql`select ${requireFound(changed)} changed`)],
          { outcome: 'changed', entity: 'access_grant', id: null, encryptedResponse },
        )
        return rows[0]!.changed
      })
      return count > 0
    },
  }
}
