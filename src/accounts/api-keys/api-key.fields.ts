import { z } from '@hono/zod-openapi'
import { text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import { apiKeyAccess, userRole } from '../../db/enums.ts'
import type { Fields } from '../../db/record.ts'
import { EXAMPLE_ID, EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { instant, line } from '../../lib/schemas.ts'

const role = z.enum(userRole.enumValues)
const access = z.enum(apiKeyAccess.enumValues)

/** Everything that is said of an API key. The key itself is shown once and not stored. */
export const apiKeyFields = {
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
  name: {
    use: 'create',
    column: (name) => text(name).notNull(),
    input: line(1, 100).openapi({ description: 'What the key is for.', example: 'Nightly import' }),
    output: z.string(),
    example: 'Nightly import',
  },
  prefix: {
    use: 'read',
    column: (name) => text(name).notNull(),
    output: z
      .string()
      .openapi({ description: 'First characters of the key, which are not secret.' }),
    example: 'ebk_EYoMX087',
  },
  role: {
    use: 'create',
    column: (name) => userRole(name).notNull(),
    input: role.openapi({ description: 'At most your own role, which is the default.' }),
    optional: true,
    output: role,
    example: 'analyst',
  },
  access: {
    use: 'create',
    column: (name) => apiKeyAccess(name).notNull(),
    input: access
      .default('read')
      .openapi('ApiKeyAccess', { description: 'Whether it can write too.' }),
    output: access,
    example: 'read_write',
  },
  created_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
  },
  expires_at: {
    use: 'create',
    column: (name) => timestamptz(name),
    input: instant
      .refine((value) => new Date(value) < new Date('2200-01-01'), 'Must be before 2200.')
      .openapi({
        description: 'When it expires; by default a year after its creation.',
        example: '2027-03-14T00:00:00Z',
      }),
    optional: true,
    output: instant.nullable(),
    example: '2027-03-14T00:00:00.000Z',
  },
  last_used_at: {
    use: 'read',
    column: (name) => timestamptz(name),
    output: instant.nullable().openapi({ description: 'Last use, to the minute.' }),
    example: null,
  },
  revoked_at: {
    use: 'read',
    column: (name) => timestamptz(name),
    output: instant.nullable(),
    example: null,
  },
} satisfies Fields
