import { eq, sql, type SQL } from 'drizzle-orm'
import { writeFound } from '../../db/require-found.ts'
import { newestFirst } from '../../db/newest-first.ts'
import type { PageReader } from '../../lib/pagination/pages.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { rowFromJson } from '../../db/record.ts'
import { noContent, rowAsJson } from '../../db/write-batch.ts'
import { allApiKeys, ownApiKeys } from './api-keys.views.ts'

export type ApiKey = typeof ownApiKeys.$inferSelect

/** A key out of the JSON that a stored response has of it. */
export const apiKeyFromJson = (json: unknown): ApiKey => rowFromJson(ownApiKeys, json)

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'role' | 'access'> & {
  expires_at: Date
  hash: string
}

export type ApiKeysRepository = ReturnType<typeof createApiKeysRepository>

/** API keys: the caller's, or with `userId` another user's (admins only). */
export function createApiKeysRepository(database: Database) {
  const revoke = (caller: Caller, call: SQL) => writeFound(database, caller, call, noContent)

  return {
    /** @throws AppError `forbidden` if the role is above the caller's */
    async create(caller: Caller, key: NewApiKey): Promise<ApiKey> {
      const created = qb.select().from(ownApiKeys).where(eq(ownApiKeys.id, key.id))
      const [, rows] = await database.write(
        caller,
        [
          qb.execute(
            sql`select api.create_api_key(
                  ${key.id}::uuid, ${key.name}, ${key.prefix}, ${key.role}, ${key.access},
                  ${key.hash}, ${key.expires_at.toISOString()}::timestamptz)`,
          ),
          created,
        ],
        { outcome: 'created', entity: 'api_key', json: rowAsJson(created) },
      )
      return rows[0]!
    },

    /** Newest first. */
    list: (caller: Caller, userId: string | undefined): PageReader<ApiKey> =>
      userId === undefined
        ? newestFirst(database, caller, ownApiKeys, undefined)
        : newestFirst(database, caller, allApiKeys, eq(allApiKeys.user_id, userId)),

    /** Number of revoked keys; 0 if there is no such key, or it was revoked before. */
    revokeOwn: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_own_api_key(${id}::uuid)`),
    revokeAny: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_any_api_key(${id}::uuid)`),
  }
}
