import { and, count, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { rowFromJson } from '../../db/record.ts'
import { noContent, rowAsJson } from '../../db/write-batch.ts'
import { allApiKeys, ownApiKeys } from './api-keys.views.ts'

export type ApiKey = typeof ownApiKeys.$inferSelect

/** A key out of the JSON that a stored response has of it. */
export const apiKeyFromJson = (json: unknown): ApiKey => rowFromJson(ownApiKeys, json)

export type NewApiKey = Pick<
  ApiKey,
  'id' | 'name' | 'prefix' | 'role' | 'access' | 'expires_at'
> & {
  hash: string
}

export type ApiKeysRepository = ReturnType<typeof createApiKeysRepository>

/** API keys: the caller's, or with `userId` another user's (admins only). */
export function createApiKeysRepository(database: Database) {
  const of = (userId: string | undefined) => (userId === undefined ? ownApiKeys : allApiKeys)
  const whose = (userId: string | undefined): SQL | undefined =>
    userId === undefined ? undefined : eq(allApiKeys.user_id, userId)

  const revoke = (caller: Caller, call: SQL): Promise<number> =>
    zeroIfNotFound(async () => {
      const [{ rows }] = await database.write(
        caller,
        [qb.execute<{ revoked: number }>(sql`select ${requireFound(call)} revoked`)],
        noContent,
      )
      return rows[0]!.revoked
    })

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
                  ${key.hash}, ${key.expires_at?.toISOString() ?? null}::timestamptz)`,
          ),
          created,
        ],
        { outcome: 'created', entity: 'api_key', json: rowAsJson(created) },
      )
      return rows[0]!
    },

    /** Newest first, after the key `after`. */
    async list(
      caller: Caller,
      userId: string | undefined,
      take: number,
      after?: string,
    ): Promise<ApiKey[]> {
      const view = of(userId)
      const behind = after === undefined ? undefined : lt(view.id, after)
      const [rows] = await database.read(caller, [
        qb
          .select()
          .from(view)
          .where(and(whose(userId), behind))
          .orderBy(desc(view.id))
          .limit(take),
      ])
      return rows
    },

    async page(caller: Caller, userId: string | undefined, take: number, skip: number) {
      const view = of(userId)
      const [rows, [counted]] = await database.read(caller, [
        qb.select().from(view).where(whose(userId)).orderBy(desc(view.id)).limit(take).offset(skip),
        qb.select({ total: count() }).from(view).where(whose(userId)),
      ])
      return { rows, total: counted?.total ?? 0 }
    },

    /** Number of revoked keys; 0 if there is no such key, or it was revoked before. */
    revokeOwn: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_own_api_key(${id}::uuid)`),
    revokeAny: (caller: Caller, id: string) =>
      revoke(caller, sql`api.revoke_any_api_key(${id}::uuid)`),
  }
}
