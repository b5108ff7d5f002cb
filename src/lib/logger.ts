import { ConfigurationError } from '../config.ts'

const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/

export type LogLevel = 'info' | 'warn' | 'error'

/**
 * The places in the code, from behind the message: that may hold several lines, and one of a user's
 * note may look like a place. Where the message is not found, nothing is told.
 */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message)
  return (start < 0 ? '' : stack.slice(start + message.length))
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
}

/** SQLSTATE and constraint of a database error, which a query builder may have wrapped as the cause. */
function sqlErrorOf(error: Error): object {
  for (const each of [error, error.cause]) {
    const { code, constraint } = (each ?? {}) as { code?: unknown; constraint?: unknown }
    if (typeof code === 'string' && SQLSTATE.test(code)) return { sqlstate: code, constraint }
  }
  return {}
}

/**
 * What may be told of an error. Messages hold parameters of queries and texts of users, so they are
 * left out: the name, the SQLSTATE and the places in the code remain.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const frames = framesOf(error)
  return {
    name: error.name,
    ...(error instanceof ConfigurationError && { message: error.message }),
    ...sqlErrorOf(error),
    stack: frames.slice(0, 8),
  }
}

/** Writes one line of JSON. `fields` must hold no token, password, e-mail address or text of a user. */
export function logEvent(level: LogLevel, event: string, fields: object, error?: unknown): void {
  const line = JSON.stringify({
    time: new Date().toISOString(),
    level,
    event,
    ...fields,
    ...(error !== undefined && { error: describeError(error) }),
  })
  // Not by level: wrangler dev puts words and colours around the lines of other levels.
  console.log(line)
}
