import { sql } from 'drizzle-orm'
import type { ApiKeyAccess, Role } from './enums.ts'
import { qb } from './query-builder.ts'

/** Somebody who logged in, as the access token says. The database checks it with every batch. */
export interface SessionCaller {
  userId: string
  role: Role
  sessionId: string
  tokenVersion: number
}

/** A machine, as its key says. The database checks that too. */
export interface KeyCaller {
  userId: string
  role: Role
  apiKey: { id: string; hash: string; access: ApiKeyAccess }
}

export type Caller = SessionCaller | KeyCaller

/** First statement of every batch: whose identity and role the rest of the transaction has. */
export function authenticate(caller: Caller, readOnly: boolean) {
  const { userId, role } = caller
  if ('apiKey' in caller) {
    const { id, hash } = caller.apiKey
    return qb.execute(
      sql`select app.authenticate_key(
            ${id}::uuid, ${userId}::uuid, ${hash}, ${role}, ${readOnly}::boolean)`,
    )
  }
  const { sessionId, tokenVersion } = caller
  return qb.execute(
    sql`select app.authenticate(${userId}::uuid, ${sessionId}::uuid, ${tokenVersion}::integer)`,
  )
}

/** Stops the batch of an admin who has no second factor. */
export const requireTotp = () => qb.execute(sql`select app.require_second_factor()`)
