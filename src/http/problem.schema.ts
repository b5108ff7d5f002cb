import { z } from '@hono/zod-openapi'
import { errorCodes } from '../lib/errors.ts'

export const problemSchema = z
  .object({
    type: z.string().openapi({ format: 'uri-reference', example: '/problems/validation_failed' }),
    title: z.string(),
    status: z.int().openapi({ minimum: 400, maximum: 599 }),
    code: z.enum(errorCodes).openapi({ description: 'Stable, for programs to decide by.' }),
    detail: z.string().optional(),
    request_id: z.string().openapi({ description: 'Identifies the request in the log.' }),
    errors: z
      .array(
        z.object({
          location: z.string().openapi({ example: 'body.amount' }),
          message: z.string(),
          code: z
            .enum(errorCodes)
            .optional()
            .openapi({ description: 'The error of one operation of a bulk write.' }),
        }),
      )
      .optional(),
    current: z
      .looseObject({})
      .optional()
      .openapi({ description: 'With 412: the current state of the resource.' }),
  })
  .openapi('Problem', { description: 'A problem document (RFC 9457).' })
