import { databaseFault } from './database/errors.ts'
import { ConfigurationError } from './env.ts'

export type LogLevel = 'info' | 'warn' | 'error'

/**
 * What may be told of an error. Messages hold parameters of queries and texts of users, so they are
 * left out: the name, the SQLSTATE and the places in the code remain.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const fault = databaseFault(error)
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...(error instanceof ConfigurationError && { message: error.message }),
    ...(fault && { sqlstate: fault.state, constraint: fault.constraint }),
    stack: frames.slice(0, 8).map((frame) => frame.trim()),
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
