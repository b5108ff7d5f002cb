import { may } from '../../access/permissions.ts'
import type { Caller } from '../../db/client.ts'
import type { Role } from '../../db/enums.ts'
import { AppError, errorsOfOperation, invalidField } from '../../lib/errors.ts'
import { refusedRow, type OperationName, type OperationResult } from './bulk-results.ts'
import type { BulkRepository, BulkRow } from './bulk.repository.ts'
import { newTransaction, type TransactionInput } from '../new-transaction.ts'
import type { TransactionChanges } from '../transactions.repository.ts'

type Actor = Caller & { role: Role }

export type Operation =
  | { op: 'create'; data: TransactionInput }
  | { op: 'update'; id: string; version: number | undefined; data: TransactionChanges }
  | { op: 'delete'; id: string; version: number | undefined }

/** What is wrong with what was to be an operation. */
interface Refused {
  op: OperationName | undefined
  fault: AppError
}

export type AskedOperation = Operation | Refused

/** `atomic`: all or none. `each`: what can be done is done. */
export type BulkMode = 'atomic' | 'each'

export type BulkService = ReturnType<typeof createBulkService>

const mayChange = (caller: Actor) => {
  if (!may(caller.role, 'transactions:change')) {
    throw new AppError('forbidden', { detail: 'Your role cannot update or delete transactions.' })
  }
}

const prepare = (caller: Actor, operation: Operation): BulkRow => {
  if (operation.op === 'create') {
    return { op: 'create', data: newTransaction(caller, operation.data) }
  }
  mayChange(caller)
  return operation
}

/** Prepares operations one after the other; the second one on a transaction is refused. */
function preparer(caller: Actor) {
  const seen = new Map<string, number>()
  return (asked: AskedOperation, index: number): BulkRow | Refused => {
    if ('fault' in asked) return asked
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
    } catch (fault) {
      if (!(fault instanceof AppError)) throw fault
      return { op: asked.op, fault }
    }
  }
}

/** All that is wrong with operations as one error. Not being allowed comes first. */
function allFaults(faults: readonly { index: number; fault: AppError }[]): AppError {
  const forbidden = faults.filter(({ fault }) => fault.code === 'forbidden')
  const told = forbidden.length > 0 ? forbidden : faults
  return new AppError(forbidden.length > 0 ? 'forbidden' : 'validation_failed', {
    errors: told.flatMap(({ index, fault }) => errorsOfOperation(index, fault)),
  })
}

export function createBulkService(bulk: BulkRepository) {
  return {
    /** @throws AppError that names each operation at fault, where they are to be done all or none */
    async apply(
      caller: Actor,
      mode: BulkMode,
      operations: readonly AskedOperation[],
    ): Promise<OperationResult[]> {
      const prepared = operations.map(preparer(caller))
      const atomic = mode === 'atomic'
      const faults = prepared.flatMap((each, index) =>
        'fault' in each ? [{ index, fault: each.fault }] : [],
      )
      if (atomic && faults.length > 0) throw allFaults(faults)
      const rows = prepared.map((each) =>
        'fault' in each ? refusedRow(each.op, each.fault) : each,
      )
      const everybodys = may(caller.role, 'transactions:create_for_others')
      return bulk.apply(caller, rows, { atomic, everybodys })
    },
  }
}
