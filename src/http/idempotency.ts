import type { MiddlewareHandler } from 'hono'
import { encodeBase64Url } from 'hono/utils/encode'
import { hmac, utf8 } from '../lib/crypto/derived-keys.ts'
import type { AppContext, AppEnv } from './context.ts'
import { requireSession } from './require-session.ts'
import { invalidHeader } from './validation.ts'

const KEY = /^[\x21-\x7e]{1,255}$/

/** A caller with another role or API key may not read what the response contains. */
const callerParts = (c: AppContext) => {
  const caller = c.get('caller') as AppContext['var']['caller'] | undefined
  return caller && [caller.role, 'apiKey' in caller ? caller.apiKey.id : null]
}

/**
 * HMAC over caller, method, path, query, If-Match and body. Keyed, because it is stored and bodies may
 * contain passwords.
 */
async function fingerprint(c: AppContext, more: readonly string[]): Promise<string> {
  const { pathname, search } = new URL(c.req.url)
  const condition = c.req.header('If-Match') ?? null
  const body = await c.req.text()
  const parts = JSON.stringify([
    callerParts(c),
    c.req.method,
    pathname,
    search,
    condition,
    body,
    ...more,
  ])
  const digest = await hmac(c.get('settings').JWT_SECRET, 'fingerprint', utf8(parts))
  return encodeBase64Url(digest.buffer)
}

const readKey =
  (partsOf: (c: AppContext) => readonly string[]): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const key = c.req.header('Idempotency-Key')
    if (key !== undefined) {
      if (!KEY.test(key)) {
        throw invalidHeader('Idempotency-Key', 'Must be 1 to 255 visible ASCII characters.')
      }
      c.get('request').idempotency = { key, fingerprint: await fingerprint(c, partsOf(c)) }
    }
    await next()
  }

/**
 * Reads `Idempotency-Key`. The key is claimed in the transaction of the write itself, so it is stored
 * exactly when the write is committed.
 */
export const idempotencyKey = readKey(() => [])

/** The same for requests that have another meaning in another session of the same user. */
export const sessionIdempotencyKey = readKey((c) => [requireSession(c).sessionId])
