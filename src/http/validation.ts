import type { z } from '@hono/zod-openapi'
import { AppError, type FieldError } from '../errors.ts'

type Issue = z.core.$ZodIssue

/** `json` is how the validator calls what callers know as the body. */
const places: Record<string, string> = { json: 'body', param: 'path' }

const locate = (place: string, path: readonly PropertyKey[]) =>
  [place, ...path.map((part) => String(part).slice(0, 100))].join('.')

function describe(issue: Issue, place: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      location: locate(place, [...issue.path, key]),
      message: place === 'query' ? 'There is no such parameter.' : 'There is no such field.',
    }))
  }
  // Zod keeps the input out of its issues: only the message tells a missing field from a wrong one.
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  const message = missing ? 'This is required.' : issue.message
  return [{ location: locate(place, issue.path), message }]
}

/** What is wrong with a part of a request, by field. */
export const fieldErrors = (place: string, error: z.core.$ZodError): FieldError[] =>
  error.issues.flatMap((issue) => describe(issue, place))

const MOST_ERRORS = 50

/** A failed validation as an error that names each field. */
export function validationError(target: string, error: z.core.$ZodError): AppError {
  const place = places[target] ?? target
  return new AppError('validation_failed', {
    errors: fieldErrors(place, error).slice(0, MOST_ERRORS),
  })
}
