import { z } from '@hono/zod-openapi'
import type { Permission } from '../access/permissions.ts'
import { permissions } from '../access/permissions.ts'
import { EXAMPLE_ID } from '../lib/examples.ts'
import { errorTypes, type ErrorCode } from '../lib/errors.ts'
import { authenticate } from './authenticate.ts'
import { dryRun } from './dry-run.ts'
import { idempotencyKey, sessionIdempotencyKey } from './idempotency.ts'
import { limitCaller } from './rate-limit.ts'
import { requirePermission } from './require-permission.ts'
import type { Policy } from '../rate-limit/client.ts'
import { problemExampleReferences } from './components.ts'
import { booleanParameter, id } from '../lib/schemas.ts'
import { jsonBodyUpTo, MAX_BODY_BYTES } from './json-body.ts'
import { problemSchema } from './problem.schema.ts'

/* Parts of route definitions, so that what guards a route also documents it. */

/** Problem responses by status, each with an example for every code. Handlers throw them. */
export function problems(...codes: ErrorCode[]): object {
  const byStatus = Map.groupBy(new Set(codes), (code) => errorTypes[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => errorTypes[code].title).join('; '),
        content: {
          'application/problem+json': {
            schema: problemSchema,
            examples: problemExampleReferences(group),
          },
        },
      },
    ]),
  )
}

/* Errors of every route, of routes with a body, and of routes that need a token. */
const always = ['rate_limited', 'not_configured', 'internal_error'] as const
const withBody = [
  'invalid_json',
  'validation_failed',
  'unsupported_media_type',
  'content_too_large',
] as const
const withToken = [
  'unauthenticated',
  'session_revoked',
  'account_inactive',
  'api_key_revoked',
  'totp_setup_required',
  'forbidden',
  'database_unavailable',
] as const

export const publicProblems = (...codes: ErrorCode[]) => problems(...always, ...codes)
export const publicBodyProblems = (...codes: ErrorCode[]) =>
  problems(...always, ...withBody, ...codes)
export const guardedProblems = (...codes: ErrorCode[]) =>
  problems(...always, ...withToken, ...codes)
export const guardedBodyProblems = (...codes: ErrorCode[]) =>
  problems(...always, ...withToken, ...withBody, ...codes)

/** Middleware and documentation of a route that needs a token. */
export function guarded(permission: Permission, policy: Policy) {
  return {
    security: [{ bearerAuth: [] }],
    middleware: [authenticate, limitCaller(policy), requirePermission(permission)],
    'x-permission': permission,
    'x-roles': permissions[permission],
    'x-rate-limit': policy,
  }
}

interface WriteOptions {
  /** The request has another meaning in another session, so its idempotency key does too. */
  perSession?: boolean
  /** The route takes `dry_run`: its query is `dryRunQuery`. */
  dryRun?: boolean
}

const writeGuards = ({ perSession = false, dryRun: offered = false }: WriteOptions) => [
  perSession ? sessionIdempotencyKey : idempotencyKey,
  ...(offered ? [dryRun] : []),
]

/** The same for a write without a body. */
export function guardedWrite(permission: Permission, policy: Policy, options: WriteOptions = {}) {
  const guard = guarded(permission, policy)
  return { ...guard, middleware: [...guard.middleware, ...writeGuards(options)] }
}

interface BodyOptions extends WriteOptions {
  maxBytes?: number
}

/** The same for a write with a body, which is read last. */
export function guardedBody(permission: Permission, policy: Policy, options: BodyOptions = {}) {
  const { maxBytes = MAX_BODY_BYTES } = options
  const guard = guarded(permission, policy)
  const body = jsonBodyUpTo(maxBytes)
  return { ...guard, middleware: [...guard.middleware, body, ...writeGuards(options)] }
}

export const jsonContent = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const jsonRequest = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

export const noContent = (description: string) => ({ description })

/** The query of a write with dry runs. */
export const dryRunQuery = z.strictObject({
  dry_run: booleanParameter.optional().openapi({
    description: 'Reports what the write would do and rolls it back.',
  }),
})

/** The path of a record. The example exists in the demo data. */
export const idParams = (description: string, example = EXAMPLE_ID) =>
  z.object({ id: id.openapi({ description, example }) })

const idempotencyHeader = z.string().optional().openapi({
  description:
    'Makes the write safe to retry: requests with the same key within 24 hours are executed once.',
})

/** Headers of a write. */
export const writeHeaders = z.object({ 'Idempotency-Key': idempotencyHeader })

/** Headers of routes that issue tokens: there is no user yet to store a key for. */
export const onceHeaders = z.object({
  'Idempotency-Key': z.string().optional().openapi({
    description: 'Accepted for consistency, but ignored: every call issues new tokens.',
  }),
})

/** Headers of a write with a required precondition. */
export const conditionalHeaders = z.object({
  'Idempotency-Key': idempotencyHeader,
  'If-Match': z
    .string()
    .optional()
    .openapi({
      description: 'The ETag you last read, or `*` for any version. Without it: 428.',
      example: '"1"',
      // The validators leave it to the handler, which responds 428 instead of 422.
      param: { required: true },
    }),
})

/** Headers of a write with an optional precondition. */
export const optionalConditionHeaders = z.object({
  'Idempotency-Key': idempotencyHeader,
  'If-Match': z.string().optional().openapi({
    description: 'The ETag you last read, or `*` for any version. Optional.',
  }),
})

/* Errors of every write, besides those of its route. */
export const writeCodes = [
  'idempotency_key_reused',
  'idempotency_in_progress',
  'quota_exceeded',
] as const
export const conditionalCodes = [
  ...writeCodes,
  'precondition_required',
  'precondition_failed',
] as const
