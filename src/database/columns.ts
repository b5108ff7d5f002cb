import { bigint, boolean, char, date, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { transactionType, userRole } from './enums.ts'

/*
 * The columns of a table and of the views in front of it, written once. Drizzle's builders belong
 * to the table they are given to, so each use asks for fresh ones.
 */

const instant = () => timestamp({ withTimezone: true, mode: 'date' })

export const userColumns = () => ({
  id: uuid().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  role: userRole().notNull(),
  active: boolean().notNull().default(true),
  version: integer().notNull().default(1),
  createdAt: instant().notNull().defaultNow(),
  updatedAt: instant().notNull().defaultNow(),
})

export const transactionColumns = () => ({
  id: uuid().primaryKey(),
  userId: uuid().notNull(),
  type: transactionType().notNull(),
  /** In the minor unit of the currency: cents, yen, fils. */
  amountMinor: bigint({ mode: 'bigint' }).notNull(),
  /**
   * The face value in ten-thousandths (12.50 EUR and 12.50 USD are 125000), so that amounts can be
   * filtered and sorted whatever the exponent of their currency.
   */
  amountScaled: bigint({ mode: 'bigint' })
    .notNull()
    .generatedAlwaysAs(sql`app.scale_amount(amount_minor, currency)`),
  currency: char({ length: 3 }).notNull(),
  category: text().notNull(),
  date: date({ mode: 'string' }).notNull(),
  notes: text(),
  version: integer().notNull().default(1),
  createdBy: uuid().notNull(),
  createdAt: instant().notNull().defaultNow(),
  updatedAt: instant().notNull().defaultNow(),
  deletedAt: instant(),
})
