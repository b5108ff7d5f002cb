import type { RateLimit, Settings } from '../env.ts'
import type { Timings } from '../timings.ts'
import type { Decision } from './gcra.ts'

export const policies = {
  login_address: 'RATE_LIMIT_LOGIN_ADDRESS',
  login_account: 'RATE_LIMIT_LOGIN_ACCOUNT',
  anonymous: 'RATE_LIMIT_ANONYMOUS',
  read: 'RATE_LIMIT_READ',
  write: 'RATE_LIMIT_WRITE',
  expensive: 'RATE_LIMIT_EXPENSIVE',
} as const satisfies Record<string, keyof Settings>

export type Policy = keyof typeof policies

/** Who is counted: `user:…`, `address:…` or `account:…`. */
export type Principal = `${'user' | 'address' | 'account'}:${string}`

export interface Taken extends Decision {
  policy: Policy
  limit: RateLimit
}

export interface RateLimits {
  /** @throws whatever the Durable Object fails with: the caller decides what that means */
  take(policy: Policy, principal: Principal): Promise<Taken>
}

export function createRateLimits(
  namespace: Env['RATE_LIMITER'],
  settings: Settings,
  timings: Timings,
): RateLimits {
  return {
    async take(policy, principal) {
      const limit = settings[policies[policy]]
      const limiter = namespace.get(namespace.idFromName(principal))
      const decision = await timings.measure('limit', () => limiter.take(policy, limit))
      return { ...decision, policy, limit }
    },
  }
}
