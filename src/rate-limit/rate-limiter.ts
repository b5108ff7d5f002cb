import { DurableObject } from 'cloudflare:workers'
import type { RateLimit } from '../config.ts'
import { takeOne, type Decision } from './gcra.ts'
import {
  takeAndLease,
  type LeaseDecision,
  type LeaseRequest,
  type LeasingBucket,
} from './lease-grants.ts'
import {
  emptyMemory,
  forget,
  isKnown,
  mayPass,
  noteAttempt,
  noteSuccess,
  remainingWait,
  spend,
  summarize,
  type LoginAttempts,
  type LoginMemory,
} from './login-throttle.ts'

const BUCKETS = 'buckets'
const LOGINS = 'logins'

/**
 * The counters of one principal, one per policy. One object per principal, so that all locations
 * count together and principals do not wait for each other. The object of an account also remembers
 * login attempts by network.
 */
export class RateLimiter extends DurableObject {
  #buckets = new Map<string, LeasingBucket>()
  #logins = emptyMemory()
  /** Time of the alarm, if one is set. */
  #alarm: number | undefined

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    void state.blockConcurrencyWhile(async () => {
      const { storage } = state
      const buckets = await storage.get<Map<string, LeasingBucket>>(BUCKETS)
      this.#buckets = buckets ?? new Map<string, LeasingBucket>()
      this.#logins = (await storage.get<LoginMemory>(LOGINS)) ?? emptyMemory()
      this.#alarm = (await storage.getAlarm()) ?? undefined
    })
  }

  /**
   * Takes one request of a policy, and a lease if requested. The limit is an argument, so that a new
   * one applies at once.
   */
  async take(
    policy: string,
    limit: RateLimit,
    lease: LeaseRequest = { wanted: 0 },
  ): Promise<LeaseDecision> {
    const now = Date.now()
    const before = this.#buckets.get(policy)
    const { bucket, ...decision } = takeAndLease(before, now, limit, lease)
    if (decision.allowed) {
      this.#buckets.set(policy, bucket)
      // Unconfirmed: a counter lost in a crash only lets a few more requests through.
      void this.ctx.storage.put(BUCKETS, this.#buckets, { allowUnconfirmed: true })
      await this.#sweepBy(now + limit.seconds * 1000)
    }
    return decision
  }

  /**
   * Counts an attempt to log in to this account. Each network waits longer with each of its failures.
   * Unknown networks share the limit of the account; a known one has its own, so that an attacker
   * cannot lock the owner out. A device or an unlock has its own wherever it is, until it fails too
   * often; `countedFor` says which one was used.
   */
  async attemptLogin(
    policy: string,
    limit: RateLimit,
    network: string,
    passes: readonly string[],
  ): Promise<Decision & { countedFor: string }> {
    const now = Date.now()
    for (const pass of passes) {
      if (!mayPass(this.#logins, pass)) continue
      const decision = await this.take(`${policy} ${pass}`, limit)
      if (!decision.allowed) continue
      noteAttempt(this.#logins, pass, now)
      await this.#keepLogins(now)
      return { ...decision, countedFor: pass }
    }
    const decision = await this.#attemptFrom(network, policy, limit, now)
    return { ...decision, countedFor: network }
  }

  async #attemptFrom(
    network: string,
    policy: string,
    limit: RateLimit,
    now: number,
  ): Promise<Decision> {
    const waitMs = remainingWait(this.#logins, network, now)
    if (waitMs > 0) return { allowed: false, remaining: 0, resetMs: waitMs, retryMs: waitMs }
    const known = isKnown(this.#logins, network)
    const decision = await this.take(known ? `${policy} ${network}` : policy, limit)
    if (decision.allowed) {
      noteAttempt(this.#logins, network, now)
      await this.#keepLogins(now)
    }
    return decision
  }

  /** Clears the failures of a network, and of the device that was used; an unlock works once. */
  async loginSucceeded(network: string, countedFor: string, once: boolean): Promise<void> {
    const now = Date.now()
    noteSuccess(this.#logins, network, now)
    if (once) spend(this.#logins, countedFor, now)
    else this.#logins.failures.delete(countedFor)
    await this.#keepLogins(now)
  }

  /** What is known of attempts to log in to this account. */
  loginAttempts(policy: string, limit: RateLimit): LoginAttempts & { retryMs: number } {
    const now = Date.now()
    forget(this.#logins, now)
    return {
      ...summarize(this.#logins),
      retryMs: takeOne(this.#buckets.get(policy), now, limit).retryMs,
    }
  }

  /** Removes expired state; deletes the storage when nothing is left, so that it costs nothing. */
  override async alarm(): Promise<void> {
    this.#alarm = undefined
    const now = Date.now()
    for (const [policy, { at, backlogMs }] of this.#buckets) {
      if (at + backlogMs <= now) this.#buckets.delete(policy)
    }
    const logins = forget(this.#logins, now)
    const fullAt = [...this.#buckets.values()].map(({ at, backlogMs }) => at + backlogMs)
    const next = [...(logins === undefined ? [] : [logins]), ...fullAt]
    if (next.length === 0) return this.ctx.storage.deleteAll()
    await this.ctx.storage.put({ [BUCKETS]: this.#buckets, [LOGINS]: this.#logins })
    await this.#sweepBy(Math.max(now + 1000, fullAt.length > 0 ? Math.max(...fullAt) : logins!))
  }

  async #keepLogins(now: number): Promise<void> {
    void this.ctx.storage.put(LOGINS, this.#logins, { allowUnconfirmed: true })
    const next = forget(this.#logins, now)
    if (next !== undefined) await this.#sweepBy(next)
  }

  /** There is one alarm per object: keeps the earliest. */
  async #sweepBy(time: number): Promise<void> {
    if (this.#alarm !== undefined && this.#alarm <= time) return
    this.#alarm = time
    await this.ctx.storage.setAlarm(time, { allowUnconfirmed: true })
  }
}
