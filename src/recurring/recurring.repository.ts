import { and, desc, eq, sql } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { qb, type Caller, type Database } from '../db/client.ts'
import { rowFromJson } from '../db/record.ts'
import { rowAsJson } from '../db/write-batch.ts'
import type { Period } from '../lib/calendar.ts'
import { jsonWithBigints } from '../lib/json.ts'
import { inPeriod, rowsInScope } from '../transactions/filters.ts'
import { historyUses } from './history-fields.ts'
import { MAX_ROWS } from './payment.ts'
import { allRecurringDecisions, ownRecurringDecisions } from './recurring-decisions.views.ts'

export type Decision = typeof ownRecurringDecisions.$inferSelect

const MAX_DECISIONS = 2000

/** The latest transactions of a period, newest first; one more than are examined. Needs `historyUses`. */
export function latestRows(scope: Scope, callerId: string, period: Period) {
  const { view, where } = rowsInScope(scope, callerId)
  return qb
    .select({
      id: view.id,
      user_id: view.user_id,
      date: view.date,
      type: view.type,
      currency: view.currency,
      category: sql<string>`${view.category}`.as('category'),
      payee: view.payee,
      notes: view.notes,
      amount_minor: sql<bigint>`${view.amount_minor}`.mapWith(BigInt).as('amount_minor'),
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

export const decisionFromJson = (json: unknown): Decision =>
  rowFromJson(ownRecurringDecisions, json)

/** What is decided; the database adds who and when. */
export type NewDecision = Omit<Decision, 'version' | 'decided_by' | 'decided_at'>

export type RecurringRepository = ReturnType<typeof createRecurringRepository>

type Written = { row: unknown }

export function createRecurringRepository(database: Database) {
  return {
    /** Transactions and decisions, from one snapshot. */
    read: (caller: Caller, scope: Scope, period: Period) =>
      database.read(
        caller,
        [latestRows(scope, caller.userId, period), decisions(scope)],
        historyUses,
      ),

    /** @throws IdempotentReplay if the decision was already made under its idempotency key */
    readToDecide: (caller: Caller, scope: Scope, period: Period) =>
      database.readBeforeWrite(
        caller,
        [latestRows(scope, caller.userId, period), decisions(scope)],
        historyUses,
      ),

    /** `stream` is stored for a repeat of the request. */
    async decide(caller: Caller, decision: NewDecision, stream: object): Promise<Decision> {
      const isOwn = decision.user_id === caller.userId
      const json = jsonWithBigints(decision)
      const decided = isOwn
        ? sql`api.decide_own_recurring(${json}::jsonb)`
        : sql`api.decide_recurring(${decision.user_id}::uuid, ${json}::jsonb)`
      const view = isOwn ? ownRecurringDecisions : allRecurringDecisions
      const stored = qb
        .select()
        .from(view)
        .where(and(eq(view.user_id, decision.user_id), eq(view.key, decision.key)))
      const [result] = await database.write(
        caller,
        [qb.execute<Written>(sql`select to_jsonb(d) as row from ${decided} d`)],
        {
          outcome: 'changed',
          entity: 'recurring',
          json: sql`jsonb_build_object('stream', ${jsonWithBigints(stream)}::jsonb, 'decision', ${rowAsJson(stored)})`,
        },
      )
      return decisionFromJson(result.rows[0]?.row)
    },
  }
}
