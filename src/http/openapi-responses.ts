import { headerReferences, type ResponseHeader } from './components.ts'
import { addBodyExample, removeOptionalExamples } from './openapi-examples.ts'
import { methods, type Document, type Operation, type Responses } from './openapi-types.ts'

/* Adds to the document what follows from its operations: headers and shared problem responses. */

type Schemas = Record<string, { properties?: object; example?: unknown }>
interface SchemaOrUnion {
  $ref?: string
  anyOf?: { $ref?: string }[]
}

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

/** A report on what a creation would do: its ETag is the precondition of the creation. */
const isReport = (operation: Operation, status: string) =>
  status === '200' && '201' in (operation.responses ?? {}) && takes(operation, 'If-Match')

/** An export has fields as columns, and says apart which are missing. */
const isFile = (response: Responses[string]) =>
  'content' in response && 'text/csv' in (response.content ?? {})

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
    isReport(operation, status) ||
    (isSuccess && (isConditional(operation) || isVersioned(response, schemas)))
      ? (['ETag'] as const)
      : []),
    ...(isList && ['200', '304'].includes(status) ? (['Link'] as const) : []),
    ...(isFile(response) ? (['Masked-Fields'] as const) : []),
    ...(byStatus[status] ?? []),
  ]
}

const pascal = (code: string) =>
  code.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Names of problem responses for codes that usually come together. */
const groups: Record<string, readonly string[]> = {
  NotAuthenticated: ['unauthenticated', 'session_revoked', 'account_inactive', 'api_key_revoked'],
  NotPermitted: ['totp_setup_required', 'forbidden'],
  ServerError: ['not_configured', 'internal_error'],
}

/** Name of a problem response among the components, from its codes. */
function nameOf(response: Responses[string]): string {
  const problem = 'content' in response ? response.content?.['application/problem+json'] : undefined
  const codes = Object.keys(problem?.examples ?? {})
  const [name, together = []] =
    Object.entries(groups).find(([, usual]) => usual.every((code) => codes.includes(code))) ?? []
  const others = codes.filter((code) => !together.includes(code)).toSorted()
  return [...(name === undefined ? [] : [name]), ...others.map(pascal)].join('Or')
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
    removeOptionalExamples(operation)
    addBodyExample(operation, schemas)
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
