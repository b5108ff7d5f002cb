import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ConfigurationError } from '../config.ts'
import {
  AppError,
  errorTypes,
  STEP_UP_SECONDS,
  type ErrorCode,
  type FieldError,
} from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import type { Locate } from './field-places.ts'

/** Codes for tokens that were valid once. */
const INVALID_TOKEN = new Set<ErrorCode>(['session_revoked', 'account_inactive', 'api_key_revoked'])

function challengeOf(code: ErrorCode): string {
  const realm = 'Bearer realm="edgebook"'
  // RFC 9470
  if (code === 'step_up_required') {
    return `${realm}, error="insufficient_user_authentication", max_age=${STEP_UP_SECONDS}`
  }
  return INVALID_TOKEN.has(code) ? `${realm}, error="invalid_token"` : realm
}

/** Where the documentation of an error is served. */
export const problemType = (code: ErrorCode) => `/problems/${code}`

const toWire = ({ field, location, ...rest }: FieldError, locate: Locate) => ({
  location: location ?? locate(field),
  ...rest,
})

/** The response to an error: a problem document, RFC 9457. */
export function problemResponse(
  c: Context<AppEnv>,
  error: AppError,
  locate: Locate = (field) => field,
): Response {
  const { status, title } = errorTypes[error.code]
  c.set('problemCode', error.code)
  c.set('problemCause', error.cause)
  c.header('Content-Type', 'application/problem+json')
  if (status === 401) c.header('WWW-Authenticate', challengeOf(error.code))
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter))
  if (error.current) c.header('ETag', error.current.etag)
  return c.body(
    JSON.stringify({
      type: problemType(error.code),
      title,
      status,
      code: error.code,
      ...(error.detail !== undefined && { detail: error.detail }),
      request_id: c.get('requestId'),
      ...(error.errors && { errors: error.errors.map((each) => toWire(each, locate)) }),
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

/** Any thrown value as an error that is safe to show. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ConfigurationError) {
    return new AppError('not_configured', { detail: error.message, cause: error })
  }
  const code = error instanceof HTTPException ? codeOfStatus[error.status] : undefined
  return new AppError(code ?? 'internal_error', { cause: error })
}
