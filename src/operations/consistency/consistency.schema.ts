import { z } from '@hono/zod-openapi'
import { rollupGrain } from '../../db/enums.ts'
import { calendarDate, decimal } from '../../lib/schemas.ts'
import { scopeFields, scopeParameters, scopeResponse } from '../../http/pagination.schema.ts'
import { formatMinor } from '../../lib/money/amounts.ts'
import { category, type } from '../../transactions/transaction.fields.ts'
import type { Difference, Sum } from './consistency.repository.ts'
import type { ConsistencyService } from './consistency.service.ts'

export const consistencyQuerySchema = z.strictObject(scopeParameters)

const sum = z.object({ total: decimal, count: z.int() })

export const consistencySchema = z
  .object({
    ...scopeFields,
    consistent: z.boolean().openapi({ description: 'Whether there are no differences.' }),
    transactions: z.int().openapi({ description: 'Number of transactions added up.' }),
    rollups: z.int().openapi({ description: 'Number of roll-ups compared.' }),
    difference_count: z.int(),
    differences: z
      .array(
        z.object({
          user_id: z.uuid().nullable().openapi({ description: 'Null for a total of all users.' }),
          grain: z.enum(rollupGrain.enumValues).openapi({
            description: 'A day, a month, or a month of one category.',
          }),
          starts_on: calendarDate,
          currency: z.string(),
          type,
          category: category.nullable(),
          expected: sum.openapi({ description: 'Sum of the transactions.' }),
          stored: sum.openapi({ description: 'Sum stored in the roll-up.' }),
        }),
      )
      .openapi({ description: 'The first 100 differences.' }),
  })
  .openapi('Consistency', {
    example: {
      scope: 'own',
      consistent: true,
      transactions: 731,
      rollups: 912,
      difference_count: 0,
      differences: [],
    },
  })

const sumResponse = ({ total, count }: Sum, currency: string) => ({
  total: formatMinor(total, currency),
  count,
})

const differenceResponse = (difference: Difference) => ({
  user_id: difference.userId,
  grain: difference.grain,
  starts_on: difference.startsOn,
  currency: difference.currency,
  type: difference.type,
  category: difference.category,
  expected: sumResponse(difference.expected, difference.currency),
  stored: sumResponse(difference.stored, difference.currency),
})

export const consistencyResponse = (found: Awaited<ReturnType<ConsistencyService['check']>>) => ({
  ...scopeResponse(found.scope),
  consistent: found.differenceCount === 0,
  transactions: found.transactions,
  rollups: found.rollups,
  difference_count: found.differenceCount,
  differences: found.differences.map(differenceResponse),
})
