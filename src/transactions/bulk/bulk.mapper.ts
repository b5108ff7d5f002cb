import type { z } from '@hono/zod-openapi'
import { AppError } from '../../lib/errors.ts'
import { fieldName, violations } from '../../http/validation.ts'
import type { OperationName } from './bulk-results.ts'
import { operationSchema } from './bulk.schema.ts'
import type { RequestedOperation, Operation } from './bulk.service.ts'
import { toPatch, toInput } from '../write-body.ts'

function readOperation(operation: z.output<typeof operationSchema>): Operation {
  if (operation.op === 'create') return { op: 'create', data: toInput(operation.data) }
  const { op, id, version } = operation
  return op === 'delete' ? { op, id, version } : { op, id, version, data: toPatch(operation.data) }
}

const names: readonly unknown[] = ['create', 'update', 'delete'] satisfies OperationName[]

function nameOf(input: unknown): OperationName | undefined {
  const op = typeof input === 'object' && input !== null && 'op' in input ? input.op : undefined
  return names.includes(op) ? (op as OperationName) : undefined
}

/** Operations as the service knows them; one that cannot be read carries what is wrong with it. */
export const readOperations = (operations: readonly unknown[]): RequestedOperation[] =>
  operations.map((input, index) => {
    const parsed = operationSchema.safeParse(input)
    if (parsed.success) return readOperation(parsed.data)
    const errors = violations(parsed.error, 'body', input).map(({ path, message }) => ({
      field: fieldName(['operations', index, ...path]),
      message,
    }))
    return { op: nameOf(input), problem: new AppError('validation_failed', { errors }) }
  })
