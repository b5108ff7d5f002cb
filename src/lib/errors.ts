/** Seconds for which a login or a step-up counts as recent; private.check_step_up has the same. */
export const STEP_UP_SECONDS = 300

/** Every error of the API by its stable code; the documentation is made from it too. */
export const errorTypes = {
  invalid_json: { status: 400, title: 'Request body is not valid JSON' },
  unauthenticated: { status: 401, title: 'Authentication required' },
  invalid_credentials: { status: 401, title: 'Invalid credentials' },
  totp_required: { status: 401, title: 'Two-factor code required' },
  step_up_required: { status: 401, title: 'Recent authentication required' },
  session_revoked: { status: 401, title: 'Session was revoked' },
  account_inactive: { status: 401, title: 'Account is inactive' },
  api_key_revoked: { status: 401, title: 'API key was revoked or has expired' },
  invalid_refresh_token: { status: 401, title: 'Invalid refresh token' },
  forbidden: { status: 403, title: 'Permission denied' },
  field_masked: { status: 403, title: 'A field is masked for your role' },
  totp_setup_required: { status: 403, title: 'Admins must set up two-factor authentication' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  email_taken: { status: 409, title: 'Email address is already in use' },
  duplicate_external_id: {
    status: 409,
    title: 'External id is already in use for this user and source',
  },
  last_admin: { status: 409, title: 'The last active admin cannot be demoted or deactivated' },
  import_modified: { status: 409, title: 'Imported transactions were modified after the import' },
  import_shared: { status: 409, title: 'Other imports have some of these transactions too' },
  idempotency_in_progress: {
    status: 409,
    title: 'A request with this idempotency key is in progress',
  },
  quota_exceeded: { status: 409, title: 'Quota exceeded' },
  conflict: { status: 409, title: 'Conflict with a concurrent change' },
  precondition_failed: { status: 412, title: 'The resource was modified since you read it' },
  content_too_large: { status: 413, title: 'Request body is too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  validation_failed: { status: 422, title: 'Validation failed' },
  invalid_cursor: { status: 422, title: 'Invalid cursor' },
  likely_duplicates: { status: 422, title: 'Rows may exist already; nothing was imported' },
  bulk_failed: { status: 422, title: 'Operations failed; nothing was stored' },
  idempotency_key_reused: {
    status: 422,
    title: 'Idempotency key was already used with a different request',
  },
  precondition_required: { status: 428, title: 'If-Match header required' },
  rate_limited: { status: 429, title: 'Too many requests' },
  not_configured: { status: 500, title: 'The Worker is not configured' },
  internal_error: { status: 500, title: 'Internal server error' },
  database_unavailable: { status: 503, title: 'The database did not respond in time' },
  rate_limiter_unavailable: { status: 503, title: 'Login attempts cannot be counted right now' },
} as const

export type ErrorCode = keyof typeof errorTypes

export const errorCodes = Object.keys(errorTypes) as [ErrorCode, ...ErrorCode[]]

/** What is wrong with a field of a request. */
export interface FieldError {
  /** Its name, with the path inside: `amount`, `operations.3.data.amount`; empty for the whole body. */
  field: string
  /** Such as `query.date_from`; by default the route's own definition tells the part of the request. */
  location?: string
  message: string
  /** The error of one operation of a bulk write. */
  code?: ErrorCode
}

export interface AppErrorOptions {
  /** A sentence for the caller. Never SQL, a stack, or anything that another user owns. */
  detail?: string
  errors?: FieldError[]
  /** Seconds to wait before retrying. */
  retryAfter?: number
  cause?: unknown
  /** The current state of the resource, as the API returns it. */
  current?: { etag: string; body: unknown }
}

/** An error that the caller sees. Any other thrown value becomes `internal_error`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined
  readonly current: { etag: string; body: unknown } | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? errorTypes[code].title, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = options.detail
    this.errors = options.errors
    this.retryAfter = options.retryAfter
    this.current = options.current
  }
}

/** A `validation_failed` about one field. */
export function invalidField(field: string, message: string): AppError {
  return new AppError('validation_failed', { errors: [{ field, message }] })
}

const fieldOfCode: Partial<Record<ErrorCode, string>> = {
  not_found: '.id',
  precondition_failed: '.version',
  duplicate_external_id: '.data.external_id',
}

/** What is wrong with one of several operations, by its path in the body. */
export function errorsOfOperation(index: number, { code, detail, errors }: AppError): FieldError[] {
  const operation = `operations.${index}`
  if (!errors) {
    const field = operation + (fieldOfCode[code] ?? '')
    return [{ field, message: detail ?? errorTypes[code].title, code }]
  }
  return errors.map(({ field, message }) => ({
    field: field.startsWith(operation) ? field : `${operation}.data.${field}`,
    message,
    code,
  }))
}

/** Not an error: the idempotency key was used before, so the stored response is replayed. */
export class IdempotentReplay extends Error {
  override readonly name = 'IdempotentReplay'
}
