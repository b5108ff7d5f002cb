import { and, count, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import { requireFound, zeroIfNotFound } from '../../db/require-found.ts'
import { qb, type Caller, type Database } from '../../db/client.ts'
import { allApiKeys, ownApiKeys } from '../../db/views.ts'

export type ApiKey = typeof ownApiKeys.$inferSelect

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'role' | 'access' | 'expiresAt'> & {
  hash: string
}

export type ApiKeysRepository = ReturnType<typeof createApiKeysRepository>

/** Keys of the caller, or with `userId` those of somebody, which only admins see. */
export function createApiKeysRepository(database: Database) {
  const of = (userId: string | undefined) => (userId === undefined ? ownApiKeys : allApiKeys)
  const whose = (userId: string | undefined): SQL | undefined =>
    userId === undefined ? undefined : eq(allApiKeys.userId, userId)

  const revoke = (caller: Caller, call: SQL): Promise<number> =>
    zeroIfNotFound(async () => {
      const [{ rows }] = await database.write(
        caller,
        [qb.execute<{ revoked: number }>(sql`select ${requireFound(call)} revoked`)],
        { outcome: 'done', entity: 'none', id: null },
      )
      return rows[0]!.revoked
    })

  return {
    /** @throws AppError `forbidden` where the role is above that of the caller */
    async create(caller: Caller, key: NewApiKey): Promise<ApiKey> {
      const [, rows] = await database.write(
        caller,
        [
          qb.execute(
            sql`select app.create_api_key(
                  ${key.id}::uuid, ${key.name}, ${key.prefix}, ${key.role}, ${key.access},
                  ${key.hash}, ${key.expiresAt?.toISOString() ?? null}::timestamptz)`,
          ),
          qb.select().from(ownApiKeys).where(eq(ownApiKeys.id, key.id)),
        ],
        { outcome: 'created', entity: 'api_key', id: key.id },
      )
      return rows[0]!
    },

    /** Newest first, from behind the key `after`. */
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

    /** How many were revoked: none where there is no such key, or it was revoked before. */
    revokeOwn: (caller: Caller, id: string) =>
      revoke(caller, sql`app.revoke_own_api_key(${id}::uuid)`),
    revokeAny: (caller: Caller, id: string) =>
      revoke(caller, sql`app.revoke_any_api_key(${id}::uuid)`),
  }
}
