import { ConfigurationError } from '../config.ts'

const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/

export type LogLevel = 'info' | 'warn' | 'error'

/**
 * The stack frames, taken from after the message: a message can have several lines, and a line of a
 * user's note can look like a frame. Returns nothing if the message is not found.
 */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message)
  return (start < 0 ? '' : stack.slice(start + message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
}

/** SQLSTATE and constraint of a database error, which a query builder may have wrapped as the cause. */
function sqlErrorOf(error: Error): object | undefined {
  for (const each of [error, error.cause]) {
    const { code, constraint } = (each ?? {}) as { code?: unknown; constraint?: unknown }
    if (typeof code === 'string' && SQLSTATE.test(code)) return { sqlstate: code, constraint }
  }
  return undefined
}

/** Why a request to the database failed that brought no SQLSTATE. The driver keeps the error of fetch. */
function connectionErrorOf(error: Error): object | undefined {
  const causes: Error[] = []
  const sourceOf = (each: Error): unknown => ('sourceError' in each ? each.sourceError : each.cause)
  for (let each: unknown = error; each instanceof Error; each = sourceOf(each)) causes.push(each)
  if (causes.some(({ name }) => name === 'TimeoutError')) return { reason: 'timeout' }
  const failed = causes.find(({ name }) => name === 'NeonDbError')
  if (failed && sourceOf(failed)) return { reason: 'unreachable' }
  const status = /^Server error \(HTTP status (\d{3})\)/.exec(failed?.message ?? '')?.[1]
  return status ? { reason: `http_${status}` } : undefined
}

/**
 * What is safe to log of an error. Messages can contain query parameters and user data, so only the
 * name, the SQLSTATE and the stack frames are logged.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const frames = framesOf(error)
  return {
    name: error.name,
    ...(error instanceof ConfigurationError && { message: error.message }),
    ...(sqlErrorOf(error) ?? connectionErrorOf(error)),
    stack: frames.slice(0, 8),
  }
}

/** Writes one line of JSON. `fields` must not contain tokens, passwords, e-mail addresses or user text. */
export function logEvent(level: LogLevel, event: string, fields: object, error?: unknown): void {
  const line = JSON.stringify({
    time: new Date().toISOString(),
    level,
    event,
    ...fields,
    ...(error !== undefined && { error: describeError(error) }),
  })
  // Always console.log: wrangler dev decorates the lines of other levels.
  console.log(line)
}
