import { z } from '@hono/zod-openapi'
import { errorCodes } from '../lib/errors.ts'

export const problemSchema = z
  .object({
    type: z.string().openapi({ format: 'uri-reference', example: '/problems/validation_failed' }),
    title: z.string(),
    status: z.int().openapi({ minimum: 400, maximum: 599 }),
    code: z.enum(errorCodes).openapi({ description: 'Stable: programs decide by it.' }),
    detail: z.string().optional(),
    request_id: z.string().openapi({ description: 'To be quoted in a report; it is in the log.' }),
    errors: z
      .array(
        z.object({
          location: z.string().openapi({ example: 'body.amount' }),
          message: z.string(),
          code: z
            .enum(errorCodes)
            .optional()
            .openapi({ description: 'What went wrong there, where several things may have.' }),
        }),
      )
      .optional(),
    current: z
      .looseObject({})
      .optional()
      .openapi({ description: 'With 412: what was to be changed, as it is now.' }),
  })
  .openapi('Problem', { description: 'An error, as RFC 9457 describes it.' })
