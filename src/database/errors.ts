import { NeonDbError } from '@neondatabase/serverless'
import { AlreadyDone, AppError, invalidField } from '../errors.ts'

/** The SQLSTATE and the constraint of an error, if the database said one. */
interface DatabaseFault {
  state: string
  constraint: string | undefined
}

/** A batch throws the driver's error bare; a single query wraps it as the cause of another. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  const found = [error, error instanceof Error ? error.cause : undefined].find(
    (candidate) => candidate instanceof NeonDbError,
  )
  return found?.code ? { state: found.code, constraint: found.constraint } : undefined
}

/** Serialization failures and deadlocks: rolled back, and likely to pass at the next attempt. */
export function isRetryable(error: unknown): boolean {
  const state = databaseFault(error)?.state
  return state === '40001' || state === '40P01'
}

const invalid = (cause: unknown, detail: string) =>
  new AppError('validation_failed', { detail, cause })

const byConstraint: Record<string, (cause: unknown) => AppError> = {
  transactions_external_id: () => new AppError('external_id_taken'),
  users_email_unique: () => new AppError('email_taken'),
  transactions_user_id_users_id_fk: () => invalidField('body.user_id', 'There is no such user.'),
  transactions_amount_range: () => invalidField('body.amount', 'The amount is out of range.'),
}

/** One table from what the database says to what the caller is told. */
const byState: Record<string, (cause: unknown) => AppError> = {
  EB001: () => new AppError('session_ended'),
  EB002: () => new AppError('account_inactive'),
  EB003: () => new AppError('last_admin'),
  EB007: () => new AppError('api_key_ended'),
  EB008: () => new AppError('totp_setup_required'),
  EB404: () => new AppError('not_found'),
  EB412: () => new AppError('precondition_failed'),
  EB422: () => new AppError('idempotency_key_reused'),
  EB006: () => invalidField('body.amount', 'The currency has fewer digits after the point.'),
  '42501': (cause) => new AppError('forbidden', { cause }),
  // A key that may only read, at the wall of the database.
  '25006': (cause) => new AppError('forbidden', { cause }),
  '44000': (cause) => new AppError('forbidden', { cause }),
  '23505': (cause) => new AppError('conflict', { cause }),
  '23503': (cause) => invalid(cause, 'The request names something that does not exist.'),
  '23514': (cause) => invalid(cause, 'A value is out of its range.'),
  '22003': (cause) => invalid(cause, 'A number is too large.'),
}

const unavailable = (cause: unknown, detail?: string) =>
  new AppError('database_unavailable', { cause, retryAfter: 2, ...(detail && { detail }) })

/** Cancelled by a timeout of the database, or waited too long for a lock. */
const TIMED_OUT = new Set(['57014', '55P03', '25P03'])
/** Connection faults, lack of resources, shutdown, and conflicts that were retried in vain. */
const PASSING_CLASS = new Set(['08', '53', '57', '58', '40'])

/**
 * What an error of the database path means. Without an SQLSTATE nobody knows whether a write took
 * place, so the answer is 503 and never 500.
 */
export function toAppError(error: unknown): AppError | AlreadyDone {
  if (error instanceof AppError) return error
  const fault = databaseFault(error)
  if (!fault) return unavailable(error)
  if (fault.state === 'EB208') return new AlreadyDone()
  if (TIMED_OUT.has(fault.state)) {
    return unavailable(error, 'The query took too long and was stopped. Ask for less at once.')
  }
  if (PASSING_CLASS.has(fault.state.slice(0, 2))) return unavailable(error)
  const known = byConstraint[fault.constraint ?? ''] ?? byState[fault.state]
  return known?.(error) ?? new AppError('internal_error', { cause: error })
}
