import { z } from '@hono/zod-openapi'
import {
  pageFields,
  pageParameters,
  scopeFields,
  scopeParameters,
} from '../http/pagination.schema.ts'
import { EXAMPLE_ADMIN_ID, EXAMPLE_ANOMALY, EXAMPLE_TRANSACTIONS } from '../lib/examples.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import {
  calendarDate,
  currency,
  decimal,
  instant,
  listParameter,
  monthParameter,
} from '../lib/schemas.ts'
import { examinedSchema } from '../recurring/recurring.schema.ts'
import { checkRanges } from '../transactions/transaction-query.schema.ts'
import { type } from '../transactions/transaction.fields.ts'
import { anomalyKinds, type Anomaly } from './anomaly.ts'

const kind = z.enum(anomalyKinds).openapi('AnomalyKind')

export const anomalyQuerySchema = z
  .strictObject({
    date_from: calendarDate.optional().openapi({
      description: 'First day, inclusive. Months count by their first day.',
    }),
    date_to: calendarDate.optional().openapi({ description: 'Last day, inclusive.' }),
    month: monthParameter.optional(),
    kind: listParameter(anomalyKinds).optional().openapi({ description: 'Only these kinds.' }),
    type: type.optional().openapi({ description: 'Income or expenses only.' }),
    currency: currency.optional().openapi({ description: 'Currency (ISO 4217).' }),
    dismissed: z
      .enum(['exclude', 'include', 'only'])
      .optional()
      .openapi({ description: 'Whether to return dismissed ones; `exclude` by default.' }),
    ...scopeParameters,
    ...pageParameters,
  })
  .superRefine(checkRanges)

export const anomalySchema = z
  .object({
    key: z.string().openapi({
      description: 'Stays the same when other records change; a new one if the amount is changed.',
    }),
    kind,
    user_id: z.uuid().openapi({ description: 'The owner.' }),
    date: calendarDate.openapi({
      description: 'The day of the transaction, the due day, or the first day of the month.',
    }),
    type,
    currency,
    category: z.string(),
    payee: z.string().nullable(),
    amount: decimal,
    usual_amount: decimal.nullable().openapi({ description: 'What was expected.' }),
    score: z.number().min(0).max(1).openapi({
      description: 'From 0.5 for what barely stands out to 1.',
    }),
    reason: z.string().openapi({ description: 'Why it stands out, in words and numbers.' }),
    transaction_id: z.uuid().nullable().openapi({
      description: 'The transaction; null for a month and for a payment that did not come.',
    }),
    related_transaction_id: z.uuid().nullable().openapi({
      description: 'The other one of a duplicate, or the recurring payment before.',
    }),
    recurring_key: z.string().nullable().openapi({ description: 'The recurring payment.' }),
    dismissed_by: z.uuid().nullable(),
    dismissed_at: instant.nullable(),
  })
  .openapi('Anomaly', {
    example: {
      key: EXAMPLE_ANOMALY,
      kind: 'unusual_amount',
      user_id: EXAMPLE_ADMIN_ID,
      date: '2026-03-14',
      type: 'expense',
      currency: 'EUR',
      category: 'Groceries',
      payee: 'Corner Market',
      amount: '412.00',
      usual_amount: '67.50',
      score: 0.61,
      reason: '412.00 is 6.1 times the usual 67.50 for Groceries at this payee (median of 38).',
      transaction_id: EXAMPLE_TRANSACTIONS.unusual,
      related_transaction_id: null,
      recurring_key: null,
      dismissed_by: null,
      dismissed_at: null,
    },
  })

export const anomalyListSchema = z
  .object({
    data: z.array(anomalySchema),
    examined: examinedSchema,
    ...pageFields,
    ...scopeFields,
  })
  .openapi('AnomalyList')

export const anomalyParams = z.object({
  key: z
    .string()
    .max(100)
    .openapi({ description: 'Key of the anomaly.', example: EXAMPLE_ANOMALY }),
})

export function anomalyResponse(anomaly: Anomaly) {
  const format = (amount: bigint) => formatMinor(amount, anomaly.currency)
  return {
    key: anomaly.key,
    kind: anomaly.kind,
    user_id: anomaly.userId,
    date: anomaly.date,
    type: anomaly.type,
    currency: anomaly.currency,
    category: anomaly.category,
    payee: anomaly.payee,
    amount: format(anomaly.amount),
    usual_amount: anomaly.usualAmount === null ? null : format(anomaly.usualAmount),
    score: anomaly.score,
    reason: anomaly.reason,
    transaction_id: anomaly.transactionId,
    related_transaction_id: anomaly.relatedId,
    recurring_key: anomaly.streamKey,
    dismissed_by: anomaly.dismissed?.by ?? null,
    dismissed_at: anomaly.dismissed?.at.toISOString() ?? null,
  }
}
