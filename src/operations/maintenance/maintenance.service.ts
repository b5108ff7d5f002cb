import type { MaintenanceRepository } from './maintenance.repository.ts'

/** Promised are 24 hours. */
const KEY_RETENTION_DAYS = 2
const SESSION_RETENTION_DAYS = 30
const BATCH = 500
/** What a run leaves, the next one finds. */
const MAX_BATCHES = 40

export interface MaintenanceReport {
  keys: number
  sessions: number
  transactions: number
  /** Whether there may be more to remove than one run does. */
  unfinished: boolean
}

export type MaintenanceService = ReturnType<typeof createMaintenanceService>

/** Calls for batches until one comes back that is not full. */
async function inBatches(remove: (limit: number) => Promise<number>) {
  let removed = 0
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    const count = await remove(BATCH)
    removed += count
    if (count < BATCH) return { removed, unfinished: false }
  }
  return { removed, unfinished: true }
}

/** Removes what nobody needs any more. `purgeAfterDays` of 0 keeps deleted transactions for ever. */
export function createMaintenanceService(
  maintenance: MaintenanceRepository,
  purgeAfterDays: number,
) {
  return {
    async run(): Promise<MaintenanceReport> {
      const keys = await maintenance.pruneKeys(KEY_RETENTION_DAYS)
      const sessions = await inBatches((limit) =>
        maintenance.pruneSessions(SESSION_RETENTION_DAYS, limit),
      )
      const transactions =
        purgeAfterDays === 0
          ? { removed: 0, unfinished: false }
          : await inBatches((limit) => maintenance.purgeTransactions(purgeAfterDays, limit))
      return {
        keys,
        sessions: sessions.removed,
        transactions: transactions.removed,
        unfinished: sessions.unfinished || transactions.unfinished,
      }
    },
  }
}
