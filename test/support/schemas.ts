import { dereference, validate } from '@cfworker/json-schema'
import { document, type Part } from './operations.ts'

const ADDRESS = 'https://edgebook.test/openapi.json'

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null

/** A schema whose objects have no other properties than it names, and whose examples are left out. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isPart(schema)) return schema
  const { example: _, examples: __, $ref, properties, ...rest } = schema
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)])),
    ...($ref !== undefined && {
      $ref: String($ref).replace('#/components/schemas/', `${ADDRESS}#/$defs/`),
    }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties as Part).map(([name, value]) => [name, closed(value)]),
      ),
      additionalProperties: rest['additionalProperties'] ?? false,
    }),
  }
}

const $defs = closed(Object.values(document.components.schemas)) as Part[]
const definitions: Part = Object.fromEntries(
  Object.keys(document.components.schemas).map((name, index) => [name, $defs[index]]),
)

/** Where each schema is found by its address: the definitions once, and every schema beside them. */
const lookup = dereference({ $defs: definitions }, undefined, new URL(ADDRESS))
const known = new Map<Part, Part>()

function closedOnce(schema: Part): Part {
  const before = known.get(schema)
  if (before) return before
  const made = structuredClone(closed(schema)) as Part
  dereference(made, lookup, new URL(`https://edgebook.test/schemas/${known.size}`))
  known.set(schema, made)
  return made
}

/** What is wrong with a value by a schema of the document; fields that it does not name are too. */
export function issues(schema: Part, value: unknown): string[] {
  return validate(value, closedOnce(schema), '2020-12', lookup, false).errors.map(
    ({ instanceLocation, error }) => `${instanceLocation}: ${error}`,
  )
}

export interface Example {
  at: string
  schema: Part
  value: unknown
}

/** Every example of the document, with the schema that it stands beside. */
export function examples(part: unknown = document, at = '#'): Example[] {
  if (Array.isArray(part)) return part.flatMap((each, index) => examples(each, `${at}/${index}`))
  if (!isPart(part)) return []
  const { example, examples: several, schema, ...rest } = part
  const beside = schema ?? part
  const named = Array.isArray(several)
    ? several
    : Object.values((several ?? {}) as Part).map(({ value }) => value as unknown)
  const found = [...(example === undefined ? [] : [example]), ...named]
  return [
    ...found.map((value: unknown) => ({ at, schema: beside as Part, value })),
    ...Object.entries({ ...rest, ...(schema !== undefined && { schema }) }).flatMap(
      ([key, value]) => examples(value, `${at}/${key}`),
    ),
  ]
}
