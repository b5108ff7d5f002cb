import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/context.ts'

/** Nothing that the API answers belongs in a cache. */
export const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
}
