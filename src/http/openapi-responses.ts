import type { OpenAPIHono } from '@hono/zod-openapi'
import { headerReferences, type AnswerHeader } from './components.ts'
import type { AppEnv } from './context.ts'

/* Adds to the document what follows from its operations: headers and shared problem responses. */

export type Document = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>
type Answers = NonNullable<NonNullable<Document['components']>['responses']>

const methods = ['get', 'post', 'patch', 'delete'] as const

const byStatus: Record<string, readonly AnswerHeader[]> = {
  201: ['Location'],
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

const isConditional = ({ responses }: Operation) => '304' in (responses ?? {})

function headersOf(operation: Operation, status: string): AnswerHeader[] {
  const isLimited = 'x-rate-limit' in operation
  const isList = operation.parameters?.some((each) => 'name' in each && each.name === 'cursor')
  return [
    'X-Request-Id',
    ...(isLimited ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(isConditional(operation) && ['200', '304'].includes(status) ? (['ETag'] as const) : []),
    ...(isList && status === '200' ? (['Link'] as const) : []),
    ...(byStatus[status] ?? []),
  ]
}

/** Name of a problem response among the components: its codes. */
function nameOf(answer: Answers[string]): string {
  const problem = 'content' in answer ? answer.content?.['application/problem+json'] : undefined
  return Object.keys(problem?.examples ?? {}).join('.')
}

const answersJson = (answer: Answers[string] | undefined) =>
  answer !== undefined && 'content' in answer && 'application/json' in (answer.content ?? {})

/** Reads of JSON below `/v1` may be conditional. */
function documentConditional(operation: Operation): void {
  const answers = operation.responses as Answers
  if (!answersJson(answers['200'])) return
  operation.parameters = [
    ...(operation.parameters ?? []),
    { $ref: '#/components/parameters/IfNoneMatch' },
  ]
  answers['304'] = { description: 'Not modified' }
}

/** Adds headers to every response, and lets rate-limited operations share problem responses. */
export function documentAnswers(document: Document): Document {
  const shared: Answers = {}
  const operations = Object.values(document.paths ?? {}).flatMap((path) =>
    methods.flatMap((method) => path[method] ?? []),
  )
  for (const [path, { get }] of Object.entries(document.paths ?? {})) {
    if (get && path.startsWith('/v1/')) documentConditional(get)
  }
  for (const operation of operations) {
    const answers = operation.responses as Answers
    for (const [status, answer] of Object.entries(answers)) {
      Object.assign(answer, { headers: headerReferences(...headersOf(operation, status)) })
      const name = nameOf(answer)
      if (name === '' || !('x-rate-limit' in operation)) continue
      shared[name] ??= answer
      answers[status] = { $ref: `#/components/responses/${name}` }
    }
  }
  return { ...document, components: { ...document.components, responses: shared } }
}
