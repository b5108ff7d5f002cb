import { createApp } from '../../src/app.ts'
import type { Role } from '../../src/db/enums.ts'
import { openApiDocument } from '../../src/http/openapi.ts'

/** A JSON schema, or any other part of the document: only tests that know what it is look inside. */
export type Part = Record<string, any>

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Part
}

/** An operation as the OpenAPI document describes it. */
export interface Operation {
  id: string
  summary: string
  method: string
  /** With `{id}` in it. */
  path: string
  roles: readonly Role[] | undefined
  needsToken: boolean
  parameters: readonly Parameter[]
  /** The media types of the body, if there is one. */
  body: Record<string, { schema: Part }> | undefined
  responses: Record<
    string,
    { headers?: Part; content?: Record<string, { schema: Part; examples?: Part }> }
  >
}

const written: unknown = JSON.parse(JSON.stringify(openApiDocument(createApp())))

/** A copy in which every reference, but to a schema, is replaced by what it refers to. */
function resolved(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(resolved)
  if (typeof part !== 'object' || part === null) return part
  const reference = '$ref' in part ? part.$ref : undefined
  if (typeof reference === 'string' && !reference.startsWith('#/components/schemas/')) {
    const keys = reference
      .slice(2)
      .split('/')
      .map((key) => decodeURIComponent(key))
    return resolved(keys.reduce<unknown>((inner, key) => (inner as Part)[key], written))
  }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, resolved(value)]))
}

export const document: {
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Part>>
  components: Record<
    'schemas' | 'responses' | 'parameters' | 'securitySchemes',
    Record<string, Part>
  >
} = resolved(written) as typeof document

/** Every operation of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation['operationId'],
      summary: operation['summary'],
      method: method.toUpperCase(),
      path,
      roles: operation['x-roles'],
      needsToken: operation['security'].length > 0,
      parameters: operation['parameters'] ?? [],
      body: operation['requestBody']?.content,
      responses: operation['responses'],
    })),
)

export const hasParameter = (operation: Operation, name: string) =>
  operation.parameters.some((parameter) => parameter.name === name)

/** The path of an operation with values in its braces. */
export const fillPath = (path: string, values: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `missing-${name}`)
