import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { logEvent } from '../log.ts'
import type { Policy, Principal, Taken } from '../rate-limit/client.ts'
import { addressPrincipal } from '../rate-limit/principal.ts'

const inSeconds = (ms: number) => Math.max(0, Math.ceil(ms / 1000))

/** Headers of draft-ietf-httpapi-ratelimit-headers-10. */
function setHeaders(c: AppContext, { policy, limit, remaining, resetMs }: Taken): void {
  c.header('RateLimit-Policy', `"${policy}";q=${limit.requests};w=${limit.seconds}`)
  c.header('RateLimit', `"${policy}";r=${remaining};t=${inSeconds(resetMs)}`)
}

export const clientAddress = (c: AppContext): Principal =>
  addressPrincipal(c.req.header('CF-Connecting-IP'))

/**
 * Counts a request and refuses it when there were too many. Where the counter cannot be reached,
 * requests pass and logins do not: without it, passwords could be guessed without end.
 * @throws AppError `rate_limited` or `rate_limiter_unavailable`
 */
export async function enforceLimit(
  c: AppContext,
  policy: Policy,
  principal: Principal,
  failClosed = false,
): Promise<void> {
  let taken: Taken
  try {
    taken = await c.get('rateLimits').take(policy, principal)
  } catch (error) {
    logEvent('error', 'rate_limiter_failed', { request_id: c.get('requestId'), policy }, error)
    if (failClosed) throw new AppError('rate_limiter_unavailable', { retryAfter: 5, cause: error })
    return
  }
  setHeaders(c, taken)
  if (!taken.allowed) {
    throw new AppError('rate_limited', { retryAfter: Math.max(1, inSeconds(taken.retryMs)) })
  }
}

/** Counts requests of the caller, who has been authenticated. */
export const limitCaller =
  (policy: Policy): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    // Where passwords can be guessed, nobody passes uncounted.
    const failClosed = policy === 'login_account'
    await enforceLimit(c, policy, `user:${c.get('caller').userId}`, failClosed)
    await next()
  }

/** Counts attempts to log in or to refresh, before anything of them is read. */
export const limitLoginAddress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await enforceLimit(c, 'login_address', clientAddress(c), true)
  await next()
}
