import type { Operation, Parameter } from './openapi-types.ts'

interface RequestBody {
  content?: Record<string, { schema?: { $ref?: string }; example?: unknown }>
}

function withoutExample(parameter: Parameter): Parameter {
  if ('$ref' in parameter || parameter.required) return parameter
  return { ...parameter, schema: { ...parameter.schema, example: undefined } }
}

/** Tools send the examples of parameters. Those of optional ones would narrow every first request. */
export function removeOptionalExamples(operation: Operation): void {
  if (operation.parameters) operation.parameters = operation.parameters.map(withoutExample)
}

const PREFIX = '#/components/schemas/'

/** The example of a body beside its schema too, because Postman looks only there. */
export function addBodyExample(
  operation: Operation,
  schemas: Record<string, { example?: unknown }>,
): void {
  const { content = {} } = (operation.requestBody ?? {}) as RequestBody
  for (const media of Object.values(content)) {
    const name = media.schema?.$ref?.replace(PREFIX, '') ?? ''
    const { example } = schemas[name] ?? {}
    if (example !== undefined) media.example = example
  }
}
