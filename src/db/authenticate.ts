import { sql } from 'drizzle-orm'
import type { ApiKeyAccess, Role } from './enums.ts'
import type { FieldUse } from './masking.ts'
import { qb } from './query-builder.ts'

/** A logged-in user, from the access token. The database verifies it with every batch. */
export interface SessionCaller {
  userId: string
  role: Role
  sessionId: string
  tokenVersion: number
}

/** A machine, from its API key. The database verifies it with every batch. */
export interface KeyCaller {
  userId: string
  role: Role
  apiKey: { id: string; hash: string; access: ApiKeyAccess }
}

export type Caller = SessionCaller | KeyCaller

interface Identity extends Record<string, unknown> {
  /** The fields that are masked for the role. */
  masked: string[]
}

/**
 * First statement of every batch: sets the user and the role for the rest of the transaction. Fails
 * where a field that is needed is masked for the role.
 */
export function authenticate(caller: Caller, readOnly: boolean, uses: readonly FieldUse[] = []) {
  const { userId, role } = caller
  const fields = sql`${`{${uses.map((use) => `"${use}"`).join(',')}}`}::text[]`
  if ('apiKey' in caller) {
    const { id, hash } = caller.apiKey
    return qb.execute<Identity>(
      sql`select masked from api.authenticate_api_key(
            ${id}::uuid, ${userId}::uuid, ${hash}, ${role}, ${readOnly}::boolean, ${fields})`,
    )
  }
  const { sessionId, tokenVersion } = caller
  return qb.execute<Identity>(
    sql`select masked from api.authenticate(
          ${userId}::uuid, ${sessionId}::uuid, ${tokenVersion}::integer, ${fields})`,
  )
}

/** Fails for an admin without two-factor authentication. */
export const requireTotp = () => qb.execute(sql`select api.require_totp()`)

/** Fails for a session that was not verified recently. Writes check it themselves, in triggers. */
export const requireStepUp = () => qb.execute(sql`select api.require_step_up()`)
