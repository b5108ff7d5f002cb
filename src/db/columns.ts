import {
  bigint,
  boolean,
  char,
  date,
  integer,
  jsonb,
  numeric,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { apiKeyAccess, rollupGrain, transactionType, userRole } from './enums.ts'

/*
 * The columns of a table and of the views in front of it, written once. Drizzle's builders belong
 * to the table they are given to, so each use asks for fresh ones.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const userColumns = () => ({
  id: uuid('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: userRole('role').notNull(),
  active: boolean('active').notNull().default(true),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const transactionColumns = () => ({
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  type: transactionType('type').notNull(),
  /** In the minor unit of the currency: cents, yen, fils. */
  amountMinor: bigint('amount_minor', { mode: 'bigint' }).notNull(),
  /**
   * The face value in ten-thousandths (12.50 EUR and 12.50 USD are 125000), so that amounts can be
   * filtered and sorted whatever the exponent of their currency.
   */
  amountScaled: bigint('amount_scaled', { mode: 'bigint' })
    .notNull()
    .generatedAlwaysAs(sql`app.scale_amount(amount_minor, currency)`),
  currency: char('currency', { length: 3 }).notNull(),
  category: text('category').notNull(),
  date: date('date', { mode: 'string' }).notNull(),
  notes: text('notes'),
  version: integer('version').notNull().default(1),
  /** What the record is called where it comes from; once for a user and a source. */
  externalId: text('external_id'),
  source: text('source'),
  /** The import that brought it in. */
  importId: uuid('import_id'),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  deletedAt: instant('deleted_at'),
})

export const auditColumns = () => ({
  /** Whose book was changed. */
  ownerId: uuid('book_id').notNull(),
  /** Position in the chain of the book, from 1. */
  seq: bigint('seq', { mode: 'bigint' }).notNull(),
  at: instant('at').notNull(),
  /** Who did it; null for the system. */
  actorId: uuid('actor_id'),
  sessionId: uuid('session_id'),
  apiKeyId: uuid('api_key_id'),
  requestId: text('request_id'),
  address: text('address'),
  action: text('action').notNull(),
  entity: text('entity').notNull(),
  entityId: uuid('entity_id').notNull(),
  before: jsonb('before').$type<Record<string, unknown>>(),
  after: jsonb('after').$type<Record<string, unknown>>(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
})

export const sessionColumns = () => ({
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  /** When it was refreshed last. */
  lastUsedAt: instant('last_used_at').notNull().defaultNow(),
  /** Where the login came from, and with what. */
  address: text('address'),
  userAgent: text('user_agent'),
  revokedAt: instant('revoked_at'),
  revokedReason: text('revoked_reason'),
})

export const apiKeyColumns = () => ({
  id: uuid('id').primaryKey(),
  userId: uuid('user_id').notNull(),
  name: text('name').notNull(),
  /** The first characters of the key, by which its owner knows it. */
  prefix: text('prefix').notNull(),
  /** At most the role of the owner. */
  role: userRole('role').notNull(),
  access: apiKeyAccess('access').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})

export const importColumns = () => ({
  id: uuid('id').primaryKey(),
  /** Whose records were imported, and by whom. */
  userId: uuid('user_id').notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  fileName: text('file_name'),
  source: text('source'),
  /** Rows of the file, of them new ones, and of them known ones. */
  rowCount: integer('row_count').notNull(),
  createdCount: integer('created_count').notNull(),
  duplicateCount: integer('duplicate_count').notNull(),
  revertedAt: instant('reverted_at'),
})

export const rollupColumns = () => ({
  userId: uuid('user_id').notNull(),
  grain: rollupGrain('grain').notNull(),
  /** The day, or the first day of the month. */
  startsOn: date('starts_on', { mode: 'string' }).notNull(),
  currency: char('currency', { length: 3 }).notNull(),
  type: transactionType('type').notNull(),
  /** Empty where all categories are summed up, which is no name of one. */
  category: text('category').notNull(),
  /** In the minor unit of the currency. A million large amounts are more than a bigint holds. */
  amount: numeric('amount', { precision: 38, scale: 0, mode: 'bigint' }).notNull(),
  count: bigint('count', { mode: 'number' }).notNull(),
})
