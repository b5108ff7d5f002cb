import { z } from '@hono/zod-openapi'
import { integer, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../db/columns.ts'
import type { Fields } from '../db/record.ts'
import { EXAMPLE_ID, EXAMPLE_USER_ID } from '../lib/examples.ts'
import { instant } from '../lib/schemas.ts'

/** Everything that is said of an import. */
export const importFields = {
  id: {
    use: 'read',
    column: (name) => uuid(name).primaryKey(),
    output: z.uuid(),
    example: EXAMPLE_ID,
  },
  user_id: {
    use: 'read',
    column: (name) => uuid(name).notNull(),
    output: z.uuid().openapi({ description: 'The owner of its transactions.' }),
    example: EXAMPLE_USER_ID,
  },
  created_by: {
    use: 'read',
    column: (name) => uuid(name).notNull(),
    output: z.uuid(),
    example: EXAMPLE_USER_ID,
  },
  created_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
  },
  file_name: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable(),
    example: 'march.csv',
  },
  source: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable(),
    example: 'bank',
  },
  row_count: {
    use: 'read',
    column: (name) => integer(name).notNull(),
    output: z.int().openapi({ description: 'Rows in the file.' }),
    example: 120,
  },
  created_count: {
    use: 'read',
    column: (name) => integer(name).notNull(),
    output: z.int().openapi({ description: 'Rows that were created.' }),
    example: 117,
  },
  duplicate_count: {
    use: 'read',
    column: (name) => integer(name).notNull(),
    output: z.int().openapi({ description: 'Rows that existed already.' }),
    example: 3,
  },
  not_booked_count: {
    use: 'read',
    // Null in imports that are older than the column.
    column: (name) => integer(name),
    output: z.int().openapi({
      description: 'Rows that the bank has not booked, such as pending ones and balances.',
    }),
    example: 0,
  },
  reverted_at: {
    use: 'read',
    column: (name) => timestamptz(name),
    output: instant.nullable(),
    example: null,
  },
} satisfies Fields

/** What becomes of a row of a file: `deleted` ones are known, and stay deleted. */
export const rowOutcomes = ['created', 'duplicate', 'deleted', 'skipped'] as const
export type RowOutcome = (typeof rowOutcomes)[number]
