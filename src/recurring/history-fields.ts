import { needs } from '../db/masking.ts'

/** What the search for recurring payments and anomalies reads of transactions. */
export const historyFields = ['amount', 'category', 'payee', 'notes'] as const
export const historyUses = needs(...historyFields)
