import type { TransactionType } from '../db/enums.ts'
import { shortHash } from '../lib/short-hash.ts'
import type { StreamRow } from '../recurring/payment.ts'

export const anomalyKinds = [
  'unusual_amount',
  'likely_duplicate',
  'large_first_payment',
  'recurring_late',
  'recurring_missing',
  'recurring_dearer',
  'unusual_month',
] as const
export type AnomalyKind = (typeof anomalyKinds)[number]

/** Something that stands out. Amounts are in minor units. */
export interface Anomaly {
  userId: string
  /** Made of what it is about, so that other records do not change it. */
  key: string
  kind: AnomalyKind
  /** The day of the transaction, the due day, or the first day of the month. */
  date: string
  type: TransactionType
  currency: string
  category: string
  payee: string | null
  amount: bigint
  /** What was expected. */
  usualAmount: bigint | null
  /** From 0.5 for what barely stands out, to 1. */
  score: number
  reason: string
  transactionId: string | null
  /** The other one of a duplicate, or the payment before. */
  relatedId: string | null
  streamKey: string | null
  dismissed: { by: string; at: Date } | null
}

export const anomalyKey = (...parts: readonly (string | bigint)[]) =>
  `ano_${shortHash(JSON.stringify(parts.map(String)))}`

/** A score of how far a value is above its threshold. */
export const scoreAbove = (value: number, threshold: number) =>
  Math.round((100 * value) / (value + threshold)) / 100

/** 6.1 for small factors, 61 for large ones. */
export const formatFactor = (factor: number) =>
  factor < 10 ? factor.toFixed(1) : Math.round(factor).toString()

/** Names a payee or category inside a sentence, without line breaks and at a readable length. */
export function shortName(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return [...line].length > 60 ? `${[...line].slice(0, 59).join('')}…` : line
}

type About = Pick<Anomaly, 'kind' | 'score' | 'reason'> & Partial<Anomaly>

/** An anomaly of one transaction. If its amount is changed, it is another anomaly. */
export const anomalyOf = (row: StreamRow, about: About): Anomaly => ({
  userId: row.user_id,
  key: anomalyKey(about.kind, row.id, row.amount_minor),
  date: row.date,
  type: row.type,
  currency: row.currency,
  category: row.category,
  payee: row.payee,
  amount: row.amount_minor,
  usualAmount: null,
  transactionId: row.id,
  relatedId: null,
  streamKey: null,
  dismissed: null,
  ...about,
})
