import type { RateLimit } from '../config.ts'
import { takeOne, type Bucket, type Decision } from './gcra.ts'

/** How long an isolate may use a lease, counted from when it asked for it. */
export const LEASE_MS = 2000

/** So much of a limit may be out on lease: by so much at most more can pass than without leases. */
const MAX_LEASED_SHARE = 0.05

/** Units of a bucket, and when they were given (ms since the epoch), which tells leases apart. */
export interface Lease {
  at: number
  units: number
}

/** A bucket, and which of its units are out on lease: paid for, and perhaps not used yet. */
export interface LeasingBucket extends Bucket {
  leases?: Lease[]
}

/** What an isolate asks for beside the one request. */
export interface LeaseRequest {
  wanted: number
  /** What it has used of its last lease: that is out no more. */
  used?: Lease | undefined
}

/** A decision on one request, and what more the isolate may let through without asking. */
export interface LeaseDecision extends Decision {
  lease?: Lease
}

/** The leases that somebody may still hold. */
function stillOut(leases: readonly Lease[], now: number, used: Lease | undefined): Lease[] {
  let settled = used?.units ?? 0
  return leases.flatMap((lease) => {
    // After the clock was set back, too, a lease counts only for as long as it may be held.
    if (Math.abs(now - lease.at) > LEASE_MS) return []
    const off = lease.at === used?.at ? Math.min(lease.units, settled) : 0
    settled -= off
    return lease.units > off ? [{ at: lease.at, units: lease.units - off }] : []
  })
}

/**
 * Takes one request and, where less than half of the bucket is used, up to `wanted` more on lease.
 * They are paid for at once. What is used of them later than it was paid for is what can pass beyond
 * the limit, so there is a bound on all that is out, whichever isolates have it.
 */
export function takeAndLease(
  before: LeasingBucket | undefined,
  now: number,
  limit: RateLimit,
  { wanted, used }: LeaseRequest,
): LeaseDecision & { bucket: LeasingBucket } {
  const { bucket, ...decision } = takeOne(before, now, limit)
  const leases = stillOut(before?.leases ?? [], now, used)
  const window = limit.seconds * 1000
  const interval = window / limit.requests
  const out = leases.reduce((sum, { units }) => sum + units, 0)
  const units = Math.min(
    wanted,
    Math.floor(limit.requests * MAX_LEASED_SHARE) - out,
    Math.floor((window / 2 - bucket.backlogMs) / interval),
  )
  if (!decision.allowed || units <= 0) return { ...decision, bucket: { ...bucket, leases } }
  const backlogMs = bucket.backlogMs + units * interval
  const lease = { at: now, units }
  return {
    ...decision,
    lease,
    remaining: decision.remaining - units,
    resetMs: backlogMs,
    bucket: { backlogMs, at: now, leases: [...leases, lease] },
  }
}
