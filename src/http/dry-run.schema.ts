import { z } from '@hono/zod-openapi'
import { totalsSchema } from './totals.schema.ts'

const shape = {
  dry_run: z.literal(true).openapi({ description: 'Nothing was stored.' }),
  status: z.int().openapi({ description: 'The status of the real write.', example: 200 }),
  totals: z
    .object({ before: z.array(totalsSchema), after: z.array(totalsSchema) })
    .optional()
    .openapi({
      description: 'Totals of the users whose transactions the write changes; absent for users.',
    }),
}

/** A dry run of a write that responds without a body. */
export const dryRunSchema = z.object(shape).openapi('DryRun')

/**
 * A dry run of a write that responds with a body: the same fields and a few more, so that a typed
 * client can read both without asking which one it is.
 */
export const dryRunOf = <T extends z.ZodRawShape>(name: string, result: z.ZodObject<T>) =>
  z.object({ ...result.shape, ...shape }).openapi(name)
