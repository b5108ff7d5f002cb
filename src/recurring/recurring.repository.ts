import { and, desc, eq } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { qb } from '../db/client.ts'
import type { Period } from '../lib/calendar.ts'
import { inPeriod, rowsInScope } from '../transactions/filters.ts'
import { MAX_ROWS } from './payment.ts'
import { allRecurringDecisions, ownRecurringDecisions } from './recurring-decisions.views.ts'

export type Decision = typeof ownRecurringDecisions.$inferSelect

const MAX_DECISIONS = 2000

/** The latest transactions of a period, newest first; one more than are examined. */
export function latestRows(scope: Scope, callerId: string, period: Period) {
  const { view, where } = rowsInScope(scope, callerId)
  return qb
    .select({
      id: view.id,
      user_id: view.user_id,
      date: view.date,
      type: view.type,
      currency: view.currency,
      category: view.category,
      payee: view.payee,
      notes: view.notes,
      amount_minor: view.amount_minor,
    })
    .from(view)
    .where(and(where, inPeriod(view, period)))
    .orderBy(desc(view.date), desc(view.id))
    .limit(MAX_ROWS + 1)
}

/** What was said about streams, the latest first. */
export function decisions(scope: Scope) {
  const view = scope.kind === 'own' ? ownRecurringDecisions : allRecurringDecisions
  return qb
    .select()
    .from(view)
    .where(scope.kind === 'user' ? eq(view.user_id, scope.userId) : undefined)
    .orderBy(desc(view.decided_at), desc(view.id))
    .limit(MAX_DECISIONS)
}
