import type { Operation, Parameter } from './openapi-types.ts'

function withoutExample(parameter: Parameter): Parameter {
  if ('$ref' in parameter || parameter.required) return parameter
  return { ...parameter, schema: { ...parameter.schema, example: undefined } }
}

/** Tools send the examples of parameters. Those of optional ones would narrow every first request. */
export function removeOptionalExamples(operation: Operation): void {
  if (operation.parameters) operation.parameters = operation.parameters.map(withoutExample)
}
