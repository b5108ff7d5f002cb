import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { bigint, char, date, integer, text, uuid } from 'drizzle-orm/pg-core'
import { exactTimestamptz, timestamptz } from '../db/columns.ts'
import { transactionType } from '../db/enums.ts'
import type { Fields } from '../db/record.ts'
import { EXAMPLE_ID, EXAMPLE_USER_ID } from '../lib/examples.ts'
import {
  amount,
  calendarDate,
  currency,
  decimal,
  id,
  instant,
  line,
  multiline,
} from '../lib/schemas.ts'

export const type = z.enum(transactionType.enumValues).openapi({ example: 'expense' })
const externalId = line(1, 255)
const source = line(1, 64)
const payee = line(1, 200)

export const category = line(1, 64).openapi({ example: 'Groceries' })

/** Everything that is said of a transaction, in the order of its fields in JSON and CSV. */
export const transactionFields = {
  id: {
    use: 'read',
    column: (name) => uuid(name).primaryKey(),
    output: z.uuid(),
    example: EXAMPLE_ID,
    csv: 'export',
  },
  date: {
    use: 'write',
    column: (name) => date(name, { mode: 'string' }).notNull(),
    input: calendarDate,
    output: calendarDate,
    example: '2026-03-14',
    sort: true,
    csv: 'import',
  },
  type: {
    use: 'write',
    column: (name) => transactionType(name).notNull(),
    input: type,
    output: type,
    example: 'expense',
    filter: type.openapi({ description: 'Income or expenses only.' }),
    csv: 'import',
  },
  amount: {
    use: 'write',
    mask: 'hide',
    /** The face value in ten-thousandths: 12.50 EUR and 12.50 USD are 125000n. */
    column: () =>
      bigint('amount_scaled', { mode: 'bigint' })
        .notNull()
        .generatedAlwaysAs(sql`data.scale_amount(amount_minor, currency)`),
    input: amount,
    output: decimal,
    example: '84.30',
    sort: true,
    csv: 'import',
  },
  currency: {
    use: 'write',
    column: (name) => char(name, { length: 3 }).notNull(),
    input: currency,
    output: currency,
    example: 'EUR',
    filter: currency.openapi({ description: 'Currency (ISO 4217).' }),
    csv: 'import',
  },
  category: {
    use: 'write',
    mask: 'partial',
    column: (name) => text(name).notNull(),
    input: category,
    output: z.string(),
    example: 'Groceries',
    csv: 'import',
  },
  payee: {
    use: 'write',
    mask: 'partial',
    column: (name) => text(name),
    input: payee.nullable().openapi({
      description: 'Who was paid, or who paid.',
      example: 'Corner Market',
    }),
    optional: true,
    output: z.string().nullable(),
    example: 'Corner Market',
    filter: payee.openapi({ description: 'Only transactions with exactly this payee.' }),
    csv: 'import',
  },
  notes: {
    use: 'write',
    mask: 'partial',
    column: (name) => text(name),
    /** Empty notes are stored as null. */
    input: multiline(2000)
      .nullable()
      .transform((notes) => notes || null)
      .openapi({ type: ['string', 'null'], maxLength: 2000, example: 'Weekly shopping' }),
    optional: true,
    output: z.string().nullable(),
    example: 'Weekly shopping',
    csv: 'import',
  },
  external_id: {
    use: 'write',
    mask: 'partial',
    column: (name) => text(name),
    input: externalId.nullable().openapi({
      description: 'Its id in the system it comes from. Unique for a user and a source.',
      example: 'bank-2026-03-14-17',
    }),
    optional: true,
    output: z.string().nullable(),
    example: 'bank-2026-03-14-17',
    filter: externalId.openapi({ description: 'Only the transaction with this external id.' }),
    csv: 'import',
  },
  source: {
    use: 'write',
    mask: 'partial',
    column: (name) => text(name),
    input: source.nullable().openapi({
      description: 'The system it comes from.',
      example: 'bank',
    }),
    optional: true,
    output: z.string().nullable(),
    example: 'bank',
    filter: source.openapi({ description: 'Only transactions from this source.' }),
    csv: 'import',
  },
  user_id: {
    use: 'create',
    column: (name) => uuid(name).notNull(),
    input: id.openapi({ description: 'The owner. Only admins may name another user.' }),
    optional: true,
    output: z.uuid().openapi({ description: 'The owner.' }),
    example: EXAMPLE_USER_ID,
    csv: 'export',
  },
  import_id: {
    use: 'read',
    column: (name) => uuid(name),
    output: z.uuid().nullable().openapi({ description: 'The import that created it.' }),
    example: null,
    filter: id.openapi({ description: 'Only transactions that this import created.' }),
    csv: 'export',
  },
  version: {
    use: 'read',
    column: (name) => integer(name).notNull().default(1),
    output: z.int().openapi({ description: 'Increases with every change. The ETag contains it.' }),
    example: 1,
    csv: 'export',
  },
  created_by: {
    use: 'read',
    mask: 'hide',
    column: (name) => uuid(name).notNull(),
    output: z.uuid().openapi({ description: 'The user who created it.' }),
    example: EXAMPLE_USER_ID,
    csv: 'export',
  },
  created_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
    csv: 'export',
  },
  updated_at: {
    use: 'read',
    column: (name) => exactTimestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
    sort: true,
    csv: 'export',
  },
  deleted_at: {
    use: 'read',
    column: (name) => timestamptz(name),
    output: instant.nullable(),
    example: null,
    csv: 'export',
  },
} satisfies Fields
