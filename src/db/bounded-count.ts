import { sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { qb } from './query-builder.ts'

/** How far rows are counted: nobody needs to know more exactly, and a million take their time. */
const MAX_COUNTED = 10_000

/** Counts what a query finds, one above the end at most. */
export const boundedCount = (query: PgSelect) =>
  qb
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(query.limit(MAX_COUNTED + 1).as('some'))

/** What such a count says. */
export const toBoundedTotal = (counted: number) => ({
  total: Math.min(counted, MAX_COUNTED),
  totalIsExact: counted <= MAX_COUNTED,
})
