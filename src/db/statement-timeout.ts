import { sql } from 'drizzle-orm'
import { qb } from './query-builder.ts'

/**
 * For statements over a whole file or over all transactions. Still below the deadline of a database
 * call, so that the database gives up first.
 */
export const extendStatementTimeout = () =>
  qb.execute(sql`select set_config('statement_timeout', '18s', true)`)
