import type { z } from '@hono/zod-openapi'
import type { Permission } from '../auth/permissions.ts'
import { permissions } from '../auth/permissions.ts'
import { errorTitles, type ErrorCode } from '../errors.ts'
import { authenticate } from '../middleware/authenticate.ts'
import { limitCaller } from '../middleware/rate-limit.ts'
import { requirePermission } from '../middleware/require-permission.ts'
import type { Policy } from '../rate-limit/client.ts'
import { problemExampleReferences } from './components.ts'
import { jsonBody } from './json-body.ts'
import { errorStatus } from './problem.ts'
import { problemSchema } from './problem.schema.ts'

/* The parts that route definitions are made of, so that what guards a route also documents it. */

/** Problem responses by status, each with an example for every code. Handlers throw them. */
export function problems(...codes: ErrorCode[]): object {
  const byStatus = Map.groupBy(new Set(codes), (code) => errorStatus[code])
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => errorTitles[code]).join('; '),
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

/** Errors of every route, of those that read a body, and of those that need a token. */
const always = ['rate_limited', 'internal_error'] as const
const withBody = [
  'invalid_json',
  'validation_failed',
  'unsupported_media_type',
  'payload_too_large',
] as const
const withToken = [
  'not_authenticated',
  'session_ended',
  'account_inactive',
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

/** What stands before the handler of a route that needs a token, and how that is documented. */
export function guarded(permission: Permission, policy: Policy) {
  return {
    security: [{ bearerAuth: [] }],
    middleware: [authenticate, limitCaller(policy), requirePermission(permission)],
    'x-permission': permission,
    'x-roles': permissions[permission],
    'x-rate-limit': policy,
  }
}

/** The same for a route that reads a body, which is looked at only after all that. */
export function guardedBody(permission: Permission, policy: Policy) {
  const guard = guarded(permission, policy)
  return { ...guard, middleware: [...guard.middleware, jsonBody] }
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
