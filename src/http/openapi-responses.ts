import type { OpenAPIHono } from '@hono/zod-openapi'
import { headerReferences, type ResponseHeader } from './components.ts'
import type { AppEnv } from './context.ts'

/* Adds to the document what follows from its operations: headers and shared problem responses. */

export type Document = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>
type Schemas = Record<string, { properties?: object }>
interface SchemaOrUnion {
  $ref?: string
  anyOf?: { $ref?: string }[]
}
type Responses = NonNullable<NonNullable<Document['components']>['responses']>

const methods = ['get', 'post', 'patch', 'delete'] as const

const byStatus: Record<string, readonly ResponseHeader[]> = {
  201: ['Location'],
  401: ['WWW-Authenticate'],
  412: ['ETag'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

const isConditional = ({ responses }: Operation) => '304' in (responses ?? {})

const takes = ({ parameters = [] }: Operation, name: string) =>
  parameters.some((each) => 'name' in each && each.name === name)

/** Whether the body is a record with a version, whose ETag is sent with it. */
function isVersioned(response: Responses[string], schemas: Schemas): boolean {
  const media = 'content' in response ? response.content?.['application/json'] : undefined
  const { $ref: reference = '', anyOf: [first] = [] } = (media?.schema ?? {}) as SchemaOrUnion
  const name = (first?.$ref ?? reference).replace('#/components/schemas/', '')
  return 'version' in (schemas[name]?.properties ?? {})
}

function headersOf(
  operation: Operation,
  status: string,
  response: Responses[string],
  schemas: Schemas,
): ResponseHeader[] {
  const isLimited = 'x-rate-limit' in operation
  const isSuccess = status.startsWith('2')
  const isList = takes(operation, 'cursor')
  return [
    'X-Request-Id',
    ...(isLimited ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(isSuccess && takes(operation, 'Idempotency-Key')
      ? (['Idempotency-Replayed'] as const)
      : []),
    ...(status === '304' ||
    (isSuccess && (isConditional(operation) || isVersioned(response, schemas)))
      ? (['ETag'] as const)
      : []),
    ...(isList && status === '200' ? (['Link'] as const) : []),
    ...(byStatus[status] ?? []),
  ]
}

/** Name of a problem response among the components: its codes. */
function nameOf(response: Responses[string]): string {
  const problem = 'content' in response ? response.content?.['application/problem+json'] : undefined
  return Object.keys(problem?.examples ?? {}).join('.')
}

const hasJson = (response: Responses[string] | undefined) =>
  response !== undefined && 'content' in response && 'application/json' in (response.content ?? {})

/** Reads of JSON below `/v1` may be conditional. */
function documentConditional(operation: Operation): void {
  const responses = operation.responses as Responses
  if (!hasJson(responses['200'])) return
  operation.parameters = [
    ...(operation.parameters ?? []),
    { $ref: '#/components/parameters/IfNoneMatch' },
  ]
  responses['304'] = { description: 'Not modified' }
}

/** Adds headers to every response, and lets rate-limited operations share problem responses. */
export function addResponseHeaders(document: Document): Document {
  const shared: Responses = {}
  const schemas = (document.components?.schemas ?? {}) as Schemas
  const operations = Object.values(document.paths ?? {}).flatMap((path) =>
    methods.flatMap((method) => path[method] ?? []),
  )
  for (const [path, { get }] of Object.entries(document.paths ?? {})) {
    if (get && path.startsWith('/v1/')) documentConditional(get)
  }
  for (const operation of operations) {
    const responses = operation.responses as Responses
    for (const [status, response] of Object.entries(responses)) {
      Object.assign(response, {
        headers: headerReferences(...headersOf(operation, status, response, schemas)),
      })
      const name = nameOf(response)
      if (name === '' || !('x-rate-limit' in operation)) continue
      shared[name] ??= response
      responses[status] = { $ref: `#/components/responses/${name}` }
    }
  }
  return { ...document, components: { ...document.components, responses: shared } }
}
