import type { OpenAPIHono } from '@hono/zod-openapi'
import { EXAMPLE_ID } from '../lib/examples.ts'
import { errorCodes, errorTypes, type ErrorCode } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { problemType } from './problem.ts'

/* Components of the OpenAPI document that many operations share. */

const header = (description: string, example: string, required = false) => ({
  description,
  ...(required && { required }),
  schema: { type: 'string', example } as const,
})

const headers = {
  'X-Request-Id': header('Identifies the request in the log.', EXAMPLE_ID, true),
  RateLimit: header(
    'Remaining quota: `r` requests now, the full quota in `t` seconds.',
    '"read";r=599;t=1',
  ),
  'RateLimit-Policy': header('Quota policy: `q` requests per `w` seconds.', '"read";q=600;w=60'),
  'Retry-After': header('Seconds to wait before retrying.', '5', true),
  'WWW-Authenticate': header('Asks for a bearer token.', 'Bearer realm="edgebook"', true),
  Link: header(
    'The next page; absent on the last one.',
    '</v1/transactions?limit=20&page=2>; rel="next"',
  ),
  ETag: header('Version of the representation, for `If-Match` and `If-None-Match`.', '"1"'),
  'Idempotency-Replayed': header('The response of an earlier request with the same key.', 'true'),
  'Masked-Fields': header('Fields that are masked for your role.', 'notes, payee'),
  Location: header('Path of the new resource.', `/v1/transactions/${EXAMPLE_ID}`, true),
}

export type ResponseHeader = keyof typeof headers

export const headerReferences = (...names: ResponseHeader[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const problemExample = (code: ErrorCode) => ({
  summary: errorTypes[code].title,
  value: {
    type: problemType(code),
    title: errorTypes[code].title,
    status: errorTypes[code].status,
    code,
    request_id: EXAMPLE_ID,
  },
})

export const problemExampleReferences = (codes: readonly ErrorCode[]) =>
  Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]))

/** Not an error of any operation: the path lacks the method. */
const UNDOCUMENTED_CODE: ErrorCode = 'method_not_allowed'

export function registerComponents({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
  registry.registerComponent('securitySchemes', 'bearerAuth', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An access token from `POST /v1/auth/login`, valid for 15 minutes, or an API key from ' +
      '`POST /v1/api-keys`, for programs.',
  })
  for (const [name, each] of Object.entries(headers)) {
    registry.registerComponent('headers', name, each)
  }
  registry.registerComponent('parameters', 'IfNoneMatch', {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETags of cached copies. The response is 304 if one is still current.',
    schema: { type: 'string' },
  })
  for (const code of errorCodes) {
    if (code === UNDOCUMENTED_CODE) continue
    registry.registerComponent('examples', code, problemExample(code))
  }
}
