/**
 * Every error that the API can answer with, by its stable code. The HTTP status of each stands in
 * http/problem.ts; both feed the documentation.
 */
export const errorTitles = {
  invalid_json: 'The request body is not valid JSON',
  validation_failed: 'The request is not valid',
  invalid_cursor: 'The cursor does not belong to this list',
  unsupported_media_type: 'The request body has another media type than it must have',
  content_too_large: 'The request body is too large',
  unauthenticated: 'A valid access token is needed',
  invalid_credentials: 'E-mail address or password is wrong',
  session_revoked: 'The session has ended: log in again',
  account_inactive: 'The account is not active',
  api_key_revoked: 'The API key is not valid any more',
  totp_required: 'A code of the second factor is needed',
  totp_setup_required: 'Set up a second factor first: admins need one here',
  invalid_refresh_token: 'The refresh token is not valid',
  forbidden: 'Your role does not allow this',
  not_found: 'Not found',
  method_not_allowed: 'The method is not allowed here',
  duplicate_external_id: 'The external id is already in use for this user and source',
  import_modified: 'Records of the import were changed since',
  email_taken: 'The e-mail address is already in use',
  last_admin: 'The last active admin stays',
  bulk_failed: 'Operations failed, and nothing was stored',
  conflict: 'Somebody else changed this meanwhile',
  precondition_required: 'Say which version you have seen: If-Match is missing',
  precondition_failed: 'It has changed since you saw it',
  idempotency_key_reused: 'The idempotency key stands for another request',
  idempotency_in_progress: 'A request with this idempotency key is under way',
  rate_limited: 'Too many requests',
  database_unavailable: 'The database did not answer in time',
  rate_limiter_unavailable: 'Logging in is not possible right now',
  internal_error: 'Something went wrong on our side',
} as const

export type ErrorCode = keyof typeof errorTitles

/** Where in the request a fault lies, such as `body.amount` or `query.date_from`, and what it is. */
export interface FieldError {
  location: string
  message: string
  /** What went wrong there, where several things did. */
  code?: ErrorCode
}

export interface AppErrorOptions {
  /** A sentence for the caller. Never SQL, a stack, or anything that another user owns. */
  detail?: string
  errors?: FieldError[]
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  cause?: unknown
  /** What was to be changed, as it is now, in the form in which it is answered. */
  current?: { etag: string; body: unknown }
}

/** An error that the caller is told about. Anything else that is thrown becomes `internal_error`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined
  readonly current: { etag: string; body: unknown } | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? errorTitles[code], { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.detail = options.detail
    this.errors = options.errors
    this.retryAfter = options.retryAfter
    this.current = options.current
  }
}

/** A `validation_failed` about one field. */
export function invalidField(location: string, message: string): AppError {
  return new AppError('validation_failed', { errors: [{ location, message }] })
}

const placeOfCode: Partial<Record<ErrorCode, string>> = {
  not_found: '.id',
  precondition_failed: '.version',
  duplicate_external_id: '.data.external_id',
}

/** What is wrong with one of several operations, by its place in the body. */
export function errorsOfOperation(index: number, { code, detail, errors }: AppError): FieldError[] {
  const place = `body.operations.${index}`
  if (!errors) {
    const location = place + (placeOfCode[code] ?? '')
    return [{ location, message: detail ?? errorTitles[code], code }]
  }
  return errors.map(({ location, message }) => ({
    location: location.startsWith(place) ? location : location.replace(/^body/, `${place}.data`),
    message,
    code,
  }))
}

/** No fault: the write was done before, under the same idempotency key, and is to be answered again. */
export class AlreadyDone extends Error {
  override readonly name = 'AlreadyDone'
}
