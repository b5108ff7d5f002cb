import { document, fillPath, type Operation, type Parameter } from './operations.ts'

/** What Swagger UI fills in by itself: an example, else a default, else the first of required values. */
function prefilled({ required = false, schema }: Parameter): string | undefined {
  const { example, default: usual, enum: values = [] } = schema
  const value: unknown = example ?? usual ?? (required ? values[0] : undefined)
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
}

function filled(operation: Operation, place: Parameter['in']): [string, string][] {
  return operation.parameters.flatMap((parameter) => {
    const value = parameter.in === place ? prefilled(parameter) : undefined
    return value === undefined ? [] : [[parameter.name, value]]
  })
}

/** A request as Swagger UI sends it when nothing is typed in. */
export interface ExampleRequest {
  path: string
  headers: Record<string, string>
  raw?: string
}

export function exampleRequest(operation: Operation): ExampleRequest {
  const path = fillPath(operation.path, Object.fromEntries(filled(operation, 'path')))
  const query = new URLSearchParams(filled(operation, 'query')).toString()
  const headers = Object.fromEntries(filled(operation, 'header'))
  const url = query === '' ? path : `${path}?${query}`
  const [body] = Object.entries(operation.body ?? {})
  if (!body) return { path: url, headers }
  const [type, { schema }] = body
  const name = String(schema['$ref']).replace('#/components/schemas/', '')
  const example: unknown = document.components.schemas[name]?.['example']
  const raw = typeof example === 'string' ? example : JSON.stringify(example)
  return { path: url, headers: { ...headers, 'Content-Type': type }, raw }
}

/** What an example cannot know: a secret that a person has, or one that was shown a moment ago. */
export const exampleExceptions: Record<string, [status: number, code: string]> = {
  refresh: [401, 'invalid_refresh_token'],
  confirmTotp: [422, 'validation_failed'],
  removeTotp: [404, 'not_found'],
  removeUserTotp: [404, 'not_found'],
}
