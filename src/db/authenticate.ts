import { sql } from 'drizzle-orm'
import type { ApiKeyAccess } from './enums.ts'
import { queries } from './query-builder.ts'

/** Somebody who logged in, as the access token says. The database checks it with every batch. */
export interface SessionCaller {
  userId: string
  sessionId: string
  sessionEpoch: number
}

/** A machine, as its key says. The database checks that too. */
export interface KeyCaller {
  userId: string
  apiKey: { id: string; hash: string; role: string; access: ApiKeyAccess }
}

export type Caller = SessionCaller | KeyCaller

/** First statement of every batch: whose identity and role the rest of the transaction has. */
export function identify(caller: Caller, readOnly: boolean) {
  const { userId } = caller
  if ('apiKey' in caller) {
    const { id, hash, role } = caller.apiKey
    return queries.execute(
      sql`select app.authenticate_key(
            ${id}::uuid, ${userId}::uuid, ${hash}, ${role}, ${readOnly}::boolean)`,
    )
  }
  const { sessionId, sessionEpoch } = caller
  return queries.execute(
    sql`select app.authenticate(${userId}::uuid, ${sessionId}::uuid, ${sessionEpoch}::integer)`,
  )
}

/** Stops the batch of an admin who has no second factor. */
export const requireSecondFactor = () => queries.execute(sql`select app.require_second_factor()`)
