import { pgSchema } from 'drizzle-orm/pg-core'

/** The schema of the tables. No role of the API has any right in it. */
export const data = pgSchema('data')

export const userRole = data.enum('user_role', ['viewer', 'analyst', 'admin'])
export const transactionType = data.enum('transaction_type', ['income', 'expense'])

export const apiKeyAccess = data.enum('api_key_access', ['read', 'read_write'])

/** What a row of `data.rollups` sums up: a day, a month, or a month of one category. */
export const rollupGrain = data.enum('rollup_grain', ['day', 'month', 'category'])

export type Role = (typeof userRole.enumValues)[number]
export type TransactionType = (typeof transactionType.enumValues)[number]
export type ApiKeyAccess = (typeof apiKeyAccess.enumValues)[number]
export type RollupGrain = (typeof rollupGrain.enumValues)[number]
