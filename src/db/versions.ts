import { sql } from 'drizzle-orm'
import { qb } from './query-builder.ts'

/**
 * Locks a row before it is changed. Fails if the row does not exist or has none of the expected
 * versions; `undefined` accepts any version.
 */
export function checkVersion(
  entity: 'transaction' | 'user',
  id: string,
  versions: readonly number[] | undefined,
) {
  const list = versions === undefined ? null : `{${versions.join(',')}}`
  return qb.execute(sql`select api.check_version(${entity}, ${id}::uuid, ${list}::integer[])`)
}
