import { jsonb, text } from 'drizzle-orm/pg-core'
import { api } from '../../db/api-schema.ts'
import type { StoredOutcome } from '../../db/write-batch.ts'

/** Responses stored under the caller's idempotency keys. */
export const storedResponses = api.table('stored_responses', {
  key: text('key').notNull(),
  outcome: text('outcome').$type<StoredOutcome>(),
  entity: text('entity'),
  response: jsonb('response').$type<Record<string, unknown>>(),
})
