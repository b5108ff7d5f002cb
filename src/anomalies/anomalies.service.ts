import { v7 as uuidv7 } from 'uuid'
import { resolveScope, type Scope, type ScopeRequest } from '../access/scope.ts'
import type { Caller } from '../db/client.ts'
import { utcToday } from '../lib/calendar.ts'
import { AppError } from '../lib/errors.ts'
import type { Cursors } from '../lib/pagination/cursor.ts'
import {
  checkPageRequest,
  pageInMemory,
  type Page,
  type PageRequest,
} from '../lib/pagination/pages.ts'
import { historyPeriod, type Examined } from '../recurring/history.ts'
import type { AnomaliesRepository } from './anomalies.repository.ts'
import type { Anomaly } from './anomaly.ts'
import { matchesFilter, type AnomalyFilter } from './filter.ts'
import { anomalyReport, withDismissal } from './report.ts'

export interface AnomalyListRequest extends ScopeRequest, PageRequest {
  filter: AnomalyFilter
}

export interface AnomalyList {
  scope: Scope
  examined: Examined
  page: Page<Anomaly>
}

export type AnomaliesService = ReturnType<typeof createAnomaliesService>

/** What stands out in records, and what of it was dismissed. */
export function createAnomaliesService(
  anomalies: AnomaliesRepository,
  cursors: Cursors,
  now: () => Date,
) {
  const setDismissed =
    (isDismissed: boolean) =>
    async (caller: Caller, key: string, userId: string | undefined): Promise<Anomaly> => {
      const scope = resolveScope(caller, { userId })
      const period = historyPeriod(utcToday(now()))
      const found = anomalyReport(await anomalies.readToWrite(caller, scope, period), period)
      const anomaly = found.anomalies.find((each) => each.key === key)
      if (!anomaly) throw new AppError('not_found', { detail: 'No anomaly has this key.' })
      const target = { id: uuidv7(), key, userId: anomaly.userId, kind: anomaly.kind }
      const dismissal = await anomalies.setDismissed(caller, target, isDismissed, anomaly)
      return withDismissal(anomaly, dismissal)
    }

  return {
    async list(caller: Caller, request: AnomalyListRequest): Promise<AnomalyList> {
      checkPageRequest(request)
      const scope = resolveScope(caller, request)
      const period = historyPeriod(utcToday(now()))
      const found = anomalyReport(await anomalies.read(caller, scope, period), period)
      const rows = found.anomalies.filter((each) => matchesFilter(each, request.filter))
      const list = ['anomalies', caller.userId, scope, request.filter]
      const page = await pageInMemory(cursors, list, request, rows)
      return { scope, examined: found.examined, page }
    },

    /**
     * A second time changes nothing: who did it first, and when, stays.
     * @throws AppError `not_found`
     */
    dismiss: setDismissed(true),

    /** @throws AppError `not_found` */
    restore: setDismissed(false),
  }
}
