import { and, desc, eq, gte, sql } from 'drizzle-orm'
import type { Scope } from '../access/scope.ts'
import { qb, type Caller, type Database } from '../db/client.ts'
import { rowFromJson } from '../db/record.ts'
import { rowAsJson } from '../db/write-batch.ts'
import { monthStart, type Period } from '../lib/calendar.ts'
import { jsonWithBigints } from '../lib/json.ts'
import { historyUses } from '../recurring/history-fields.ts'
import { decisions, latestRows } from '../recurring/recurring.repository.ts'
import { rollupsByUser, userRollups } from '../transactions/rollups.views.ts'
import { allDismissals, ownDismissals } from './dismissals.views.ts'

export type Dismissal = typeof ownDismissals.$inferSelect

export const dismissalFromJson = (json: unknown): Dismissal | undefined =>
  json === null ? undefined : rowFromJson(ownDismissals, json)

/** Months before the examined ones, so that each has its season before it. */
const MORE_MONTHS = -24
const MAX_MONTH_ROWS = 5000
const MAX_DISMISSALS = 2000

/** Totals of categories by month, from the roll-ups, the latest first. */
function categoryMonths(scope: Scope, { dateFrom }: Period) {
  const view = scope.kind === 'own' ? userRollups : rollupsByUser
  const owner = scope.kind === 'user' ? eq(view.user_id, scope.userId) : undefined
  const since = gte(view.starts_on, monthStart(dateFrom, MORE_MONTHS))
  return qb
    .select({
      userId: view.user_id,
      type: view.type,
      currency: view.currency,
      category: view.category,
      month: view.starts_on,
      amount: view.amount,
      count: view.count,
    })
    .from(view)
    .where(and(owner, eq(view.grain, 'category'), since))
    .orderBy(desc(view.starts_on))
    .limit(MAX_MONTH_ROWS)
}

function dismissals(scope: Scope) {
  const view = scope.kind === 'own' ? ownDismissals : allDismissals
  return qb
    .select()
    .from(view)
    .where(scope.kind === 'user' ? eq(view.user_id, scope.userId) : undefined)
    .orderBy(desc(view.dismissed_at), desc(view.id))
    .limit(MAX_DISMISSALS)
}

/** All that anomalies are found in: one statement for each, for one batch. */
export const anomalyQueries = (scope: Scope, callerId: string, period: Period) => ({
  history: latestRows(scope, callerId, period),
  decisions: decisions(scope),
  months: categoryMonths(scope, period),
  dismissals: dismissals(scope),
})

export type AnomalyRows = Omit<Awaited<ReturnType<AnomaliesRepository['read']>>, 'masked'>
export type AnomaliesRepository = ReturnType<typeof createAnomaliesRepository>

interface Target {
  id: string
  userId: string
  key: string
  kind: string
}

export function createAnomaliesRepository(database: Database) {
  const storedDismissal = (view: typeof ownDismissals, { userId, key }: Target) =>
    qb
      .select()
      .from(view)
      .where(and(eq(view.user_id, userId), eq(view.key, key)))

  return {
    /** From one snapshot. */
    read: (caller: Caller, scope: Scope, period: Period) =>
      database.readNamed(caller, anomalyQueries(scope, caller.userId, period), historyUses),

    /** @throws IdempotentReplay if the write was already done under its idempotency key */
    async readToWrite(caller: Caller, scope: Scope, period: Period) {
      const queries = anomalyQueries(scope, caller.userId, period)
      const [history, made, months, dismissed] = await database.readBeforeWrite(
        caller,
        [queries.history, queries.decisions, queries.months, queries.dismissals],
        historyUses,
      )
      return { history, decisions: made, months, dismissals: dismissed }
    },

    /** Dismisses or restores an anomaly. `anomaly` is stored for a repeat of the request. */
    async setDismissed(caller: Caller, target: Target, isDismissed: boolean, anomaly: object) {
      const { id, userId, key, kind } = target
      const isOwn = userId === caller.userId
      const who = isOwn ? sql`` : sql`${userId}::uuid, `
      const name = sql.raw(`${isDismissed ? 'dismiss' : 'restore'}_${isOwn ? 'own_' : ''}anomaly`)
      const values = isDismissed ? sql`${id}::uuid, ${key}, ${kind}` : sql`${key}`
      const stored = storedDismissal(isOwn ? ownDismissals : allDismissals, target)
      const json = jsonWithBigints(anomaly)
      const [, [dismissal]] = await database.write(
        caller,
        [qb.execute(sql`select api.${name}(${who}${values})`), stored],
        {
          outcome: 'changed',
          entity: 'anomaly',
          json: sql`jsonb_build_object('anomaly', ${json}::jsonb, 'dismissal', ${rowAsJson(stored)})`,
        },
      )
      return dismissal
    },
  }
}
