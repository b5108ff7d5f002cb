import { sql } from 'drizzle-orm'
import { qb } from './query-builder.ts'

/**
 * Locks a row that is about to be changed, and stops the batch where there is none or where it has
 * none of the versions that the caller may have seen; `undefined` stands for any.
 */
export function expectVersion(
  entity: 'transaction' | 'user',
  id: string,
  versions: readonly number[] | undefined,
) {
  const list = versions === undefined ? null : `{${versions.join(',')}}`
  return qb.execute(sql`select app.expect_version(${entity}, ${id}::uuid, ${list}::integer[])`)
}
