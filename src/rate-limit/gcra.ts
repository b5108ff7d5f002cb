import type { RateLimit } from '../env.ts'

export interface Decision {
  allowed: boolean
  /** Requests that are left right now. */
  remaining: number
  /** Milliseconds until the bucket is full again. */
  resetMs: number
  /** Milliseconds until the next request is allowed; 0 when one is. */
  retryMs: number
}

/**
 * The generic cell rate algorithm: a token bucket kept as one number, the theoretical arrival time
 * (`tat`, in ms) at which the bucket would be full again. A refused request costs nothing.
 */
export function takeOne(
  tat: number | undefined,
  now: number,
  { requests, seconds }: RateLimit,
): Decision & { tat: number } {
  const window = seconds * 1000
  const interval = window / requests
  const before = Math.max(tat ?? 0, now)
  const after = before + interval
  const allowed = after - now <= window + 1e-6
  const current = allowed ? after : before
  const room = window - (current - now)
  return {
    allowed,
    tat: current,
    remaining: Math.max(0, Math.floor(room / interval + 1e-6)),
    resetMs: current - now,
    retryMs: allowed ? 0 : after - now - window,
  }
}
