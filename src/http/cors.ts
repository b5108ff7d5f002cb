import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { Settings } from '../config.ts'
import type { AppEnv } from './context.ts'

const sent = ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match']
const exposed = ['ETag', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After']

/** Lets browser applications on the origins in CORS_ORIGINS call the API. */
export const crossOrigin: MiddlewareHandler<AppEnv> = async (c, next) => {
  const settings = c.get('settings') as Settings | undefined
  const origins = settings?.CORS_ORIGINS ?? []
  // Hono takes every OPTIONS for a preflight; any other one gets the methods of the path.
  const isPreflight = c.req.header('Access-Control-Request-Method') !== undefined
  if (origins.length === 0 || (c.req.method === 'OPTIONS' && !isPreflight)) return next()
  return cors({
    origin: origins,
    allowHeaders: [...sent, 'X-Request-Id'],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: [...exposed, 'Idempotency-Replayed', 'Server-Timing', 'X-Request-Id'],
    maxAge: 600,
  })(c, next)
}
