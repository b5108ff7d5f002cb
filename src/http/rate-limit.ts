import type { MiddlewareHandler } from 'hono'
import { AppError } from '../lib/errors.ts'
import type { AppContext, AppEnv } from './context.ts'
import { traceLogin } from './login-trace.ts'
import { logEvent } from '../lib/logger.ts'
import type { LeasedPolicy, LoginPassName, Policy, Principal, Taken } from '../rate-limit/client.ts'
import { accountPrincipal, addressPrincipal } from '../rate-limit/principal.ts'

const inSeconds = (ms: number) => Math.max(0, Math.ceil(ms / 1000))

/** Headers of draft-ietf-httpapi-ratelimit-headers-10. */
function setHeaders(c: AppContext, { policy, limit, remaining, resetMs }: Taken): void {
  c.header('RateLimit-Policy', `"${policy}";q=${limit.requests};w=${limit.seconds}`)
  c.header('RateLimit', `"${policy}";r=${remaining};t=${inSeconds(resetMs)}`)
}

export const clientAddress = (c: AppContext): Principal =>
  addressPrincipal(c.req.header('CF-Connecting-IP'))

/**
 * Counts a request and rejects it if there were too many. Fails open: if the counter cannot be
 * reached, the request passes.
 * @throws AppError `rate_limited`
 */
export async function enforceLimit(
  c: AppContext,
  policy: LeasedPolicy,
  principal: Principal,
): Promise<void> {
  await enforce(c, policy, () => c.get('rateLimits').takeLeased(policy, principal), {
    failClosed: false,
  })
}

/**
 * The same without leases, and failing closed: otherwise passwords could be guessed without limit.
 * @throws AppError `rate_limited` or `rate_limiter_unavailable`
 */
export async function enforceLimitExactly(
  c: AppContext,
  policy: Policy,
  principal: Principal,
): Promise<void> {
  await enforce(c, policy, () => c.get('rateLimits').take(policy, principal), { failClosed: true })
}

async function enforce<T extends Taken>(
  c: AppContext,
  policy: Policy,
  take: () => Promise<T>,
  { failClosed, showHeaders = true }: { failClosed: boolean; showHeaders?: boolean },
): Promise<T | undefined> {
  let taken: T
  try {
    taken = await take()
  } catch (error) {
    logEvent('error', 'rate_limiter_failed', { request_id: c.get('requestId'), policy }, error)
    if (failClosed) throw new AppError('rate_limiter_unavailable', { retryAfter: 5, cause: error })
    return undefined
  }
  if (showHeaders) setHeaders(c, taken)
  if (!taken.allowed) {
    throw new AppError('rate_limited', { retryAfter: Math.max(1, inSeconds(taken.retryMs)) })
  }
  return taken
}

/** Counts requests of the authenticated caller. */
export const limitCaller =
  (policy: Policy): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const user: Principal = `user:${c.get('caller').userId}`
    // Requests that can guess passwords must be counted.
    if (policy === 'login_address' || policy === 'login_account') {
      await traceLogin(c, 'network_hash', clientAddress(c))
      await enforceLimitExactly(c, policy, user)
    } else await enforceLimit(c, policy, user)
    await next()
  }

/** Counts logins and refreshes before their bodies are read. */
export const limitLoginAddress: MiddlewareHandler<AppEnv> = async (c, next) => {
  await traceLogin(c, 'network_hash', clientAddress(c))
  await enforceLimitExactly(c, 'login_address', clientAddress(c))
  await next()
}

/**
 * Runs a login. Its network has to wait before, longer after each failure; after a success the network
 * is known. Passes are counted by themselves. `withoutPasses` counts the attempt for the network after
 * all, when the database does not know its device any more.
 */
export async function throttleLogin<T>(
  c: AppContext,
  email: string,
  passes: readonly LoginPassName[],
  logIn: (withoutPasses: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const limits = c.get('rateLimits')
  const [account, network] = [await accountPrincipal(email), clientAddress(c)]
  await traceLogin(c, 'account_hash', account)
  let countedFor: string = network
  const attempt = async (used: readonly LoginPassName[]) => {
    const take = () => limits.attemptLogin(account, { network, passes: used })
    // Headers would reveal to a stranger whether others try this account.
    const taken = await enforce(c, 'login_account', take, { failClosed: true, showHeaders: false })
    countedFor = taken?.countedFor ?? network
  }
  await attempt(passes)
  const result = await logIn(async () => {
    if (countedFor.startsWith('device:')) {
      await attempt(passes.filter((pass) => !pass.startsWith('device:')))
    }
  })
  try {
    await limits.loginSucceeded(account, network, countedFor)
  } catch (error) {
    // The password was right, so the login succeeds all the same.
    const policy = 'login_account'
    logEvent('error', 'rate_limiter_failed', { request_id: c.get('requestId'), policy }, error)
  }
  return result
}

/** Attempts to log in to an account. @throws AppError `rate_limiter_unavailable` */
export async function readLoginAttempts(c: AppContext, email: string) {
  try {
    return await c.get('rateLimits').loginAttempts(await accountPrincipal(email))
  } catch (error) {
    throw new AppError('rate_limiter_unavailable', { retryAfter: 5, cause: error })
  }
}
