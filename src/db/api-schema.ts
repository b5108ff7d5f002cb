import { pgSchema, pgTable } from 'drizzle-orm/pg-core'

/**
 * The schema of the views and functions that roles of the API may use. Views are declared as tables,
 * because Drizzle writes only to tables, in `*.views.ts`, which drizzle-kit does not read.
 */
export const api = pgSchema('api')

/**
 * Views that each role has of its own, with what is masked for it. They are named without a schema:
 * `api.authenticate` sets the search path.
 */
export const ownViews = { table: pgTable as unknown as typeof api.table }
