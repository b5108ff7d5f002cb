import { eq, sql } from 'drizzle-orm'
import { qb, type Caller, type Database } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import { rowAsJson } from '../../db/write-batch.ts'
import { rowFromJson } from '../../db/record.ts'
import type { MaskedFields } from '../masked-fields.ts'
import { maskingOfRoles } from './masking.views.ts'

export type Masking = typeof maskingOfRoles.$inferSelect

export type MaskingRepository = ReturnType<typeof createMaskingRepository>

export const maskingFromJson = (json: unknown): Masking => rowFromJson(maskingOfRoles, json)

const byRole = (role: Role) => qb.select().from(maskingOfRoles).where(eq(maskingOfRoles.role, role))

export function createMaskingRepository(database: Database) {
  return {
    async list(caller: Caller): Promise<Masking[]> {
      const [rows] = await database.read(caller, [
        qb.select().from(maskingOfRoles).orderBy(maskingOfRoles.role),
      ])
      return rows
    },

    async find(caller: Caller, role: Role): Promise<Masking | undefined> {
      const [rows] = await database.read(caller, [byRole(role)])
      return rows[0]
    },

    /** @throws AppError `precondition_failed` where it has none of the versions */
    async set(
      caller: Caller,
      role: Role,
      versions: readonly number[] | undefined,
      fields: MaskedFields,
    ): Promise<Masking> {
      const list = versions === undefined ? null : `{${versions.join(',')}}`
      const [{ rows }] = await database.write(
        caller,
        [
          qb.execute<{ row: unknown }>(
            sql`select to_jsonb(m) as row from api.set_masking(
                  ${role}, ${JSON.stringify(fields)}::jsonb, ${list}::integer[]) m`,
          ),
        ],
        { outcome: 'changed', entity: 'masking', json: rowAsJson(byRole(role)) },
      )
      return maskingFromJson(rows[0]?.row)
    },
  }
}
