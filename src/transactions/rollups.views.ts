import { api } from '../db/api-schema.ts'
import { rollupColumns, rollupTotalColumns } from './rollups.table.ts'

const rollupView = (name: string) => api.table(name, rollupColumns())

/** Sums of the caller's transactions. */
export const userRollups = rollupView('user_rollups')

/** Sums of each user's transactions; granted to admins. */
export const rollupsByUser = rollupView('rollups_by_user')

/** Sums across all users, split into shards; granted to admins. */
export const rollupsTotal = api.table('rollups_total', rollupTotalColumns())

export type RollupView = typeof userRollups | typeof rollupsTotal
