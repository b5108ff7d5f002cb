import type { z } from '@hono/zod-openapi'
import { AppError, type FieldError } from '../lib/errors.ts'

type Issue = z.core.$ZodIssue

/** `json` is how the validator calls what callers know as the body. */
const places: Record<string, string> = { json: 'body', param: 'path' }

/** A parameter of a query is one thing, however often it stands there. */
const within = (place: string, path: readonly PropertyKey[]) =>
  place === 'query' ? path.slice(0, 1) : path

const locate = (place: string, path: readonly PropertyKey[]) =>
  [place, ...within(place, path)].map((part) => String(part).slice(0, 100)).join('.')

/** What was given at a place; Zod keeps the input out of its issues. */
const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    input,
  )

/** Of a value that is none of those that it may be. */
const MISFITS = new Set<Issue['code']>(['invalid_type', 'invalid_value', 'invalid_union'])

function describe(issue: Issue, place: string, input: unknown): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      location: locate(place, [...issue.path, key]),
      message: place === 'query' ? 'There is no such parameter.' : 'There is no such field.',
    }))
  }
  return [{ location: locate(place, issue.path), message: messageOf(issue, place, input) }]
}

function messageOf(issue: Issue, place: string, input: unknown): string {
  if (!MISFITS.has(issue.code)) return issue.message
  const given = valueAt(input, within(place, issue.path))
  if (given === undefined) return 'This is required.'
  const twice = place === 'query' && issue.code === 'invalid_type' && Array.isArray(given)
  return twice ? 'Give this once.' : issue.message
}

/** What is wrong with a part of a request, by field; each thing is said once. */
export function fieldErrors(place: string, error: z.core.$ZodError, input: unknown): FieldError[] {
  const errors = error.issues.flatMap((issue) => describe(issue, place, input))
  return [...new Map(errors.map((each) => [JSON.stringify(each), each])).values()]
}

const MOST_ERRORS = 50

/** A failed validation as an error that names each field. */
export function validationError(target: string, error: z.core.$ZodError, input: unknown): AppError {
  const place = places[target] ?? target
  return new AppError('validation_failed', {
    errors: fieldErrors(place, error, input).slice(0, MOST_ERRORS),
  })
}
