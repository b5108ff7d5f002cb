import { document, operations, type Operation, type Part } from './operations.ts'
import { issues } from './schemas.ts'
import type { TestResponse } from './test-response.ts'

/** Pages for people, and the document itself. */
const UNDOCUMENTED = new Set(['/', '/ui', '/openapi.json'])
/** Headers that are documented wherever they are sent. */
const WATCHED = [
  ...['X-Request-Id', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'WWW-Authenticate'],
  ...['ETag', 'Link', 'Location', 'Idempotency-Replayed'],
]

const routes = operations
  .map((operation) => ({
    operation,
    // A fixed path wins over one with a parameter in its place.
    fixed: !operation.path.endsWith('}'),
    pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  .toSorted((one, other) => Number(other.fixed) - Number(one.fixed))

function operationOf(method: string, path: string): Operation | undefined {
  const asked = method === 'HEAD' ? 'GET' : method
  return routes.find(({ operation, pattern }) => operation.method === asked && pattern.test(path))
    ?.operation
}

function headerIssues(documented: Part, { headers }: TestResponse): string[] {
  const missing = Object.entries(documented).filter(
    ([name, { required }]) => required === true && !headers.has(name),
  )
  const unknown = WATCHED.filter((name) => headers.has(name) && !(name in documented))
  return [
    ...missing.map(([name]) => `the header ${name} is missing`),
    ...unknown.map((name) => `the header ${name} is not documented`),
  ]
}

function bodyIssues(content: Operation['responses'][string]['content'], response: TestResponse) {
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? null
  if (!content) return type === null && response.text === '' ? [] : ['no body is documented']
  const documented = type === null ? undefined : content[type]
  if (!documented) return [`the media type ${type} is not documented`]
  const isJson = response.body !== undefined && type !== 'application/x-ndjson'
  return [
    ...issues(documented.schema, isJson ? response.body : response.text),
    ...(type === 'application/problem+json' ? codeIssues(documented.examples, response) : []),
  ]
}

const codeIssues = (examples: Part = {}, { status, body }: TestResponse) => [
  ...(body.code in examples ? [] : [`the code ${body.code} is not documented`]),
  ...(body.status === status ? [] : [`the body has the status ${body.status}`]),
]

function issuesOf(method: string, path: string, response: TestResponse): string[] {
  const operation = operationOf(method, path)
  if (!operation) {
    if (response.status < 400) return UNDOCUMENTED.has(path) ? [] : ['the path is not documented']
    return method === 'HEAD' ? [] : issues(document.components.schemas['Problem']!, response.body)
  }
  const documented = operation.responses[String(response.status)]
  if (!documented) return ['the status is not documented']
  return [
    ...headerIssues(documented.headers ?? {}, response),
    ...(method === 'HEAD' ? [] : bodyIssues(documented.content, response)),
  ]
}

/** @throws Error unless the OpenAPI document describes the response, with every header and field */
export function checkDocumented(method: string, url: string, response: TestResponse): void {
  if (method === 'OPTIONS') return
  const path = url.split(/[?#]/)[0]!
  const found = issuesOf(method, path, response)
  if (found.length === 0) return
  throw new Error(
    `${method} ${url} responded ${response.status}, but not as openapi.json says:\n` +
      `${found.join('\n')}\n${response.text.slice(0, 2000)}`,
  )
}
