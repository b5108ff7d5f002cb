import { AppError } from '../lib/errors.ts'
import type { SessionCaller } from '../db/client.ts'
import type { AppContext } from './context.ts'

/** The caller of a route that API keys cannot call. */
export function requireSession(c: AppContext): SessionCaller {
  const caller = c.get('caller')
  if ('apiKey' in caller) throw new AppError('forbidden')
  return caller
}
