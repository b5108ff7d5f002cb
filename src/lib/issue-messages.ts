import { z } from '@hono/zod-openapi'

/* Messages for failed validations, so that no text of the library reaches a user. */

const code = (value: unknown) => `\`${String(value)}\``

export const tooLong = (max: number) => `Must be at most ${max} characters.`

const types: Record<string, string> = {
  string: 'Must be a string.',
  number: 'Must be a number.',
  int: 'Must be an integer.',
  boolean: 'Must be `true` or `false`.',
  array: 'Must be an array.',
  object: 'Must be an object.',
}

const formats: Record<string, string> = {
  uuid: 'Must be a valid UUID.',
  email: 'Must be a valid email address.',
  url: 'Must be a valid URL.',
  datetime: 'Must be an RFC 3339 date-time, such as 2026-03-14T09:26:53Z.',
}

const items = (count: unknown) => (Number(count) === 1 ? '1 item' : `${String(count)} items`)

function tooSmall(origin: string, minimum: unknown): string {
  if (origin === 'array') return `Must have at least ${items(minimum)}.`
  if (origin !== 'string') return `Must be at least ${String(minimum)}.`
  return Number(minimum) === 1
    ? 'Must not be empty.'
    : `Must be at least ${String(minimum)} characters.`
}

function tooBig(origin: string, maximum: unknown): string {
  if (origin === 'array') return `Must have at most ${items(maximum)}.`
  return origin === 'string' ? tooLong(Number(maximum)) : `Must be at most ${String(maximum)}.`
}

const SEPARATOR = ' '

/** The names of an object schema; `knownNames` reads them out of the message of the issue. */
const shapeOf = (schema: unknown) =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape).join(SEPARATOR) : ''

/** The names that an object knows, from an issue about one that it does not know. */
export const knownNames = ({ message }: z.core.$ZodIssueUnrecognizedKeys) =>
  message === '' ? [] : message.split(SEPARATOR)

function issueMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? 'Has the wrong type.'
    case 'too_small':
      return tooSmall(issue.origin, issue.minimum)
    case 'too_big':
      return tooBig(issue.origin, issue.maximum)
    case 'invalid_format':
      return formats[issue.format] ?? 'Has the wrong format.'
    case 'invalid_value':
      return issue.values.length === 1
        ? `Must be ${code(issue.values[0])}.`
        : `Must be one of ${issue.values.map(code).join(', ')}.`
    case 'unrecognized_keys':
      return shapeOf(issue.inst)
    case 'invalid_union':
      return 'Must have one of the documented forms.'
    default:
      return 'Has a value that is not allowed.'
  }
}

z.config({ customError: issueMessage })
