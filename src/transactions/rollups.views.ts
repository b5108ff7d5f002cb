import { api, ownViews } from '../db/api-schema.ts'
import { rollupColumns, rollupTotalColumns } from './rollups.table.ts'

const rollupView = (schema: Pick<typeof api, 'table'>, name: string) =>
  schema.table(name, rollupColumns())

/** Sums of the caller's transactions, without what is masked for the role. */
export const userRollups = rollupView(ownViews, 'user_rollups')

/** Sums of each user's transactions; granted to admins. */
export const rollupsByUser = rollupView(api, 'rollups_by_user')

/** Sums across all users, split into shards; granted to admins. */
export const rollupsTotal = api.table('rollups_total', rollupTotalColumns())

export type RollupView = typeof userRollups | typeof rollupsTotal
