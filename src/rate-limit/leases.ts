import type { RateLimit } from '../config.ts'
import type { Decision } from './gcra.ts'
import { LEASE_MS, type LeaseDecision, type Lease, type LeaseRequest } from './lease-grants.ts'

/** Up to one call for nine requests. More would save little and waste more. */
const MAX_LEASE = 8
/** Callers remembered by an isolate; the least recently seen are removed first. */
const MAX_CALLERS = 1000

interface Held {
  given: Lease
  /** Time of the request to the counter, so that the lease expires here no later than there. */
  askedAt: number
  left: number
  /** As reported by the counter, for a lease that is used up. */
  remaining: number
  resetMs: number
  intervalMs: number
}

interface CallerState {
  seenAt: number
  held?: Held | undefined
  /** The last rejection, and the time of its request. */
  refused?: { askedAt: number; decision: Decision } | undefined
  /** Units to request if there was no lease before. */
  next: number
}

/** A time in the future means that the clock was set back; it does not count. */
const isWithin = (now: number, at: number, ms: number) => now >= at && now - at < ms

const isRefused = ({ refused }: CallerState, now: number) =>
  refused !== undefined && isWithin(now, refused.askedAt, refused.decision.retryMs)

const isOver = (caller: CallerState, now: number) =>
  !isWithin(now, caller.seenAt, LEASE_MS) && !isRefused(caller, now)

/** Units left on the lease count as available: they are deducted, and belong to this caller. */
function allow(held: Held, now: number): Decision {
  const { left, remaining, resetMs, intervalMs, askedAt } = held
  const missing = resetMs - left * intervalMs - (now - askedAt)
  return { allowed: true, remaining: remaining + left, resetMs: Math.max(0, missing), retryMs: 0 }
}

/** Doubles after a lease that was used up; after an expired one, requests what was used of it. */
function requestAfter({ given, left }: Held): LeaseRequest {
  // After merging two leases, the units of the older one are used first.
  const used = Math.max(0, given.units - left)
  return {
    wanted: left === 0 ? Math.min(MAX_LEASE, 2 * used) : used,
    used: { at: given.at, units: used },
  }
}

const requestOf = ({ held, next }: CallerState): LeaseRequest =>
  held ? requestAfter(held) : { wanted: next }

/** Merges the leases of concurrent requests into one that expires as early as the first. */
function together(held: Held, other: Held | undefined, now: number): Held {
  if (!other || !isWithin(now, other.askedAt, LEASE_MS)) return held
  return {
    ...held,
    askedAt: Math.min(held.askedAt, other.askedAt),
    left: held.left + other.left,
    remaining: Math.min(held.remaining, other.remaining),
    resetMs: Math.max(held.resetMs, other.resetMs),
  }
}

/**
 * Leases and rejections that one isolate remembers. A key consists of policy, limit and principal.
 * Times are by the clock of the isolate.
 */
export class Leases {
  readonly #callers = new Map<string, CallerState>()

  get size(): number {
    return this.#callers.size
  }

  /** Decides on a request; undefined if the counter has to decide. */
  take(key: string, now: number): Decision | undefined {
    const caller = this.#callers.get(key)
    if (!caller) return undefined
    const { held, refused } = caller
    if (held && held.left > 0 && isWithin(now, held.askedAt, LEASE_MS)) {
      held.left--
      this.#remember(key, { ...caller, seenAt: now }, now)
      return allow(held, now)
    }
    if (!refused || !isRefused(caller, now)) return undefined
    const { decision, askedAt } = refused
    const passed = now - askedAt
    return { ...decision, resetMs: decision.resetMs - passed, retryMs: decision.retryMs - passed }
  }

  /** The lease to request with the next call of the counter. */
  ask(key: string, now: number): LeaseRequest {
    const caller = this.#callers.get(key)
    const request = !caller || isOver(caller, now) ? { wanted: 0 } : requestOf(caller)
    // Concurrent requests do not wait for this one; they request as much.
    this.#remember(key, { seenAt: now, next: request.wanted }, now)
    return request
  }

  /** Remembers the decision of the counter on a request sent at `askedAt`. */
  keep(
    key: string,
    { askedAt, now }: { askedAt: number; now: number },
    limit: RateLimit,
    { lease, ...decision }: LeaseDecision,
  ): Decision {
    const caller = this.#callers.get(key) ?? { seenAt: now, next: 0 }
    if (!decision.allowed) {
      this.#remember(key, { ...caller, refused: { askedAt, decision } }, now)
      return decision
    }
    const after = { ...caller, refused: undefined, next: Math.max(1, caller.next) }
    if (!lease) {
      this.#remember(key, after, now)
      return decision
    }
    const { remaining, resetMs } = decision
    const intervalMs = (limit.seconds * 1000) / limit.requests
    const own = { given: lease, askedAt, left: lease.units, remaining, resetMs, intervalMs }
    const held = together(own, caller.held, now)
    this.#remember(key, { ...after, held }, now)
    return allow(held, held.askedAt)
  }

  /** Moves a caller to the end, and removes expired or surplus callers from the beginning. */
  #remember(key: string, caller: CallerState, now: number): void {
    this.#callers.delete(key)
    this.#callers.set(key, caller)
    for (const [oldest, each] of this.#callers) {
      if (this.#callers.size <= MAX_CALLERS && !isOver(each, now)) return
      this.#callers.delete(oldest)
    }
  }
}
