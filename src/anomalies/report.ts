import { examine, streamsOf, type Examined } from '../recurring/history.ts'
import type { Period } from '../lib/calendar.ts'
import type { Anomaly } from './anomaly.ts'
import type { AnomalyRows, Dismissal } from './anomalies.repository.ts'
import { findAnomalies } from './find.ts'

export interface AnomalyReport {
  anomalies: Anomaly[]
  examined: Examined
}

/** An anomaly with who dismissed it, if anyone did. */
export const withDismissal = (anomaly: Anomaly, dismissal: Dismissal | undefined): Anomaly => ({
  ...anomaly,
  dismissed: dismissal ? { by: dismissal.dismissed_by, at: dismissal.dismissed_at } : null,
})

/** The anomalies in what a batch read, dismissed ones too. */
export function anomalyReport(found: AnomalyRows, period: Period): AnomalyReport {
  const { dateTo: today } = period
  const { rows, examined } = examine(found.history, period)
  const streams = streamsOf(rows, found.decisions, today)
  const since = examined.dateFrom
  const dismissed = new Map(found.dismissals.map((row) => [`${row.user_id} ${row.key}`, row]))
  const anomalies = findAnomalies({ rows, streams, months: found.months, since, today })
  return {
    anomalies: anomalies.map((each) =>
      withDismissal(each, dismissed.get(`${each.userId} ${each.key}`)),
    ),
    examined,
  }
}

type StoredAnomaly = Omit<Anomaly, 'amount' | 'usualAmount'> & {
  amount: string
  usualAmount: string | null
}

/** An anomaly out of the JSON that was stored of it. */
export function anomalyFromJson(json: unknown): Anomaly {
  const { amount, usualAmount, ...rest } = json as StoredAnomaly
  return {
    ...rest,
    amount: BigInt(amount),
    usualAmount: usualAmount === null ? null : BigInt(usualAmount),
  }
}
