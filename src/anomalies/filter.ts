import type { TransactionType } from '../db/enums.ts'
import type { DateRange } from '../lib/calendar.ts'
import type { Anomaly, AnomalyKind } from './anomaly.ts'

export interface AnomalyFilter extends DateRange {
  kind?: AnomalyKind[] | undefined
  type?: TransactionType | undefined
  currency?: string | undefined
  dismissed?: 'exclude' | 'include' | 'only' | undefined
}

const showsDismissed = { exclude: [false], include: [false, true], only: [true] }

/** Months are in a period if their first day is. */
export const matchesFilter = (anomaly: Anomaly, filter: AnomalyFilter): boolean =>
  showsDismissed[filter.dismissed ?? 'exclude'].includes(anomaly.dismissed !== null) &&
  (filter.dateFrom === undefined || anomaly.date >= filter.dateFrom) &&
  (filter.dateTo === undefined || anomaly.date <= filter.dateTo) &&
  (filter.kind === undefined || filter.kind.includes(anomaly.kind)) &&
  (filter.type === undefined || filter.type === anomaly.type) &&
  (filter.currency === undefined || filter.currency === anomaly.currency)
