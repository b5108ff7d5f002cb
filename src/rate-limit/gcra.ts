import type { RateLimit } from '../config.ts'

/** A bucket: how many milliseconds it needed to be full again, at an instant (ms since the epoch). */
export interface Bucket {
  backlogMs: number
  at: number
}

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
 * The generic cell rate algorithm: a token bucket that needs one number. It keeps the time that is
 * missing to a full bucket and not the instant of it, because fractions of a millisecond get lost
 * beside the digits of a date. A refused request costs nothing.
 */
export function takeOne(
  bucket: Bucket | undefined,
  now: number,
  { requests, seconds }: RateLimit,
): Decision & { bucket: Bucket } {
  const window = seconds * 1000
  const interval = window / requests
  const tolerance = Math.min(interval / 1000, 0.5)
  // A clock that was set back refills nothing.
  const elapsed = bucket ? Math.max(0, now - bucket.at) : 0
  // A backlog of an earlier, stricter limit is no more than a whole window of this one.
  const backlog = Math.min(bucket?.backlogMs ?? 0, window)
  const before = Math.max(0, backlog - elapsed)
  const allowed = before + interval <= window + tolerance
  const backlogMs = allowed ? before + interval : before
  return {
    allowed,
    bucket: { backlogMs, at: now },
    remaining: Math.max(0, Math.floor((window - backlogMs + tolerance) / interval)),
    resetMs: backlogMs,
    retryMs: allowed ? 0 : before + interval - window,
  }
}
