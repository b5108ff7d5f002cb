import { z } from '@hono/zod-openapi'
import { boolean, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import type { Fields } from '../../db/record.ts'
import { EXAMPLE_ID, EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { instant } from '../../lib/schemas.ts'

const shared = {
  id: {
    use: 'read',
    column: (name) => uuid(name).primaryKey(),
    output: z.uuid(),
    example: EXAMPLE_ID,
  },
  user_id: {
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
  last_used_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant.openapi({ description: 'When its tokens were last refreshed.' }),
    example: '2026-03-14T11:02:10.120Z',
  },
  expires_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull(),
    output: instant,
    example: '2026-04-13T11:02:10.120Z',
  },
  address: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable().openapi({ description: 'IP address of the login.' }),
    example: '203.0.113.7',
  },
  user_agent: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable().openapi({ description: 'User-Agent header of the login.' }),
    example: 'Mozilla/5.0 (X11; Linux x86_64)',
  },
} satisfies Fields

/** An active session, as its owner sees it. */
export const sessionFields = {
  ...shared,
  current: {
    use: 'read',
    column: (name) => boolean(name).notNull(),
    output: z.boolean().openapi({ description: 'Whether this request belongs to it.' }),
    example: true,
  },
} satisfies Fields

/** A session as it is stored, and as the audit log shows it. */
export const storedSessionFields = {
  ...shared,
  verified_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant.openapi({ description: 'When the password was last given: login or step-up.' }),
    example: '2026-03-14T09:26:53.589Z',
  },
  revoked_at: {
    use: 'read',
    column: (name) => timestamptz(name),
    output: instant.nullable(),
    example: null,
  },
  revoked_reason: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable(),
    example: null,
  },
} satisfies Fields
