import type { RateLimit } from '../config.ts'
import type { Decision } from './gcra.ts'
import { LEASE_MS, type LeaseDecision, type Lease, type LeaseRequest } from './lease-grants.ts'

/** Who sends without end asks once for nine requests: more would save little and waste more. */
const MAX_LEASE = 8
/** Callers that an isolate remembers; the one that was not seen for the longest time goes first. */
const MAX_CALLERS = 1000

interface Held {
  given: Lease
  /** When the counter was asked for it: before it answered, so that it ends here no later than there. */
  askedAt: number
  left: number
  /** What the counter said to be left and missing, were the lease used up. */
  remaining: number
  resetMs: number
  intervalMs: number
}

interface CallerState {
  seenAt: number
  held?: Held | undefined
  /** What the counter refused with, and when it was asked. */
  refused?: { askedAt: number; decision: Decision } | undefined
  /** How much to ask for where nothing was held before. */
  next: number
}

/** A time that lies ahead is of a clock that was set back since: what is from then is worth nothing. */
const isWithin = (now: number, at: number, ms: number) => now >= at && now - at < ms

const isRefused = ({ refused }: CallerState, now: number) =>
  refused !== undefined && isWithin(now, refused.askedAt, refused.decision.retryMs)

const isOver = (caller: CallerState, now: number) =>
  !isWithin(now, caller.seenAt, LEASE_MS) && !isRefused(caller, now)

/** What is left of the lease counts as not used: it was paid for, and it is this caller's. */
function allow(held: Held, now: number): Decision {
  const { left, remaining, resetMs, intervalMs, askedAt } = held
  const missing = resetMs - left * intervalMs - (now - askedAt)
  return { allowed: true, remaining: remaining + left, resetMs: Math.max(0, missing), retryMs: 0 }
}

/** Twice as much after a lease that was used up; after one that ran out, what was used of it. */
function requestAfter({ given, left }: Held): LeaseRequest {
  // After two leases were put together, the first ones used are of the older one.
  const used = Math.max(0, given.units - left)
  return {
    wanted: left === 0 ? Math.min(MAX_LEASE, 2 * used) : used,
    used: { at: given.at, units: used },
  }
}

const requestOf = ({ held, next }: CallerState): LeaseRequest =>
  held ? requestAfter(held) : { wanted: next }

/** Two leases of requests that asked at once, as one that is over as early as the first. */
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
 * What one isolate holds of the counters of its callers: leases, and refusals that still hold. A key
 * stands for a policy, a limit and a principal. Times are of the isolate's own clock.
 */
export class Leases {
  readonly #callers = new Map<string, CallerState>()

  /** How many callers are remembered. */
  get size(): number {
    return this.#callers.size
  }

  /** Decides on a request here; undefined where the counter has to be asked. */
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

  /** What to ask the counter for, which is about to be asked. */
  ask(key: string, now: number): LeaseRequest {
    const caller = this.#callers.get(key)
    const request = !caller || isOver(caller, now) ? { wanted: 0 } : requestOf(caller)
    // None waits for another's answer: those that come meanwhile ask for as much.
    this.#remember(key, { seenAt: now, next: request.wanted }, now)
    return request
  }

  /** Keeps what the counter, asked at a time, has answered. Returns what to say of it. */
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

  /** Moves a caller to the end, and forgets those at the beginning who are over or too many. */
  #remember(key: string, caller: CallerState, now: number): void {
    this.#callers.delete(key)
    this.#callers.set(key, caller)
    for (const [oldest, each] of this.#callers) {
      if (this.#callers.size <= MAX_CALLERS && !isOver(each, now)) return
      this.#callers.delete(oldest)
    }
  }
}
