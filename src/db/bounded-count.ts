import { sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { qb } from './query-builder.ts'

/** An exact count of a million rows is slow, and no client needs it. */
const MAX_COUNTED = 10_000

/** Counts the rows of a query, up to one more than the maximum. */
export const boundedCount = (query: PgSelect) =>
  qb
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(query.limit(MAX_COUNTED + 1).as('some'))

/** Interprets the result of `boundedCount`. */
export const toBoundedTotal = (counted: number) => ({
  total: Math.min(counted, MAX_COUNTED),
  totalIsExact: counted <= MAX_COUNTED,
})
