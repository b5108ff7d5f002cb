import { app } from '../db/api-schema.ts'
import { rollupColumns } from './rollups.table.ts'

const rollupView = (name: string) => app.table(name, rollupColumns())

/** Sums of the caller's transactions. */
export const ownRollups = rollupView('own_rollups')

/** Sums of each user's transactions; granted to admins. */
export const allRollups = rollupView('all_rollups')

/** Sums across all users; granted to admins. */
export const wholeRollups = rollupView('whole_rollups')

export type RollupView = typeof ownRollups
