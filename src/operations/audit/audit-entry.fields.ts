import { z } from '@hono/zod-openapi'
import { bigint, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../db/columns.ts'
import type { Fields } from '../../db/record.ts'
import { EXAMPLE_ADMIN_ID, EXAMPLE_ID, EXAMPLE_USER_ID } from '../../lib/examples.ts'
import { id, instant, line } from '../../lib/schemas.ts'

export const EXAMPLE_HASH = '5f2a1c9e7b3d4f60a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778a'

const hash = z.string().openapi({
  description: 'SHA-256, hexadecimal; empty before the first entry.',
  example: EXAMPLE_HASH,
})
const state = z.looseObject({}).nullable()
const json = (name: string) => jsonb(name).$type<Record<string, unknown>>()

export const owner = z.uuid().openapi({ description: 'The user whose data was changed.' })
export const sequence = z.int().openapi({ description: "Position in the owner's chain, from 1." })

const word = z
  .string()
  .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/, 'Must be lowercase words, such as transaction.updated.')

/** Everything that is said of an entry of the audit log. */
export const auditEntryFields = {
  id: {
    use: 'read',
    column: (name) => bigint(name, { mode: 'bigint' }).notNull(),
    output: z.int().openapi({ description: 'The order of writing over all owners.' }),
    example: 4711,
  },
  owner_id: {
    use: 'read',
    column: (name) => uuid(name).notNull(),
    output: owner,
    example: EXAMPLE_USER_ID,
    filter: id.openapi({ description: 'Only changes of the data of this user.' }),
  },
  sequence: {
    use: 'read',
    column: (name) => bigint(name, { mode: 'bigint' }).notNull(),
    output: sequence,
    example: 17,
  },
  occurred_at: {
    use: 'read',
    column: (name) => timestamptz(name).notNull(),
    output: instant,
    example: '2026-03-14T09:26:53.589Z',
  },
  actor_id: {
    use: 'read',
    column: (name) => uuid(name),
    output: z.uuid().nullable().openapi({ description: 'Who did it; null for the system.' }),
    example: EXAMPLE_USER_ID,
    filter: id.openapi({ description: 'Only changes by this user.' }),
  },
  session_id: {
    use: 'read',
    column: (name) => uuid(name),
    output: z.uuid().nullable(),
    example: EXAMPLE_ADMIN_ID,
  },
  api_key_id: {
    use: 'read',
    column: (name) => uuid(name),
    output: z.uuid().nullable(),
    example: null,
  },
  request_id: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable().openapi({ description: 'As in `X-Request-Id`.' }),
    example: EXAMPLE_ID,
    filter: line(1, 255).openapi({ description: 'Only changes by this request.' }),
  },
  address: {
    use: 'read',
    column: (name) => text(name),
    output: z.string().nullable().openapi({ description: 'IP address of the request.' }),
    example: '192.0.2.7',
  },
  action: {
    use: 'read',
    column: (name) => text(name).notNull(),
    output: z.string().openapi({ example: 'transaction.updated' }),
    example: 'session.revoked',
    filter: word.openapi({ description: 'Only this action.', example: 'transaction.updated' }),
  },
  entity: {
    use: 'read',
    column: (name) => text(name).notNull(),
    output: z.string().openapi({ example: 'transaction' }),
    example: 'session',
    filter: word.openapi({
      description: 'Only changes of `transaction`, `user`, `session`, …',
      example: 'transaction',
    }),
  },
  entity_id: {
    use: 'read',
    column: (name) => uuid(name).notNull(),
    output: z.uuid(),
    example: EXAMPLE_ADMIN_ID,
    filter: id.openapi({ description: 'Only changes of this record.' }),
  },
  before: {
    use: 'read',
    column: json,
    output: state.openapi({ description: 'The record before; null if it was created.' }),
    example: { revoked_at: null },
  },
  after: {
    use: 'read',
    column: json,
    output: state.openapi({ description: 'The record after; null if it was removed.' }),
    example: { revoked_at: '2026-03-14T09:26:53.580Z' },
  },
  previous_hash: {
    use: 'read',
    column: (name) => text(name).notNull(),
    output: hash,
    example: EXAMPLE_HASH,
  },
  hash: {
    use: 'read',
    column: (name) => text(name).notNull(),
    output: hash,
    example: EXAMPLE_HASH,
  },
} satisfies Fields
