import { sql } from 'drizzle-orm'
import type { ApiKeyAccess, Role } from './enums.ts'
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

/** First statement of every batch: sets the user and the role for the rest of the transaction. */
export function authenticate(caller: Caller, readOnly: boolean) {
  const { userId, role } = caller
  if ('apiKey' in caller) {
    const { id, hash } = caller.apiKey
    return qb.execute(
      sql`select api.authenticate_api_key(
            ${id}::uuid, ${userId}::uuid, ${hash}, ${role}, ${readOnly}::boolean)`,
    )
  }
  const { sessionId, tokenVersion } = caller
  return qb.execute(
    sql`select api.authenticate(${userId}::uuid, ${sessionId}::uuid, ${tokenVersion}::integer)`,
  )
}

/** Fails for an admin without two-factor authentication. */
export const requireTotp = () => qb.execute(sql`select api.require_totp()`)

/** Fails for a session that was not verified recently. Writes check it themselves, in triggers. */
export const requireStepUp = () => qb.execute(sql`select api.require_step_up()`)
