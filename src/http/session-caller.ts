import { AppError } from '../lib/errors.ts'
import type { AppContext, AuthenticatedCaller } from './context.ts'

/** The caller of a route that API keys cannot call. */
export function sessionCaller(c: AppContext): Exclude<AuthenticatedCaller, { apiKey: unknown }> {
  const caller = c.get('caller')
  if ('apiKey' in caller) throw new AppError('forbidden')
  return caller
}
