import { toAppError } from '../../db/errors.ts'
import { AppError, type ErrorCode, type FieldError } from '../../lib/errors.ts'
import { transactionConstraints } from '../transaction-errors.ts'
import { transactionFromJson } from '../transaction-from-json.ts'
import type { Transaction } from '../transactions.repository.ts'

export type OperationName = 'create' | 'update' | 'delete'

/** What became of one operation. */
export interface OperationResult {
  /** Undefined for an operation that could not be read. */
  op: OperationName | undefined
  outcome: { transaction: Transaction } | { error: AppError }
}

/** How an operation that was found wrong before the database saw it travels through it. */
export interface RefusedRow {
  op: 'refused'
  kind: OperationName | null
  error: { code: ErrorCode; detail: string | null; errors: FieldError[] | null }
}

type ResultRow =
  | RefusedRow
  | { op: OperationName; row: unknown }
  | { op: OperationName; state: string; constraint: string }

export const refusedRow = (op: OperationName | undefined, error: AppError): RefusedRow => ({
  op: 'refused',
  kind: op ?? null,
  error: { code: error.code, detail: error.detail ?? null, errors: error.errors ?? null },
})

function readResult(row: ResultRow): OperationResult {
  if (row.op === 'refused') {
    const { code, detail, errors } = row.error
    const error = new AppError(code, { ...(detail && { detail }), ...(errors && { errors }) })
    return { op: row.kind ?? undefined, outcome: { error } }
  }
  const outcome =
    'row' in row
      ? { transaction: transactionFromJson(row.row) }
      : { error: toAppError(row, transactionConstraints) }
  return { op: row.op, outcome }
}

/** Reads what api.bulk_transactions returns, also out of a stored response. */
export const bulkResultsFromJson = (json: unknown): OperationResult[] =>
  (json as ResultRow[]).map(readResult)
