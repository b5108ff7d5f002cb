import { pgSchema } from 'drizzle-orm/pg-core'

/** The schema of the tables. No role of the API has any right on what is in it. */
export const book = pgSchema('book')

export const userRole = book.enum('user_role', ['viewer', 'analyst', 'admin'])
export const transactionType = book.enum('transaction_type', ['income', 'expense'])

export const apiKeyAccess = book.enum('api_key_access', ['read', 'read_write'])

/** What a row of `book.rollups` sums up: a day, a month, or a month of one category. */
export const rollupGrain = book.enum('rollup_grain', ['day', 'month', 'category'])

export type Role = (typeof userRole.enumValues)[number]
export type TransactionType = (typeof transactionType.enumValues)[number]
export type ApiKeyAccess = (typeof apiKeyAccess.enumValues)[number]
export type RollupGrain = (typeof rollupGrain.enumValues)[number]
