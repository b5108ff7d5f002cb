import { DurableObject } from 'cloudflare:workers'
import type { RateLimit } from '../config.ts'
import type { Decision } from './gcra.ts'
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
  noteAttempt,
  noteSuccess,
  remainingWait,
  type LoginMemory,
} from './login-throttle.ts'

const BUCKETS = 'buckets'
const LOGINS = 'logins'

/**
 * The counters of one principal, one per policy. Each principal has an object of its own, so that
 * all locations count together and principals do not wait for each other. That of an account also
 * remembers how logins went, by network.
 */
export class RateLimiter extends DurableObject {
  #buckets = new Map<string, LeasingBucket>()
  #logins = emptyMemory()
  /** When the alarm is set for; undefined where none is. */
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
   * Takes one request of a policy, and more on lease where the isolate asks for it. The limit comes
   * with the call, so a new one counts at once.
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
      // A counter that is lost in a crash only lets a few requests more through: do not wait for disk.
      void this.ctx.storage.put(BUCKETS, this.#buckets, { allowUnconfirmed: true })
      await this.#sweepBy(now + limit.seconds * 1000)
    }
    return decision
  }

  /**
   * Takes an attempt to log in to this account from a network. Networks wait longer with every
   * failure, each for itself. Those that nobody logged in from share the limit of the account;
   * a known one has a limit of its own, so that strangers cannot lock the owner out.
   */
  async attemptLogin(policy: string, limit: RateLimit, network: string): Promise<Decision> {
    const now = Date.now()
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

  /** The attempt from a network was right: nothing is held against it any more. */
  async loginSucceeded(network: string): Promise<void> {
    const now = Date.now()
    noteSuccess(this.#logins, network, now)
    await this.#keepLogins(now)
  }

  /** Once every bucket is full and every login forgotten, there is nothing left to pay for. */
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

  /** One alarm at a time, the earliest that was asked for. */
  async #sweepBy(time: number): Promise<void> {
    if (this.#alarm !== undefined && this.#alarm <= time) return
    this.#alarm = time
    await this.ctx.storage.setAlarm(time, { allowUnconfirmed: true })
  }
}
