import type { MiddlewareHandler } from 'hono'
import { encodeBase64Url } from 'hono/utils/encode'
import { invalidField } from '../errors.ts'
import type { AppContext, AppEnv } from '../http/context.ts'

const KEY = /^[\x21-\x7e]{1,255}$/

/** Of everything that makes a request what it is; the same for the same request only. */
async function fingerprint(c: AppContext): Promise<string> {
  const { pathname, search } = new URL(c.req.url)
  const condition = c.req.header('If-Match') ?? null
  const parts = JSON.stringify([c.req.method, pathname, search, condition, await c.req.text()])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts))
  return encodeBase64Url(digest)
}

/**
 * Reads `Idempotency-Key`. The key is claimed in the transaction of the write itself, so it is kept
 * exactly when the write is.
 */
export const idempotencyKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const key = c.req.header('Idempotency-Key')
  if (key !== undefined) {
    if (!KEY.test(key)) {
      throw invalidField('header.Idempotency-Key', 'Use 1 to 255 visible ASCII characters.')
    }
    c.get('request').idempotency = { key, fingerprint: await fingerprint(c) }
  }
  await next()
}
