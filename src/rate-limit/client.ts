import type { RateLimit, Settings } from '../config.ts'
import type { Timings } from '../lib/server-timing.ts'
import type { Decision } from './gcra.ts'
import { Leases } from './leases.ts'
import type { LoginAttempts } from './login-throttle.ts'

export const policies = {
  login_address: 'RATE_LIMIT_LOGIN_ADDRESS',
  login_account: 'RATE_LIMIT_LOGIN_ACCOUNT',
  anonymous: 'RATE_LIMIT_ANONYMOUS',
  read: 'RATE_LIMIT_READ',
  write: 'RATE_LIMIT_WRITE',
  expensive: 'RATE_LIMIT_EXPENSIVE',
} as const satisfies Record<string, keyof Settings>

export type Policy = keyof typeof policies

/** Not for logins: the Durable Object itself has to count each attempt to guess a password. */
export type LeasedPolicy = Exclude<Policy, 'login_address' | 'login_account'>

/** Shared by all requests in this isolate. */
const leases = new Leases()

/** Identity that requests are counted for. */
export type Principal = `${'user' | 'address' | 'account'}:${string}`

export interface Taken extends Decision {
  policy: Policy
  limit: RateLimit
}

/** Where a login comes from. Passes are tried before the network. */
export interface LoginSource {
  network: Principal
  passes: readonly LoginPassName[]
}

/** A device or an unlock, by its id. */
export type LoginPassName = `${'device' | 'unlock'}:${string}`

export interface RateLimits {
  /** @throws any error of the Durable Object */
  take(policy: Policy, principal: Principal): Promise<Taken>
  /** Like `take`, but uses a lease or a remembered rejection of this isolate if there is one. */
  takeLeased(policy: LeasedPolicy, principal: Principal): Promise<Taken>
  /** Counts a login as failed until `loginSucceeded` is called. */
  attemptLogin(account: Principal, attempt: LoginSource): Promise<Taken & { countedFor: string }>
  loginSucceeded(account: Principal, network: Principal, countedFor: string): Promise<void>
  /** Attempts to log in to an account, and how long a first login has to wait now. */
  loginAttempts(account: Principal): Promise<LoginAttempts & { retryMs: number; limit: RateLimit }>
}

export function createRateLimits(
  namespace: Env['RATE_LIMITER'],
  settings: Settings,
  timings: Timings,
): RateLimits {
  const of = (principal: Principal) => namespace.get(namespace.idFromName(principal))

  async function take(policy: Policy, principal: Principal): Promise<Taken> {
    const limit = settings[policies[policy]]
    const decision = await timings.measure('limit', () => of(principal).take(policy, limit))
    return { ...decision, policy, limit }
  }

  async function takeLeased(policy: LeasedPolicy, principal: Principal): Promise<Taken> {
    if (!settings.RATE_LIMIT_LEASES) return take(policy, principal)
    const limit = settings[policies[policy]]
    // The key contains the limit, so that a changed limit invalidates earlier decisions.
    const key = `${policy} ${limit.requests}/${limit.seconds} ${principal}`
    const askedAt = Date.now()
    const local = leases.take(key, askedAt)
    if (local) return { ...local, policy, limit }
    const wish = leases.ask(key, askedAt)
    const decision = await timings.measure('limit', () => of(principal).take(policy, limit, wish))
    return { ...leases.keep(key, { askedAt, now: Date.now() }, limit, decision), policy, limit }
  }

  return {
    take,
    takeLeased,
    async attemptLogin(account, { network, passes }) {
      const policy = 'login_account'
      const limit = settings[policies[policy]]
      const decision = await timings.measure('limit', () =>
        of(account).attemptLogin(policy, limit, network, passes),
      )
      return { ...decision, policy, limit }
    },
    loginSucceeded: (account, network, countedFor) =>
      timings.measure('limit', () =>
        of(account).loginSucceeded(network, countedFor, countedFor.startsWith('unlock:')),
      ),
    async loginAttempts(account) {
      const policy = 'login_account'
      const limit = settings[policies[policy]]
      const attempts = await timings.measure('limit', () =>
        of(account).loginAttempts(policy, limit),
      )
      return { ...attempts, limit }
    },
  }
}
