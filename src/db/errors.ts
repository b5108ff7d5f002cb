import { NeonDbError } from '@neondatabase/serverless'
import { IdempotentReplay, AppError, errorsOfOperation, invalidField } from '../lib/errors.ts'
import { amountIssueMessages } from '../lib/money/amounts.ts'

/** The SQLSTATE and the constraint of an error, if the database said one. */
export interface DatabaseError {
  state: string
  constraint: string | undefined
  /** What a function of ours has to say beside it. */
  detail?: string | undefined
}

/**
 * What has become of the transaction.
 * - `rolled_back`: nothing was done, and doing the same again would end the same way.
 * - `retry`: nothing was done, because others were in the way.
 * - `unknown`: nobody can say. A write may have taken place.
 */
export type Outcome = 'rolled_back' | 'retry' | 'unknown'

export interface Classified {
  outcome: Outcome
  /** What the caller is told when it is not tried again. */
  error: AppError | IdempotentReplay
}

/** A batch throws the driver's error bare; a single query wraps it as the cause of another. */
export function databaseErrorOf(error: unknown): DatabaseError | undefined {
  const found = [error, error instanceof Error ? error.cause : undefined].find(
    (candidate) => candidate instanceof NeonDbError,
  )
  return found?.code
    ? { state: found.code, constraint: found.constraint, detail: found.detail }
    : undefined
}

const invalid = (cause: unknown, detail: string) =>
  new AppError('validation_failed', { detail, cause })

const unavailable = (cause: unknown, detail?: string) =>
  new AppError('database_unavailable', { cause, retryAfter: 2, ...(detail && { detail }) })

const tookTooLong = (cause: unknown) =>
  unavailable(cause, 'The query took too long and was cancelled. Request less data at once.')

/** Errors of constraints by name. Each feature declares those of its tables; the container joins them. */
export type ConstraintErrors = Readonly<Record<string, () => AppError>>

/** One table from what the database says to what the caller is told. */
const byState: Record<string, (cause: unknown) => AppError> = {
  EB001: () => new AppError('session_revoked'),
  EB002: () => new AppError('account_inactive'),
  EB003: () => new AppError('last_admin'),
  EB007: () => new AppError('api_key_revoked'),
  EB008: () => new AppError('totp_setup_required'),
  EB404: () => new AppError('not_found'),
  EB409: () => new AppError('import_modified'),
  EB412: () => new AppError('precondition_failed'),
  EB422: () => new AppError('idempotency_key_reused'),
  EB006: () => invalidField('amount', amountIssueMessages.too_many_digits),
  '42501': (cause) => new AppError('forbidden', { cause }),
  // A key that may only read, at the wall of the database.
  '25006': (cause) => new AppError('forbidden', { cause }),
  '44000': (cause) => new AppError('forbidden', { cause }),
  '23505': (cause) => new AppError('conflict', { cause }),
  '23503': (cause) => invalid(cause, 'The request refers to something that does not exist.'),
  '23514': (cause) => invalid(cause, 'A value is out of range.'),
  '22003': (cause) => invalid(cause, 'A number is too large.'),
  // Cancelled by a timeout of the database, or waited too long for a lock.
  '57014': tookTooLong,
  '55P03': tookTooLong,
  '25P03': tookTooLong,
  // The database of the connection string is not there (yet).
  '3D000': (cause) => unavailable(cause),
}

/**
 * By the first two characters, where the state itself is not in the table: the role of the Worker is
 * refused (28), something conflicted (40), resources are short (53), an operator stepped in (57), or
 * the server or what it stands on is broken (58, XX). All of it passes, or is put right behind the API.
 */
const TRANSIENT_CLASSES = new Set(['28', '40', '53', '57', '58', 'XX'])

/** Serialization failures and deadlocks: likely to pass at the next attempt. */
const RETRIED = new Set(['40001', '40P01'])

/** States that are said when the connection went away, in which a commit may have been under way. */
const isUnknown = (state: string) => /^(08|57P|40003)/.test(state)

/** What a fault means that is about what was asked for. */
export function toAppError(
  { state, constraint = '' }: DatabaseError,
  constraints: ConstraintErrors,
  cause?: unknown,
): AppError {
  const known = constraints[constraint] ?? byState[state]
  if (known) return known(cause)
  return TRANSIENT_CLASSES.has(state.slice(0, 2))
    ? unavailable(cause)
    : new AppError('internal_error', { cause })
}

interface OperationError {
  index: number
  fault: { state: string; constraint: string }
}

/** What app.bulk_transactions says of each operation that failed. */
const bulkFailed = (detail: string, constraints: ConstraintErrors) =>
  new AppError('bulk_failed', {
    errors: (JSON.parse(detail) as OperationError[]).flatMap(({ index, fault }) =>
      errorsOfOperation(index, toAppError(fault, constraints)),
    ),
  })

/**
 * What an error of the database path means. An SQLSTATE proves that the database ended the
 * transaction itself, but for a few; without one nobody knows whether a write took place, so the
 * answer is 503 and never 500. docs/faults.md shows the table and how it was measured.
 * @param sent whether a request has left the Worker; before that, a fault can only be our own
 */
export function classifyDatabaseError(
  error: unknown,
  sent: boolean,
  constraints: ConstraintErrors = {},
): Classified {
  if (error instanceof AppError) return { outcome: 'rolled_back', error }
  if (!sent) {
    return { outcome: 'rolled_back', error: new AppError('internal_error', { cause: error }) }
  }
  const found = databaseErrorOf(error)
  if (!found || isUnknown(found.state)) return { outcome: 'unknown', error: unavailable(error) }
  if (found.state === 'EB208') return { outcome: 'rolled_back', error: new IdempotentReplay() }
  if (found.state === 'EB207') {
    return { outcome: 'rolled_back', error: bulkFailed(found.detail ?? '[]', constraints) }
  }
  const outcome = RETRIED.has(found.state) ? 'retry' : 'rolled_back'
  return { outcome, error: toAppError(found, constraints, error) }
}
