import type { RateLimit, Settings } from '../config.ts'
import type { Timings } from '../lib/server-timing.ts'
import type { Decision } from './gcra.ts'
import { Leases } from './leases.ts'

export const policies = {
  login_address: 'RATE_LIMIT_LOGIN_ADDRESS',
  login_account: 'RATE_LIMIT_LOGIN_ACCOUNT',
  anonymous: 'RATE_LIMIT_ANONYMOUS',
  read: 'RATE_LIMIT_READ',
  write: 'RATE_LIMIT_WRITE',
  expensive: 'RATE_LIMIT_EXPENSIVE',
} as const satisfies Record<string, keyof Settings>

export type Policy = keyof typeof policies

/** Where passwords can be guessed, every attempt is counted by the Durable Object itself. */
export type LeasedPolicy = Exclude<Policy, 'login_address' | 'login_account'>

/** Of this isolate: whichever request asked, the next one of the same caller may use it. */
const leases = new Leases()

/** Who is counted: `user:…`, `address:…` or `account:…`. */
export type Principal = `${'user' | 'address' | 'account'}:${string}`

export interface Taken extends Decision {
  policy: Policy
  limit: RateLimit
}

export interface RateLimits {
  /** @throws whatever the Durable Object fails with: the caller decides what that means */
  take(policy: Policy, principal: Principal): Promise<Taken>
  /** The same, from what this isolate holds on lease or was refused with, where it can. */
  takeLeased(policy: LeasedPolicy, principal: Principal): Promise<Taken>
  /** An attempt to log in to an account; it counts as failed until the other says otherwise. */
  attemptLogin(account: Principal, network: Principal): Promise<Taken>
  loginSucceeded(account: Principal, network: Principal): Promise<void>
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
    // With the limit in it: what was said under another limit counts no more.
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
    async attemptLogin(account, network) {
      const policy = 'login_account'
      const limit = settings[policies[policy]]
      const decision = await timings.measure('limit', () =>
        of(account).attemptLogin(policy, limit, network),
      )
      return { ...decision, policy, limit }
    },
    loginSucceeded: (account, network) =>
      timings.measure('limit', () => of(account).loginSucceeded(network)),
  }
}
