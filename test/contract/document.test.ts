import { describe, expect, it } from 'vitest'
import { env } from 'cloudflare:workers'
import { createApp } from '../../src/app.ts'
import { document, operations, type Part } from '../support/operations.ts'

const VERBS = [
  ...[
    'Change',
    'Check',
    'Compare',
    'Confirm',
    'Create',
    'Delete',
    'Dismiss',
    'Disable',
    'Export',
    'Get',
    'Import',
  ],
  ...['List', 'Log', 'Refresh', 'Reset', 'Restore', 'Revert', 'Revoke', 'Start', 'Unlock'],
  ...['Update', 'Verify'],
]

const texts = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods))
  .map((operation) => ({
    id: String(operation['operationId']),
    summary: String(operation['summary']),
    description: String(operation['description'] ?? ''),
  }))

describe('An operation of the OpenAPI document', () => {
  it.each(texts)('has a summary in the imperative: $id', ({ summary }) => {
    const [verb] = summary.split(/\W/)
    expect(VERBS).toContain(verb)
    expect(summary).not.toMatch(/[?.]$|\b(I|my|me)\b/)
  })

  it.each(texts)('has a description of whole sentences: $id', ({ description }) => {
    expect(description).toMatch(/^[A-Z][^]*\.$/)
    expect(description).not.toMatch(/\?|\b(I|my)\b/)
  })

  it('has a summary of its own', () => {
    const summaries = texts.map(({ summary }) => summary)
    expect(summaries.filter((each, index) => summaries.indexOf(each) !== index)).toEqual([])
  })

  it.each(operations)('describes every parameter: $id', ({ parameters }) => {
    const undescribed = parameters.filter((each) => !('description' in each))
    expect(undescribed.map(({ name }) => name)).toEqual([])
  })

  it.each(operations)('has examples of required parameters only: $id', ({ parameters }) => {
    const withExample = parameters.filter((each) => 'example' in each || 'example' in each.schema)
    const required = parameters.filter((each) => each.required)
    expect(withExample.map(({ name }) => name)).toEqual(required.map(({ name }) => name))
  })

  it.each(operations)('requires If-Match where it responds 428 without it: $id', (operation) => {
    const required = operation.parameters.filter((each) => each.required && each.in === 'header')
    // An import needs it only together with `lines`.
    const always = '428' in operation.responses && operation.id !== 'importTransactions'
    expect(required.map(({ name }) => name)).toEqual(always ? ['If-Match'] : [])
  })

  it.each(operations)('spells headers like RFC 9110: $id', ({ parameters }) => {
    const names = parameters.filter((each) => each.in === 'header').map(({ name }) => name)
    expect(names.filter((name) => !/^[A-Z][a-z]+(-[A-Z][a-z]+)*$/.test(name))).toEqual([])
  })

  it.each(operations.filter(({ body }) => body))('has an example of its body: $id', ({ body }) => {
    for (const [type, media] of Object.entries(body!)) {
      // A file has no example.
      if (type === 'multipart/form-data') continue
      const name = String(media.schema['$ref']).replace('#/components/schemas/', '')
      const { example } = document.components.schemas[name]!
      expect(example).toBeDefined()
      // Postman reads the one, Swagger UI the other.
      expect(media).toHaveProperty('example', example)
    }
  })
})

describe('The OpenAPI document', () => {
  const kinds = ['get', 'post', 'get {id}', 'patch {id}', 'delete {id}']
  const kindOf = (method: string, path: string) => {
    const isCollection = `${path}/{id}` in document.paths
    if (!isCollection && !path.endsWith('/{id}')) return kinds.length
    const kind = kinds.indexOf(isCollection ? method : `${method} {id}`)
    // To delete a whole collection is special, but a path keeps its methods together.
    return kind === -1 ? 1 : kind
  }
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: String(operation['tags'][0]),
      name: `${method} ${path}`,
      kind: kindOf(method, path),
    })),
  )

  it('lists operations by tag: list, create, read, change, delete, and special ones', () => {
    const tags = document.tags.map(({ name }) => name)
    const sorted = listed.toSorted(
      (one, other) => tags.indexOf(one.tag) - tags.indexOf(other.tag) || one.kind - other.kind,
    )
    expect(listed.map(({ name }) => name)).toEqual(sorted.map(({ name }) => name))
    expect(
      listed
        .filter(({ tag }) => tag === 'Transactions')
        .slice(0, 5)
        .map(({ name }) => name),
    ).toEqual([
      'get /v1/transactions',
      'post /v1/transactions',
      'get /v1/transactions/{id}',
      'patch /v1/transactions/{id}',
      'delete /v1/transactions/{id}',
    ])
  })

  it('has components whose names are names', () => {
    const { schemas, responses, parameters } = document.components
    const names = [schemas, responses, parameters].flatMap((part) => Object.keys(part))
    expect(names.filter((name) => !/^([A-Z][a-z]+)+$/.test(name))).toEqual([])
    expect(names).toContain('NotAuthenticated')
  })

  it('has no schema that clients read in two ways', () => {
    const schemas = parts(document).filter((part) => 'type' in part || 'anyOf' in part)
    const nullableEnums = schemas.filter((part) => 'enum' in part && Array.isArray(part['type']))
    const doubled = schemas.filter((part) => 'anyOf' in part && 'oneOf' in part)
    expect([...nullableEnums, ...doubled]).toEqual([])
  })

  it('asks no client for a value that has a default', () => {
    const inBodies = Object.values(document.components.schemas).flatMap((schema) =>
      parts(schema['properties']).filter((part) => 'default' in part),
    )
    expect(inBodies).toEqual([])
  })

  it('names a server by an absolute URL: its own where it is served', async () => {
    expect(document.servers.map(({ url }) => new URL(url).origin)).toEqual([
      'http://127.0.0.1:8787',
    ])
    const served = await createApp().request('https://ledger.example.com/openapi.json', {}, env)
    const { servers } = await served.json<typeof document>()
    expect(servers.map(({ url }) => url)).toEqual(['https://ledger.example.com'])
  })

  it('says that API keys are sent like access tokens', () => {
    expect(document.components.securitySchemes['bearerAuth']!['description']).toContain('API key')
  })
})

/** Every object in the document, however deep. */
function parts(part: unknown): Part[] {
  if (typeof part !== 'object' || part === null) return []
  const inner = Object.values(part).flatMap(parts)
  return Array.isArray(part) ? inner : [part, ...inner]
}
