import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { AppError, errorTitles, type ErrorCode } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'

/** The status of each error; a code without one does not compile. */
export const errorStatus = {
  invalid_json: 400,
  validation_failed: 422,
  invalid_cursor: 422,
  unsupported_media_type: 415,
  content_too_large: 413,
  unauthenticated: 401,
  invalid_credentials: 401,
  session_revoked: 401,
  account_inactive: 401,
  api_key_revoked: 401,
  totp_required: 401,
  totp_setup_required: 403,
  invalid_refresh_token: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  duplicate_external_id: 409,
  import_modified: 409,
  email_taken: 409,
  last_admin: 409,
  bulk_failed: 422,
  conflict: 409,
  precondition_required: 428,
  precondition_failed: 412,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  rate_limited: 429,
  database_unavailable: 503,
  rate_limiter_unavailable: 503,
  internal_error: 500,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>

const challenges: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'Bearer realm="edgebook"',
  session_revoked: 'Bearer realm="edgebook", error="invalid_token"',
  account_inactive: 'Bearer realm="edgebook", error="invalid_token"',
  api_key_revoked: 'Bearer realm="edgebook", error="invalid_token"',
  totp_required: 'Bearer realm="edgebook"',
  invalid_credentials: 'Bearer realm="edgebook"',
  invalid_refresh_token: 'Bearer realm="edgebook"',
}

/** Where the documentation of an error is served. */
export const problemType = (code: ErrorCode) => `/problems/${code}`

/** The answer to an error: a problem document, RFC 9457. */
export function problemResponse(c: Context<AppEnv>, error: AppError): Response {
  const status = errorStatus[error.code]
  c.set('problemCode', error.code)
  c.set('problemCause', error.cause)
  c.header('Content-Type', 'application/problem+json')
  const challenge = challenges[error.code]
  if (challenge) c.header('WWW-Authenticate', challenge)
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter))
  if (error.current) c.header('ETag', error.current.etag)
  return c.body(
    JSON.stringify({
      type: problemType(error.code),
      title: errorTitles[error.code],
      status,
      code: error.code,
      ...(error.detail !== undefined && { detail: error.detail }),
      request_id: c.get('requestId'),
      ...(error.errors && { errors: error.errors }),
      ...(error.current && { current: error.current.body }),
    }),
    status,
  )
}

const codeOfStatus: Record<number, ErrorCode> = {
  400: 'invalid_json',
  413: 'content_too_large',
  415: 'unsupported_media_type',
}

/** Anything that was thrown, as an error that the caller may be told about. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof HTTPException ? codeOfStatus[error.status] : undefined
  return new AppError(code ?? 'internal_error', { cause: error })
}
