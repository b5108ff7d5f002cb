import { pgSchema } from 'drizzle-orm/pg-core'

/**
 * The schema of the views and functions that roles of the API may use. Views are declared as tables,
 * because Drizzle writes only to tables, in `*.views.ts`, which drizzle-kit does not read.
 */
export const api = pgSchema('api')
