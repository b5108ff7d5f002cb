import { z } from '@hono/zod-openapi'
import { createShape, exampleOf, outputShape, responseOf } from '../../db/record.ts'
import { apiKeyFields } from './api-key.fields.ts'
import { id } from '../../lib/schemas.ts'
import { pageFields, pageParameters } from '../../http/pagination.schema.ts'
import type { ApiKey } from './api-keys.repository.ts'

const fields = outputShape(apiKeyFields)
const example = exampleOf(apiKeyFields)

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

export const apiKeyInputSchema = z.strictObject(createShape(apiKeyFields)).openapi('ApiKeyInput', {
  example: { name: 'Nightly import', access: 'read_write' },
})

export const apiKeyQuerySchema = z.strictObject({
  user_id: id
    .optional()
    .openapi({ description: 'Only this user. Admins only, except for your own id.' }),
  ...pageParameters,
})

export const apiKeyResponse = (key: ApiKey) => responseOf(apiKeyFields, key)
