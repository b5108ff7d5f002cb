import type { RateLimit } from '../config.ts'
import { takeOne, type Bucket, type Decision } from './gcra.ts'

/** Lifetime of a lease, from when the isolate requested it. */
export const LEASE_MS = 2000

/** Share of a limit that can be leased, which bounds how far leases can exceed the limit. */
const MAX_LEASED_SHARE = 0.05

/** Units of a bucket. The time of the grant (ms since the epoch) identifies the lease. */
export interface Lease {
  at: number
  units: number
}

/** A bucket with its open leases: units that are deducted, but perhaps not used yet. */
export interface LeasingBucket extends Bucket {
  leases?: Lease[]
}

/** The part of a request that concerns leases. */
export interface LeaseRequest {
  wanted: number
  /** Units used of the isolate's last lease, which are settled now. */
  used?: Lease | undefined
}

/** A decision on one request, with a lease for further ones. */
export interface LeaseDecision extends Decision {
  lease?: Lease
}

/** Leases that an isolate can still hold. */
function stillOut(leases: readonly Lease[], now: number, used: Lease | undefined): Lease[] {
  let settled = used?.units ?? 0
  return leases.flatMap((lease) => {
    // The absolute value covers a clock that was set back.
    if (Math.abs(now - lease.at) > LEASE_MS) return []
    const off = lease.at === used?.at ? Math.min(lease.units, settled) : 0
    settled -= off
    return lease.units > off ? [{ at: lease.at, units: lease.units - off }] : []
  })
}

/**
 * Takes one request and, if less than half of the bucket is used, leases up to `wanted` more. They
 * are deducted at once. Using them later than they were deducted can exceed the limit, so the total
 * of open leases is bounded.
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
