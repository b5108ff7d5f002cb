import { can } from '../../access/permissions.ts'
import type { Caller } from '../../db/client.ts'
import { AppError, errorsOfOperation, invalidField } from '../../lib/errors.ts'
import { refusedRow, type OperationName, type OperationResult } from './bulk-results.ts'
import type { BulkRepository, BulkRow } from './bulk.repository.ts'
import { newTransaction, type TransactionInput } from '../new-transaction.ts'
import type { TransactionChanges } from '../transactions.repository.ts'

export type Operation =
  | { op: 'create'; data: TransactionInput }
  | { op: 'update'; id: string; version: number | undefined; data: TransactionChanges }
  | { op: 'delete'; id: string; version: number | undefined }

/** What is wrong with what was to be an operation. */
interface Refused {
  op: OperationName | undefined
  problem: AppError
}

export type RequestedOperation = Operation | Refused

/** `atomic`: all or none. `each`: what can be done is done. */
export type BulkMode = 'atomic' | 'each'

export type BulkService = ReturnType<typeof createBulkService>

const checkCanChange = (caller: Caller) => {
  if (!can(caller.role, 'transactions:change')) {
    throw new AppError('forbidden', { detail: 'Your role cannot update or delete transactions.' })
  }
}

const prepare = (caller: Caller, operation: Operation): BulkRow => {
  if (operation.op === 'create') {
    return { op: 'create', data: newTransaction(caller, operation.data) }
  }
  checkCanChange(caller)
  return operation
}

/** Prepares operations one after the other; the second one on a transaction is refused. */
function preparer(caller: Caller) {
  const seen = new Map<string, number>()
  return (asked: RequestedOperation, index: number): BulkRow | Refused => {
    if ('problem' in asked) return asked
    try {
      const row = prepare(caller, asked)
      if ('id' in asked) {
        const before = seen.get(asked.id)
        if (before !== undefined) {
          throw invalidField(`operations.${index}.id`, `Operation ${before} already uses this id.`)
        }
        seen.set(asked.id, index)
      }
      return row
    } catch (problem) {
      if (!(problem instanceof AppError)) throw problem
      return { op: asked.op, problem }
    }
  }
}

/** All that is wrong with operations as one error. Not being allowed comes first. */
function joinProblems(problems: readonly { index: number; problem: AppError }[]): AppError {
  const forbidden = problems.filter(({ problem }) => problem.code === 'forbidden')
  const told = forbidden.length > 0 ? forbidden : problems
  return new AppError(forbidden.length > 0 ? 'forbidden' : 'validation_failed', {
    errors: told.flatMap(({ index, problem }) => errorsOfOperation(index, problem)),
  })
}

export function createBulkService(bulk: BulkRepository) {
  return {
    /** @throws AppError with the errors of all invalid operations, in mode `atomic` */
    async apply(
      caller: Caller,
      mode: BulkMode,
      operations: readonly RequestedOperation[],
    ): Promise<OperationResult[]> {
      const prepared = operations.map(preparer(caller))
      const atomic = mode === 'atomic'
      const problems = prepared.flatMap((each, index) =>
        'problem' in each ? [{ index, problem: each.problem }] : [],
      )
      if (atomic && problems.length > 0) throw joinProblems(problems)
      const rows = prepared.map((each) =>
        'problem' in each ? refusedRow(each.op, each.problem) : each,
      )
      const allUsers = can(caller.role, 'transactions:create_for_others')
      return bulk.apply(caller, rows, { atomic, allUsers })
    },
  }
}
