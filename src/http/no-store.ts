import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

/**
 * No response belongs in a cache, least of all on the disk of a browser. ETags are for programs that
 * keep a copy on purpose.
 */
export const noStore: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
}
