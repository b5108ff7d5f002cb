import { DurableObject } from 'cloudflare:workers'
import type { RateLimit } from '../env.ts'
import { takeOne, type Bucket, type Decision } from './gcra.ts'

const KEY = 'buckets'

/**
 * The counters of one principal, one per policy. Each principal has an object of its own, so that
 * all locations count together and principals do not wait for each other.
 */
export class RateLimiter extends DurableObject {
  #buckets = new Map<string, Bucket>()
  #alarm = false

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    void state.blockConcurrencyWhile(async () => {
      this.#buckets =
        (await state.storage.get<Map<string, Bucket>>(KEY)) ?? new Map<string, Bucket>()
    })
  }

  /** Takes one request of a policy. The limit comes with the call, so a new one counts at once. */
  async take(policy: string, limit: RateLimit): Promise<Decision> {
    const now = Date.now()
    const { bucket, ...decision } = takeOne(this.#buckets.get(policy), now, limit)
    if (decision.allowed) {
      this.#buckets.set(policy, bucket)
      // A counter that is lost in a crash only lets a few requests more through: do not wait for disk.
      void this.ctx.storage.put(KEY, this.#buckets, { allowUnconfirmed: true })
      await this.#sweepLater(now + limit.seconds * 1000)
    }
    return decision
  }

  /** Once every bucket is full again there is nothing to remember, and nothing to pay for. */
  override async alarm(): Promise<void> {
    this.#alarm = false
    const fullAt = [...this.#buckets.values()].map(({ at, backlogMs }) => at + backlogMs)
    const latest = Math.max(0, ...fullAt)
    if (latest > Date.now()) return this.#sweepLater(latest)
    this.#buckets.clear()
    await this.ctx.storage.deleteAll()
  }

  async #sweepLater(time: number): Promise<void> {
    if (this.#alarm) return
    this.#alarm = true
    await this.ctx.storage.setAlarm(time, { allowUnconfirmed: true })
  }
}
