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

type RawIssue = z.core.$ZodRawIssue

const messages: {
  [Code in RawIssue['code']]?: (issue: Extract<RawIssue, { code: Code }>) => string
} = {
  invalid_type: ({ expected }) => types[expected] ?? 'Has the wrong type.',
  too_small: ({ origin, minimum }) => tooSmall(origin, minimum),
  too_big: ({ origin, maximum }) => tooBig(origin, maximum),
  invalid_format: ({ format }) => formats[format] ?? 'Has the wrong format.',
  invalid_value: ({ values }) =>
    values.length === 1
      ? `Must be ${code(values[0])}.`
      : `Must be one of ${values.map(code).join(', ')}.`,
  unrecognized_keys: ({ inst }) => shapeOf(inst),
  invalid_union: () => 'Must have one of the documented forms.',
}

function issueMessage(issue: RawIssue): string {
  const message = messages[issue.code] as ((issue: RawIssue) => string) | undefined
  return message?.(issue) ?? 'Has a value that is not allowed.'
}

z.config({ customError: issueMessage })
