import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppContext, AppEnv } from './context.ts'
import { logEvent, type LogLevel } from '../lib/logger.ts'
import { createTimings } from '../lib/server-timing.ts'

const rounded = (ms: number) => Math.round(ms * 10) / 10

/** The pattern of the route; the path itself contains ids, and the query contains searches. */
const routeOf = (c: AppContext) =>
  matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'none'

const levelOf = (status: number): LogLevel =>
  status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'

const apiKeyOf = (c: AppContext) => {
  const caller = c.get('caller') as AppContext['var']['caller'] | undefined
  return caller && 'apiKey' in caller ? { api_key_id: caller.apiKey.id } : {}
}

/** One log line per request, and `Server-Timing` on each response. */
export const accessLog: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('timings', createTimings())
  const start = performance.now()
  await next()
  const total = rounded(performance.now() - start)
  const parts = [...c.get('timings').entries()].map(([part, { ms, calls }]) => ({
    part,
    ms: rounded(ms),
    calls,
  }))
  const timing = [...parts.map(({ part, ms }) => `${part};dur=${ms}`), `total;dur=${total}`]
  c.header('Server-Timing', timing.join(', '))
  const cause = c.get('problemCause')
  logEvent(
    levelOf(c.res.status),
    'request',
    {
      request_id: c.get('requestId'),
      method: c.req.method,
      route: routeOf(c),
      status: c.res.status,
      duration_ms: total,
      ...Object.fromEntries(
        parts.flatMap(({ part, ms, calls }) => [
          [`${part}_ms`, ms],
          [`${part}_calls`, calls],
        ]),
      ),
      user_id: c.get('caller')?.userId,
      role: c.get('caller')?.role,
      ...apiKeyOf(c),
      ...c.get('loginTrace'),
      problem: c.get('problemCode'),
    },
    c.res.status >= 500 ? cause : undefined,
  )
}
