import { z } from '@hono/zod-openapi'
import { MASKABLE_FIELDS, type MaskableField } from './masked-fields.ts'

/** What a record says of itself if fields are masked for the role. */
export const maskedSchema = z
  .array(z.enum(MASKABLE_FIELDS))
  .optional()
  .openapi({
    description:
      'Fields that are masked for your role: they are null, or the first letter of a text and `…`. Absent ' +
      'if none is.',
  })

export const maskedResponse = ({ masked }: { masked: readonly string[] }) =>
  masked.length > 0 && { masked: masked as MaskableField[] }
