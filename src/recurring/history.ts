import { FIRST_DATE, addDays, dateOfDay, dayOfMonth, type Period } from '../lib/calendar.ts'
import { applyDecisions } from './decisions.ts'
import type { Decision } from './recurring.repository.ts'
import { MAX_ROWS, type StreamRow } from './payment.ts'
import { findStreams, type Stream } from './stream.ts'

const MONTHS = 24

/** The months in which recurring payments are looked for, up to today. */
export function historyPeriod(today: string): Period {
  const [year, month, day] = today.split('-').map(Number)
  const from = dateOfDay(dayOfMonth(year! * 12 + month! - 1 - MONTHS, day!))
  return { dateFrom: from < FIRST_DATE ? FIRST_DATE : from, dateTo: today }
}

/** What was examined, and whether there was more. */
export interface Examined extends Period {
  transactions: number
  truncated: boolean
}

/** The rows that are examined: without the one that says that there are more. */
export function examine(rows: readonly StreamRow[], { dateFrom, dateTo }: Period) {
  const examined = rows.slice(0, MAX_ROWS)
  const truncated = rows.length > MAX_ROWS
  const oldest = examined.at(-1)?.date ?? dateFrom
  const period: Examined = {
    // The oldest day may have lost rows.
    dateFrom: truncated ? addDays(oldest, 1) : dateFrom,
    dateTo,
    transactions: examined.length,
    truncated,
  }
  return { rows: examined, examined: period }
}

/** The streams in rows, with what was decided on them. */
export const streamsOf = (
  rows: readonly StreamRow[],
  decisions: readonly Decision[],
  today: string,
): Stream[] => applyDecisions(findStreams(rows, today), decisions)
