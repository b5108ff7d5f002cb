import { z } from '@hono/zod-openapi'
import { rollupGrain } from '../../db/enums.ts'
import { calendarDate, decimal } from '../../lib/schemas.ts'
import {
  pageParameters,
  scopeFields,
  scopeParameters,
  scopeResponse,
} from '../../http/pagination.schema.ts'
import { formatMinor } from '../../lib/money/amounts.ts'
import { category, type } from '../../transactions/transaction.fields.ts'
import type { Difference, RecordComparison, Sum } from './consistency.repository.ts'
import type { ConsistencyReport } from './consistency.service.ts'

export const consistencyQuerySchema = z.strictObject({
  ...scopeParameters,
  cursor: pageParameters.cursor.openapi({
    description: '`next_cursor` of the previous response, with the same scope.',
  }),
})

const sum = z.object({ total: decimal, count: z.int() })

export const consistencySchema = z
  .object({
    ...scopeFields,
    consistent: z.boolean().openapi({
      description: 'Whether this request found no differences, neither of roll-ups nor of records.',
    }),
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
    records: z.object({
      checked: z.int().openapi({ description: 'Rows compared by this request.' }),
      difference_count: z.int(),
      differences: z
        .array(
          z.object({
            user_id: z.uuid(),
            entity: z.string().openapi({ example: 'transaction' }),
            entity_id: z.uuid(),
            difference: z.enum(['altered', 'unrecorded', 'removed']).openapi({
              description:
                '`altered`: not as its last entry says. `unrecorded`: the audit log has no such ' +
                'record. `removed`: gone without an entry.',
            }),
            fields: z.array(z.string()).openapi({ description: 'What differs, if `altered`.' }),
          }),
        )
        .openapi({ description: 'The first 100 differences.' }),
    }),
    next_cursor: z.string().nullable().openapi({
      description: 'Continues with the records that were not compared yet; null if all were.',
    }),
  })
  .openapi('Consistency', {
    example: {
      scope: 'own',
      consistent: true,
      transactions: 731,
      rollups: 912,
      difference_count: 0,
      differences: [],
      records: { checked: 2411, difference_count: 0, differences: [] },
      next_cursor: null,
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

/** Columns with another name in the API. */
const fieldNames: Record<string, string> = { amount_minor: 'amount' }

const recordsResponse = ({ checked, differenceCount, differences }: RecordComparison) => ({
  checked,
  difference_count: differenceCount,
  differences: differences.map((each) => ({
    ...each,
    fields: each.fields.map((field) => fieldNames[field] ?? field),
  })),
})

export const consistencyResponse = (found: ConsistencyReport) => ({
  ...scopeResponse(found.scope),
  consistent: found.differenceCount + found.records.differenceCount === 0,
  transactions: found.transactions,
  rollups: found.rollups,
  difference_count: found.differenceCount,
  differences: found.differences.map(differenceResponse),
  records: recordsResponse(found.records),
  next_cursor: found.nextCursor,
})
