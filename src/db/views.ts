import { bigint, boolean, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import {
  apiKeyColumns,
  auditColumns,
  importColumns,
  rollupColumns,
  sessionColumns,
  transactionColumns,
  userColumns,
} from './columns.ts'

/*
 * What the API may touch: the views of the schema `app`, declared as tables because Drizzle writes
 * only to tables. drizzle-kit does not read this file; a test holds it against the database.
 * `name: string` gives both views of transactions one type, so a query can be built on either.
 */

const app = pgSchema('app')

const transactionView = (name: string) => app.table(name, transactionColumns())

/** The caller's rows that are not deleted. */
export const ownTransactions = transactionView('own_transactions')
/** Every row of the book, deleted ones too; granted to admins. */
export const allTransactions = transactionView('all_transactions')

export type TransactionView = typeof ownTransactions

const rollupView = (name: string) => app.table(name, rollupColumns())

/** What the caller's own rows add up to. */
export const ownRollups = rollupView('own_rollups')
/** What everybody's add up to; granted to admins. */
export const allRollups = rollupView('all_rollups')

/** What everybody's add up to together; granted to admins. The ids in it are of no user. */
export const wholeRollups = rollupView('whole_rollups')

export type RollupView = typeof ownRollups

/** The caller alone. */
export const ownProfile = app.table('own_profile', userColumns())
/** Every user; granted to admins. */
export const allUsers = app.table('all_users', userColumns())

const importView = (name: string) => app.table(name, importColumns())

/** Imports into the caller's book. */
export const ownImports = importView('own_imports')
/** Every import; granted to admins. */
export const allImports = importView('all_imports')

const sessionView = (name: string) => {
  const { revokedAt: _, revokedReason: __, ...columns } = sessionColumns()
  return app.table(name, { ...columns, current: boolean('current').notNull() })
}

/** The sessions of the caller that run; `current` is the one that asks. */
export const ownSessions = sessionView('own_sessions')
/** Everybody's that run; granted to admins. */
export const allSessions = sessionView('all_sessions')

const apiKeyView = (name: string) => app.table(name, apiKeyColumns())

/** The keys of the caller, the revoked ones too. */
export const ownApiKeys = apiKeyView('own_api_keys')
/** Everybody's; granted to admins. */
export const allApiKeys = apiKeyView('all_api_keys')

/** What was changed, by whom; granted to admins. */
export const auditEntries = app.table('audit_entries', {
  ...auditColumns(),
  id: bigint('id', { mode: 'bigint' }).notNull(),
})

/** Where the chain of each book ends; granted to admins. */
export const auditHeads = app.table('audit_heads', {
  ownerId: uuid('book_id').primaryKey(),
  seq: bigint('seq', { mode: 'bigint' }).notNull(),
  hash: text('hash').notNull(),
})

/*
 * Drizzle names every column of a table in an insert, and the roles may not give all of them. So the
 * same views once more, with the columns that may be written.
 */

const newTransactionColumns = () => {
  const columns = transactionColumns()
  const { id, userId, type, amountMinor, currency, category, date, notes } = columns
  const { externalId, source, importId } = columns
  const own = { id, userId, type, amountMinor, currency, category, date, notes }
  return { ...own, externalId, source, importId }
}

const newTransactionView = (name: string) => app.table(name, newTransactionColumns())

export const newOwnTransactions = newTransactionView('own_transactions')
export const newTransactions = newTransactionView('all_transactions')

const writableUserColumns = () => {
  const { id, email, name, role, active } = userColumns()
  return { id, email, name, role, active, passwordHash: text('password_hash').notNull() }
}

/** What admins may write of a user: the password hash too, which nobody may read. */
export const writableUsers = app.table('all_users', writableUserColumns())
