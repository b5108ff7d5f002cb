import type { z } from '@hono/zod-openapi'
import { closestName } from '../lib/closest-name.ts'
import { AppError, type FieldError } from '../lib/errors.ts'
import { knownNames } from '../lib/issue-messages.ts'

type Issue = z.core.$ZodIssue

/** The validator's names for parts of a request that we name differently. */
const places: Record<string, string> = { json: 'body', param: 'path' }

const MAX_ERRORS = 50

/** A field as errors name it: `operations.3.data.amount`. */
export const fieldName = (path: readonly PropertyKey[]) =>
  path.map((part) => String(part).slice(0, 100)).join('.')

/** A query parameter is one field, however often it occurs. */
const within = (place: string, path: readonly PropertyKey[]) =>
  place === 'query' ? path.slice(0, 1) : path

/** The value at a path; Zod leaves the input out of its issues. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  )

/** Issues that mean the value has the wrong type or is not an allowed one. */
const TYPE_ISSUES = new Set<Issue['code']>(['invalid_type', 'invalid_value', 'invalid_union'])

const kindOf = (place: string) => (place === 'query' ? 'parameter' : 'field')

function unknownName(place: string, name: string, known: readonly string[]): string {
  const closest = closestName(name, known)
  const suggestion = closest === undefined ? '' : ` Did you mean \`${closest}\`?`
  return `Unknown ${kindOf(place)} \`${name.slice(0, 100)}\`.${suggestion}`
}

interface Violation {
  path: readonly PropertyKey[]
  message: string
}

function describe(issue: Issue, place: string, input: unknown): Violation[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownNames(issue)
    return issue.keys.slice(0, MAX_ERRORS).map((key) => ({
      path: [...issue.path, key],
      message: unknownName(place, key, known),
    }))
  }
  const path = within(place, issue.path)
  return [{ path, message: messageOf(issue, place, valueAt(input, path)) }]
}

function messageOf(issue: Issue, place: string, value: unknown): string {
  if (!TYPE_ISSUES.has(issue.code)) return issue.message
  if (value === undefined) return 'Required.'
  const repeated = place === 'query' && issue.code === 'invalid_type' && Array.isArray(value)
  return repeated ? 'Must not be repeated.' : issue.message
}

/** What is wrong with a part of a request, without duplicates. */
export function violations(
  { issues }: z.core.$ZodError,
  place: string,
  input: unknown,
): Violation[] {
  const found = issues.flatMap((issue) => describe(issue, place, input))
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()]
}

/** Lists the known names if there is an unknown one. */
function knownNamesDetail({ issues }: z.core.$ZodError, place: string): string | undefined {
  const [issue] = issues
    .filter((each) => each.code === 'unrecognized_keys')
    .toSorted((one, other) => one.path.length - other.path.length)
  if (!issue) return undefined
  const known = knownNames(issue)
  if (known.length === 0) return `This operation has no ${place} ${kindOf(place)}s.`
  const names = known.map((name) => `\`${name}\``).join(', ')
  return issue.path.length === 0
    ? `Known ${place} ${kindOf(place)}s: ${names}.`
    : `Known ${kindOf(place)}s of \`${fieldName(issue.path)}\`: ${names}.`
}

/** A failed validation as an error that names each field. */
export function validationError(target: string, error: z.core.$ZodError, input: unknown): AppError {
  const place = places[target] ?? target
  const detail = knownNamesDetail(error, place)
  return new AppError('validation_failed', {
    ...(detail !== undefined && { detail }),
    errors: violations(error, place, input)
      .slice(0, MAX_ERRORS)
      .map(({ path, message }) => locatedError(place, path, message)),
  })
}

/** A field error whose location is known. */
export const locatedError = (
  place: string,
  path: readonly PropertyKey[],
  message: string,
): FieldError => ({ field: fieldName(path), location: fieldName([place, ...path]), message })

export const invalidHeader = (name: string, message: string) =>
  new AppError('validation_failed', { errors: [locatedError('header', [name], message)] })
