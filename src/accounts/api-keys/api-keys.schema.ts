import { z } from '@hono/zod-openapi'
import { apiKeyAccess, userRole } from '../../db/enums.ts'
import { id, instant, line } from '../../http/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { ApiKey } from './api-keys.repository.ts'

const role = z.enum(userRole.enumValues)
const access = z.enum(apiKeyAccess.enumValues)

const fields = {
  id: z.uuid(),
  user_id: z.uuid(),
  name: z.string(),
  prefix: z.string().openapi({ description: 'First characters of the key, which are not secret.' }),
  role,
  access,
  created_at: instant,
  expires_at: instant.nullable(),
  last_used_at: instant.nullable().openapi({ description: 'Last use, to the minute.' }),
  revoked_at: instant.nullable(),
}

const example = {
  id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11',
  user_id: '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a12',
  name: 'Nightly import',
  prefix: 'ebk_EYoMX087',
  role: 'analyst' as const,
  access: 'read_write' as const,
  created_at: '2026-03-14T09:26:53.589Z',
  expires_at: '2027-03-14T00:00:00.000Z',
  last_used_at: null,
  revoked_at: null,
}

export const apiKeySchema = z.object(fields).openapi('ApiKey', { example })

export const newApiKeySchema = z
  .object({
    ...fields,
    key: z
      .string()
      .optional()
      .openapi({
        description:
          'The key, to be sent as a bearer token. Shown once: it is absent when the response is ' +
          'replayed for an idempotency key.',
      }),
  })
  .openapi('NewApiKey', { example: { ...example, key: 'ebk_EYoMX087T2Cb…' } })

export const apiKeyListSchema = z
  .object({ data: z.array(apiKeySchema), ...pageFields })
  .openapi('ApiKeyList')

export const apiKeyInputSchema = z
  .strictObject({
    name: line(1, 100).openapi({ description: 'What the key is for.', example: 'Nightly import' }),
    role: role.optional().openapi({ description: 'At most your own role, which is the default.' }),
    access: access.default('read').openapi({ description: 'Whether the key can write.' }),
    expires_at: instant
      .refine((text) => new Date(text) < new Date('2200-01-01'), 'Must be before 2200.')
      .optional()
      .openapi({
        description: 'When the key expires. Never by default.',
        example: '2027-03-14T00:00:00Z',
      }),
  })
  .openapi('ApiKeyInput', {
    example: { name: 'Nightly import', access: 'read_write', expires_at: '2027-03-14T00:00:00Z' },
  })

export const apiKeyQuerySchema = z.strictObject({
  user_id: id
    .optional()
    .openapi({ description: 'Only this user. Admins only, except for your own id.' }),
  ...pageParameters,
})

export const apiKeyResponse = (key: ApiKey) => ({
  id: key.id,
  user_id: key.userId,
  name: key.name,
  prefix: key.prefix,
  role: key.role,
  access: key.access,
  created_at: key.createdAt.toISOString(),
  expires_at: key.expiresAt?.toISOString() ?? null,
  last_used_at: key.lastUsedAt?.toISOString() ?? null,
  revoked_at: key.revokedAt?.toISOString() ?? null,
})
