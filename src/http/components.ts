import type { OpenAPIHono } from '@hono/zod-openapi'
import { errorCodes, errorTypes, type ErrorCode } from '../lib/errors.ts'
import type { AppEnv } from './context.ts'
import { problemType } from './problem.ts'

/* What many operations of the OpenAPI document share: written down once, and referred to. */

const exampleId = '0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11'

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string', example } as const,
})

const headers = {
  'X-Request-Id': header('Names the request in the log.', exampleId),
  RateLimit: header(
    'What the limit leaves: `r` requests now, and all of them again in `t` seconds.',
    '"read";r=599;t=1',
  ),
  'RateLimit-Policy': header('The limit: `q` requests in `w` seconds.', '"read";q=600;w=60'),
  'Retry-After': header('Seconds after which trying again makes sense.', '5'),
  'WWW-Authenticate': header('That a bearer token is asked for.', 'Bearer realm="edgebook"'),
  Link: header(
    'Where the next page is; absent on the last one.',
    '</v1/transactions?limit=20&page=2>; rel="next"',
  ),
  ETag: header('Of this representation; for If-Match, and for If-None-Match.', '"3"'),
  Location: header('Where the new resource is.', `/v1/transactions/${exampleId}`),
}

export type AnswerHeader = keyof typeof headers

export const headerReferences = (...names: AnswerHeader[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const problemExample = (code: ErrorCode) => ({
  summary: errorTypes[code].title,
  value: {
    type: problemType(code),
    title: errorTypes[code].title,
    status: errorTypes[code].status,
    code,
    request_id: exampleId,
  },
})

export const problemExampleReferences = (codes: readonly ErrorCode[]) =>
  Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]))

/** What no operation answers: it is said of a path that lacks the method. */
const OF_NO_OPERATION: ErrorCode = 'method_not_allowed'

export function registerComponents({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
  registry.registerComponent('securitySchemes', 'bearerAuth', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of `POST /v1/auth/login`.',
  })
  for (const [name, each] of Object.entries(headers)) {
    registry.registerComponent('headers', name, each)
  }
  registry.registerComponent('parameters', 'IfNoneMatch', {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETags of copies that the caller has: where one is still good, the answer is 304.',
    schema: { type: 'string', example: '"3"' },
  })
  for (const code of errorCodes) {
    if (code === OF_NO_OPERATION) continue
    registry.registerComponent('examples', code, problemExample(code))
  }
}
