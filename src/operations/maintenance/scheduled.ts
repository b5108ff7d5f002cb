import { createDatabase } from '../../db/client.ts'
import { readSettings } from '../../config.ts'
import { logEvent } from '../../lib/logger.ts'
import { createTimings } from '../../lib/server-timing.ts'
import { createMaintenanceRepository } from './maintenance.repository.ts'
import { createMaintenanceService } from './maintenance.service.ts'

/** Handler of the cron trigger. Logs one line with the result. */
export async function runMaintenance(
  { scheduledTime, cron }: ScheduledController,
  env: object,
): Promise<void> {
  // Marks the entries in the audit log as maintenance.
  const requestId = `cron ${new Date(scheduledTime).toISOString()}`
  const start = performance.now()
  const about = () => ({
    request_id: requestId,
    cron,
    duration_ms: Math.round(performance.now() - start),
  })
  try {
    const settings = readSettings(env)
    const database = createDatabase(settings, createTimings(), {
      requestId,
      address: undefined,
      userAgent: undefined,
    })
    const maintenance = createMaintenanceService(
      createMaintenanceRepository(database),
      settings.PURGE_DELETED_AFTER_DAYS,
    )
    const report = await maintenance.run()
    logEvent('info', 'maintenance', { ...about(), ...report })
  } catch (error) {
    logEvent('error', 'maintenance_failed', about(), error)
    // Rethrown, so that the platform counts the run as failed.
    throw error
  }
}
