/*
 * The tables, from which drizzle-kit generates migrations. Roles, functions, triggers, views and
 * policies stand in the custom migrations in drizzle/.
 */

export * from './enums.ts'
export * from './schema-accounts.ts'
export * from './schema-transactions.ts'
