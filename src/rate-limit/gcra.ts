import type { RateLimit } from '../config.ts'

/** Milliseconds until the bucket is full again, as of an instant (ms since the epoch). */
export interface Bucket {
  backlogMs: number
  at: number
}

export interface Decision {
  allowed: boolean
  /** Requests left now. */
  remaining: number
  /** Milliseconds until the bucket is full again. */
  resetMs: number
  /** Milliseconds until the next request is allowed; 0 if it is allowed now. */
  retryMs: number
}

/**
 * The generic cell rate algorithm: a token bucket in one number. It stores the time until the bucket
 * is full instead of the instant, because a number as large as a date loses fractions of a
 * millisecond. A rejected request costs nothing.
 */
export function takeOne(
  bucket: Bucket | undefined,
  now: number,
  { requests, seconds }: RateLimit,
): Decision & { bucket: Bucket } {
  const window = seconds * 1000
  const interval = window / requests
  const tolerance = Math.min(interval / 1000, 0.5)
  // Negative if the clock was set back.
  const elapsed = bucket ? Math.max(0, now - bucket.at) : 0
  // A backlog of an earlier, stricter limit counts as one full window at most.
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
