import { z } from '@hono/zod-openapi'
import { errorsOfOperation, errorTypes } from '../../lib/errors.ts'
import { EXAMPLE_TRANSACTIONS } from '../../lib/examples.ts'
import { id } from '../../lib/schemas.ts'
import { dryRunOf } from '../../http/dry-run.schema.ts'
import { problemType } from '../../http/problem.ts'
import { problemSchema } from '../../http/problem.schema.ts'
import type { OperationResult } from './bulk-results.ts'
import {
  newTransactionSchema,
  transactionPatchSchema,
  transactionResponse,
  transactionSchema,
} from '../transactions.schema.ts'

export const MAX_OPERATIONS = 500
/** Room for 500 operations of 2 KiB. */
export const MAX_BULK_BYTES = 1024 * 1024

const version = z.int().min(1).max(2_147_483_647).optional().openapi({
  description:
    'The version you last read, like `If-Match` elsewhere. Without it, any version is accepted.',
})

const create = z.strictObject({ op: z.literal('create'), data: newTransactionSchema })
const update = z.strictObject({
  op: z.literal('update'),
  id,
  version,
  data: transactionPatchSchema,
})
const remove = z.strictObject({ op: z.literal('delete'), id, version })

export const operationSchema = z
  .discriminatedUnion(
    'op',
    [create, update, remove],
    'Must be one of `create`, `update`, `delete`.',
  )
  .openapi('BulkOperation')

const exampleData = {
  type: 'expense',
  amount: '84.30',
  currency: 'EUR',
  category: 'Groceries',
  date: '2026-03-14',
}

// A component, because generators make a property with a default of its own required.
const mode = z.enum(['atomic', 'each']).default('atomic').openapi('BulkMode', {
  description: '`atomic`: all operations or none. `each`: every operation on its own.',
})

export const bulkSchema = z
  .strictObject({
    mode,
    // Validated one by one, so that with `each` an invalid one does not stop the others.
    operations: z
      .array(z.unknown())
      .min(1)
      .max(MAX_OPERATIONS)
      .openapi({
        type: 'array',
        items: { $ref: '#/components/schemas/BulkOperation' },
        minItems: 1,
        maxItems: MAX_OPERATIONS,
        description: 'Applied in this order; at most one per transaction.',
      }),
  })
  .openapi('Bulk', {
    example: {
      mode: 'atomic',
      operations: [
        { op: 'create', data: exampleData },
        {
          op: 'update',
          id: EXAMPLE_TRANSACTIONS.updatedInBulk,
          version: 1,
          data: { category: 'Household' },
        },
        { op: 'delete', id: EXAMPLE_TRANSACTIONS.deletedInBulk },
      ],
    },
  })

const { type: problemKind, title, code, detail, errors } = problemSchema.shape

const resultSchema = z.object({
  index: z.int().openapi({ description: 'Index of the operation, from 0.' }),
  op: z.enum(['create', 'update', 'delete']).optional(),
  status: z.int().openapi({ description: 'The status that the operation would have on its own.' }),
  data: transactionSchema
    .optional()
    .openapi({ description: 'The transaction, unless it was deleted or the operation failed.' }),
  problem: z
    .object({ type: problemKind, title, code, detail, errors })
    .optional()
    .openapi({ description: 'Why the operation failed.' }),
})

const bulkResultSchema = z
  .object({
    succeeded: z.int(),
    failed: z.int(),
    results: z
      .array(resultSchema)
      .openapi({ description: 'Results in the order of the operations.' }),
  })
  .openapi('BulkResult', {
    example: {
      succeeded: 1,
      failed: 1,
      results: [
        { index: 0, op: 'delete', status: 204 },
        {
          index: 1,
          op: 'delete',
          status: 404,
          problem: { type: '/problems/not_found', title: 'Not found', code: 'not_found' },
        },
      ],
    },
  })

export const bulkResponseSchema = z.union([
  bulkResultSchema,
  dryRunOf('BulkDryRun', bulkResultSchema),
])

const statusOf = { create: 201, update: 200, delete: 204 }

function resultResponse({ op, outcome }: OperationResult, index: number) {
  const name = op && { op }
  if ('transaction' in outcome) {
    const data = op !== 'delete' && { data: transactionResponse(outcome.transaction) }
    return { index, ...name, status: statusOf[op ?? 'update'], ...data }
  }
  const { error } = outcome
  const { status, title: problemTitle } = errorTypes[error.code]
  const problem = {
    type: problemType(error.code),
    title: problemTitle,
    code: error.code,
    ...(error.detail !== undefined && { detail: error.detail }),
    errors: errorsOfOperation(index, error).map(({ field, ...rest }) => ({
      location: `body.${field}`,
      ...rest,
    })),
  }
  return { index, ...name, status, problem }
}

export function bulkResponse(results: readonly OperationResult[]) {
  const failed = results.filter(({ outcome }) => 'error' in outcome).length
  return {
    succeeded: results.length - failed,
    failed,
    results: results.map(resultResponse),
  }
}
