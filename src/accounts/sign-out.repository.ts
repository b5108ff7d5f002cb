import { sql } from 'drizzle-orm'
import type { ResponseToStore } from '../db/write-batch.ts'

/** What became of the sessions and API keys of a user. */
export interface SignOut {
  revoked_sessions: number
  revoked_api_keys: number
  active_api_keys: number
}

/** Stores what private.sign_out did. */
export const signOutResponse: ResponseToStore = {
  outcome: 'changed',
  entity: 'sign_out',
  json: sql`current_setting('app.sign_out')::jsonb`,
}
