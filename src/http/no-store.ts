import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/**
 * Nothing that the API answers belongs in a cache, on a disk of somebody's browser least of all. ETags
 * are for programs that keep a copy on purpose and ask whether it is still good.
 */
export const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
}
