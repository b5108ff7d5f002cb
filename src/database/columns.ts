import { bigint, boolean, char, date, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { transactionType, userRole } from './enums.ts'

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
  createdBy: uuid('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  deletedAt: instant('deleted_at'),
})
