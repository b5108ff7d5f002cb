import { z } from '@hono/zod-openapi'
import {
  pageFields,
  pageParameters,
  scopeFields,
  scopeParameters,
} from '../http/pagination.schema.ts'
import { EXAMPLE_ID, EXAMPLE_ADMIN_ID, EXAMPLE_STREAM } from '../lib/examples.ts'
import { formatMinor } from '../lib/money/amounts.ts'
import {
  calendarDate,
  currency,
  decimal,
  id,
  instant,
  line,
  listParameter,
} from '../lib/schemas.ts'
import { type } from '../transactions/transaction.fields.ts'
import { cadences } from './grid.ts'
import type { Examined } from './history.ts'
import { MAX_ROWS } from './payment.ts'
import { streamStates, streamStatuses, type Stream } from './stream.ts'

const MAX_TRANSACTIONS = 24

const cadence = z.enum(cadences).openapi('Cadence')
const state = z.enum(streamStates).openapi('RecurringState', {
  description:
    '`late` once the payment is overdue, `ended` once it is so much overdue that no other is expected.',
})
const status = z.enum(streamStatuses).openapi('RecurringStatus', {
  description: 'Whether a person confirmed or dismissed it.',
})

export const recurringQuerySchema = z.strictObject({
  state: listParameter(streamStates)
    .optional()
    .openapi({ description: 'Only these states. By default all.' }),
  status: listParameter(streamStatuses)
    .optional()
    .openapi({ description: 'By default `detected,confirmed`: dismissed ones are hidden.' }),
  cadence: listParameter(cadences).optional().openapi({ description: 'Only these cadences.' }),
  type: type.optional().openapi({ description: 'Income or expenses only.' }),
  currency: currency.optional().openapi({ description: 'Currency (ISO 4217).' }),
  ...scopeParameters,
  ...pageParameters,
})

export const examinedSchema = z
  .object({
    date_from: calendarDate,
    date_to: calendarDate,
    transactions: z.int().openapi({ description: 'How many transactions were examined.' }),
    truncated: z.boolean().openapi({
      description: `True if there are more than ${MAX_ROWS}; then only the latest were examined.`,
    }),
  })
  .openapi('Examined', {
    description: 'The transactions that were examined: the latest of the last 24 months.',
    example: {
      date_from: '2024-03-31',
      date_to: '2026-03-31',
      transactions: 1114,
      truncated: false,
    },
  })

export const examinedResponse = ({ dateFrom, dateTo, ...rest }: Examined) => ({
  date_from: dateFrom,
  date_to: dateTo,
  ...rest,
})

const paymentSchema = z.object({ id: z.uuid(), date: calendarDate, amount: decimal })

export const streamSchema = z
  .object({
    key: z.string().openapi({ description: 'Stays the same when payments are added or change.' }),
    user_id: z.uuid().openapi({ description: 'The owner.' }),
    name: z.string().openapi({
      description: 'What a person called it; else the payee, the notes or the category.',
    }),
    payee: z.string().nullable(),
    category: z.string(),
    type,
    currency,
    cadence,
    state,
    status,
    amount: decimal.openapi({ description: 'The usual amount: the median at the latest price.' }),
    amount_low: decimal,
    amount_high: decimal.openapi({
      description: 'The lowest and the highest amount at the latest price, or of the last year.',
    }),
    first_date: calendarDate,
    last_date: calendarDate,
    next_date: calendarDate.nullable().openapi({
      description: 'When the next payment is due, or was if it is late; null if it ended.',
    }),
    confidence: z.number().min(0).max(1).openapi({
      description: 'From how many payments, how regular they are and how similar their amounts.',
    }),
    decided_by: z.uuid().nullable(),
    decided_at: instant.nullable(),
    transaction_count: z.int(),
    transactions: z.array(paymentSchema).openapi({
      description: `The latest ${MAX_TRANSACTIONS} payments, newest first.`,
    }),
  })
  .openapi('RecurringPayment', {
    example: {
      key: EXAMPLE_STREAM,
      user_id: EXAMPLE_ADMIN_ID,
      name: 'Streamoose',
      payee: 'Streamoose',
      category: 'Subscriptions',
      type: 'expense',
      currency: 'EUR',
      cadence: 'monthly',
      state: 'active',
      status: 'confirmed',
      amount: '13.99',
      amount_low: '13.99',
      amount_high: '13.99',
      first_date: '2024-04-04',
      last_date: '2026-03-04',
      next_date: '2026-04-04',
      confidence: 0.98,
      decided_by: EXAMPLE_ADMIN_ID,
      decided_at: '2026-03-14T09:26:53.589Z',
      transaction_count: 24,
      transactions: [{ id: EXAMPLE_ID, date: '2026-03-04', amount: '13.99' }],
    },
  })

export const streamListSchema = z
  .object({
    data: z.array(streamSchema),
    examined: examinedSchema,
    ...pageFields,
    ...scopeFields,
  })
  .openapi('RecurringPaymentList')

export const streamDecisionSchema = z
  .strictObject({
    status,
    name: line(1, 100).nullable().optional().openapi({
      description: 'A name for it; without one, the payee, the notes or the category.',
    }),
  })
  .openapi('RecurringDecision', { example: { status: 'confirmed', name: 'Rent for the flat' } })

export const streamParams = z.object({
  key: z
    .string()
    .max(100)
    .openapi({ description: 'Key of the recurring payment.', example: EXAMPLE_STREAM }),
})

export const ownerParameter = {
  user_id: id
    .optional()
    .openapi({ description: 'The owner. Admins only, except for your own id.' }),
}

export function streamResponse(stream: Stream) {
  const format = (amount: bigint) => formatMinor(amount, stream.currency)
  return {
    key: stream.key,
    user_id: stream.userId,
    name: stream.name,
    payee: stream.payee,
    category: stream.category,
    type: stream.type,
    currency: stream.currency,
    cadence: stream.cadence,
    state: stream.state,
    status: stream.status,
    amount: format(stream.amount),
    amount_low: format(stream.low),
    amount_high: format(stream.high),
    first_date: stream.firstDate,
    last_date: stream.lastDate,
    next_date: stream.nextDate,
    confidence: stream.confidence,
    decided_by: stream.decided?.by ?? null,
    decided_at: stream.decided?.at.toISOString() ?? null,
    transaction_count: stream.transactions.length,
    transactions: stream.transactions
      .slice(-MAX_TRANSACTIONS)
      .toReversed()
      .map(({ amount, ...payment }) => ({ ...payment, amount: format(amount) })),
  }
}
