import { sql } from 'drizzle-orm'
import { qb } from './query-builder.ts'

/**
 * For statements that go over a whole file or book: seconds more than others have, and still less
 * than the deadline of a database call.
 */
export const extendStatementTimeout = () =>
  qb.execute(sql`select set_config('statement_timeout', '18s', true)`)
