import { z } from '@hono/zod-openapi'
import { boolean, integer, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import { userRole } from '../../db/enums.ts'
import type { Fields } from '../../db/record.ts'
import { EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { booleanParameter, instant, line } from '../../lib/schemas.ts'

export const role = z.enum(userRole.enumValues).openapi({ example: 'analyst' })
const active = z.boolean().openapi({ description: 'Inactive users cannot log in.', example: true })

/** Trimmed and in lower case, which is how addresses are stored and compared. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { abort: true })
  .check(z.email())
  .openapi({ format: 'email', example: 'grace@example.com' })

export const nameSchema = line(1, 100).openapi({ example: 'Grace Hopper' })

/** Everything that is said of a user. The password is not part of the record: it is never read. */
export const userFields = {
  id: {
    use: 'read',
    column: (name) => uuid(name).primaryKey(),
    output: z.uuid(),
    example: EXAMPLE_USER_ID,
  },
  email: {
    use: 'create',
    column: (name) => text(name).notNull(),
    input: emailSchema,
    output: z.email(),
    example: 'grace@example.com',
  },
  name: {
    use: 'write',
    column: (name) => text(name).notNull(),
    input: nameSchema,
    output: z.string(),
    example: 'Grace Hopper',
  },
  role: {
    use: 'write',
    column: (name) => userRole(name).notNull(),
    input: role,
    output: role,
    example: 'analyst',
    filter: role.openapi({ description: 'Users with this role.' }),
  },
  active: {
    use: 'write',
    column: (name) => boolean(name).notNull().default(true),
    input: active,
    output: active,
    example: true,
    filter: booleanParameter.openapi({ description: 'Active or inactive users only.' }),
  },
  version: {
    use: 'read',
    column: (name) => integer(name).notNull().default(1),
    output: z.int(),
    example: 1,
  },
  created_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
  },
  updated_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull().defaultNow(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
  },
} satisfies Fields
