import { encodeBase64Url } from 'hono/utils/encode'
import { hmac, utf8 } from '../lib/crypto/derived-keys.ts'
import type { Principal } from '../rate-limit/client.ts'
import type { AppContext, LoginTrace } from './context.ts'

const LENGTH = 16

/** Adds a hash to the log line of this request, so that attacks can be recognized without addresses. */
export async function traceLogin(
  c: AppContext,
  field: keyof LoginTrace,
  principal: Principal,
): Promise<void> {
  const digest = await hmac(c.get('settings').JWT_SECRET, 'log', utf8(principal))
  const hash = encodeBase64Url(digest.buffer).slice(0, LENGTH)
  c.set('loginTrace', { ...c.get('loginTrace'), [field]: hash })
}
