import { sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { queries } from './query-builder.ts'

/** How far rows are counted: nobody needs to know more exactly, and a million take their time. */
const COUNTED = 10_000

/** Counts what a query finds, one above the end at most. */
export const countSome = (query: PgSelect) =>
  queries
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(query.limit(COUNTED + 1).as('some'))

/** What such a count says. */
export const knownTotal = (counted: number) => ({
  total: Math.min(counted, COUNTED),
  totalIsExact: counted <= COUNTED,
})
