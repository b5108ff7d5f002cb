import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

const HEADER = 'Content-Security-Policy'

/** A response of the API loads nothing, whatever a browser takes it for. Pages set their own policy. */
export const contentSecurityPolicy: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  if (!c.res.headers.has(HEADER)) c.header(HEADER, "default-src 'none'; frame-ancestors 'none'")
}
