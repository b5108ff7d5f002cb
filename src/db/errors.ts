import { NeonDbError } from '@neondatabase/serverless'
import {
  IdempotentReplay,
  AppError,
  errorsOfOperation,
  invalidField,
  STEP_UP_SECONDS,
} from '../lib/errors.ts'
import { amountIssueMessages } from '../lib/money/amounts.ts'
import { importShared, likelyDuplicates } from './import-errors.ts'

/** What the database reports about an error. */
export interface DatabaseError {
  state: string
  constraint: string | undefined
  /** Set by our own SQL functions. */
  detail?: string | undefined
}

/**
 * The outcome of the transaction.
 * - `rolled_back`: nothing was done, and a retry would fail in the same way.
 * - `retry`: nothing was done because of concurrent transactions; a retry can succeed.
 * - `unknown`: a write may or may not have been committed.
 */
export type Outcome = 'rolled_back' | 'retry' | 'unknown'

export interface Classified {
  outcome: Outcome
  /** The error for the caller, if there is no retry. */
  error: AppError | IdempotentReplay
}

/** A batch throws the driver's error itself; a single query wraps it as the cause of another. */
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

const STEP_UP =
  'Send POST /v1/auth/step-up with the password, and a code if two-factor authentication is on, ' +
  `then repeat the request within ${STEP_UP_SECONDS / 60} minutes.`

/** Errors for the caller by SQLSTATE. */
const byState: Record<string, (cause: unknown) => AppError> = {
  EB001: () => new AppError('session_revoked'),
  EB002: () => new AppError('account_inactive'),
  EB003: () => new AppError('last_admin'),
  EB004: () => new AppError('not_found'),
  // EB005, a change of the audit log, is a bug: internal_error.
  EB006: () => invalidField('amount', amountIssueMessages.too_many_digits),
  EB007: () => new AppError('api_key_revoked'),
  EB008: () => new AppError('totp_setup_required'),
  // EB009 and EB010, a failed bulk write and a repeat, are in classifyDatabaseError.
  EB011: () => new AppError('import_modified'),
  EB012: () => new AppError('precondition_failed'),
  EB013: () => new AppError('idempotency_key_reused'),
  EB014: () =>
    new AppError('quota_exceeded', {
      detail: 'A user can have at most 20 active API keys. Revoke one first.',
    }),
  EB016: () =>
    new AppError('quota_exceeded', {
      detail:
        'The stored responses of this user take 20 MB. Write without Idempotency-Key, or wait: each is ' +
        'deleted a day after its write.',
    }),
  EB015: () => new AppError('step_up_required', { detail: STEP_UP }),
  // EB017, a masked field, is in toAppError.
  // EB018 and EB019, whose details list rows and imports, are in classifyDatabaseError.
  EB020: () =>
    new AppError('quota_exceeded', {
      detail: 'The imports of this user have 2,000,000 rows. Revert those that are not needed.',
    }),
  '42501': (cause) => new AppError('forbidden', { cause }),
  // A read-only key tried to write, and row isolation refused it.
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
 * Classes of SQLSTATEs (first two characters) that are temporary or fixed by operators: invalid
 * authorization (28), transaction rollback (40), insufficient resources (53), operator intervention
 * (57), system error (58), internal error (XX). Only for states that the table does not list.
 */
const TRANSIENT_CLASSES = new Set(['28', '40', '53', '57', '58', 'XX'])

/** Serialization failures and deadlocks: the next attempt is likely to succeed. */
const RETRIED = new Set(['40001', '40P01'])

/** The connection was lost, perhaps during a commit. */
const isUnknown = (state: string) => /^(08|57P|40003)/.test(state)

/** A list of `place:field`; without a place, the operation itself needs the field. */
function fieldMasked(uses: string): AppError {
  const found = uses.split(',').map((use) => use.split(':'))
  const fields = [...new Set(found.map(([, field]) => `\`${field}\``))]
  return new AppError('field_masked', {
    detail:
      `Your role cannot see ${fields.join(', ')}. Leave out every filter, sort order, total and value ` +
      'that needs it, or ask an administrator.',
    errors: found.flatMap(([place, field]) =>
      place
        ? [{ field: place, message: `Needs \`${field}\`, which is masked for your role.` }]
        : [],
    ),
  })
}

/** The error for the caller, for a database error whose transaction was rolled back. */
export function toAppError(
  { state, constraint = '' }: DatabaseError,
  constraints: ConstraintErrors,
  cause?: unknown,
): AppError {
  if (state === 'EB017') return fieldMasked(constraint)
  const known = constraints[constraint] ?? byState[state]
  if (known) return known(cause)
  return TRANSIENT_CLASSES.has(state.slice(0, 2))
    ? unavailable(cause)
    : new AppError('internal_error', { cause })
}

interface FailedOperation {
  index: number
  error: { state: string; constraint: string }
}

/** Errors of the operations that api.bulk_transactions could not do. */
const bulkFailed = (detail: string, constraints: ConstraintErrors) =>
  new AppError('bulk_failed', {
    errors: (JSON.parse(detail) as FailedOperation[]).flatMap(({ index, error }) =>
      errorsOfOperation(index, toAppError(error, constraints)),
    ),
  })

/**
 * Classifies an error of a database call. With few exceptions, an SQLSTATE proves that the database
 * rolled the transaction back. Without one, a write may have been committed, so the response is 503,
 * never 500. docs/failures.md has the table and how it was measured.
 * @param sent whether the request has left the Worker; an earlier error can only be our own
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
  if (found.state === 'EB010') return { outcome: 'rolled_back', error: new IdempotentReplay() }
  if (found.state === 'EB009') {
    return { outcome: 'rolled_back', error: bulkFailed(found.detail ?? '[]', constraints) }
  }
  if (found.state === 'EB018') {
    return { outcome: 'rolled_back', error: likelyDuplicates(found.detail ?? '[]') }
  }
  if (found.state === 'EB019') {
    return { outcome: 'rolled_back', error: importShared(found.detail ?? '[]') }
  }
  const outcome = RETRIED.has(found.state) ? 'retry' : 'rolled_back'
  return { outcome, error: toAppError(found, constraints, error) }
}
