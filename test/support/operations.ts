import { createApp } from '../../src/app.ts'
import type { Role } from '../../src/database/enums.ts'
import { openApiDocument } from '../../src/http/openapi.ts'

/** A JSON schema, or any other part of the document: only tests that know what it is look inside. */
export type Part = Record<string, any>

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  schema: Part
}

/** An operation as the OpenAPI document describes it. */
export interface Operation {
  id: string
  method: string
  /** With `{id}` in it. */
  path: string
  roles: readonly Role[] | undefined
  needsToken: boolean
  parameters: readonly Parameter[]
  /** The media types of the body, if there is one. */
  body: Record<string, { schema: Part }> | undefined
  responses: Record<string, { content?: Record<string, { schema: Part; examples?: Part }> }>
}

export const document = openApiDocument(createApp()) as unknown as {
  paths: Record<string, Record<string, Part>>
  components: Record<'schemas' | 'responses' | 'examples' | 'headers', Record<string, Part>>
}

/** What stands in a place of the document, or what the reference there leads to. */
export const resolve = (part: Part): Part => {
  const [kind, name] = String(part['$ref'] ?? '')
    .split('/')
    .slice(-2)
  return document.components[kind as 'responses']?.[name ?? ''] ?? part
}

/** Every operation of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation['operationId'],
      method: method.toUpperCase(),
      path,
      roles: operation['x-roles'],
      needsToken: operation['security'].length > 0,
      parameters: operation['parameters'] ?? [],
      body: operation['requestBody']?.content,
      responses: Object.fromEntries(
        Object.entries<Part>(operation['responses']).map(([status, each]) => [
          status,
          resolve(each),
        ]),
      ),
    })),
)

export const hasParameter = (operation: Operation, name: string) =>
  operation.parameters.some((parameter) => parameter.name === name)

/** The path of an operation with values in its braces. */
export const fillPath = (path: string, values: Record<string, string> = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `missing-${name}`)
