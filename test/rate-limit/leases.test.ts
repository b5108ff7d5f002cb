import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RateLimit } from '../../src/config.ts'
import { takeOne, type Bucket, type Decision } from '../../src/rate-limit/gcra.ts'
import {
  LEASE_MS,
  takeAndLease,
  type LeaseRequest,
  type LeasingBucket,
} from '../../src/rate-limit/lease-grants.ts'
import { Leases } from '../../src/rate-limit/leases.ts'

const START = 1_700_000_000_000
const ROOMY: RateLimit = { requests: 6000, seconds: 60 }

/** A counter that responds at once, and isolates before it. */
function world(limit: RateLimit, count = 1) {
  let bucket: LeasingBucket | undefined
  let hops = 0
  const isolates = Array.from({ length: count }, () => new Leases())

  return {
    send(isolate: number, now: number) {
      const leases = isolates[isolate]!
      const local = leases.take('caller', now)
      if (local) return { decision: local, local: true }
      hops++
      const response = takeAndLease(bucket, now, limit, leases.ask('caller', now))
      if (response.allowed) bucket = response.bucket
      const decision = leases.keep('caller', { askedAt: now, now }, limit, response)
      return { decision, local: false }
    },
    hops: () => hops,
  }
}

const limits = fc.record({
  requests: fc.integer({ min: 1, max: 300 }),
  seconds: fc.integer({ min: 1, max: 120 }),
})
const waits = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 2 * LEASE_MS }) },
)
const steps = fc.array(
  fc.record({ wait: waits, isolate: fc.nat(3), transit: fc.integer({ min: 0, max: 40 }) }),
  { minLength: 50, maxLength: 400 },
)
const skews = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 4, maxLength: 4 })

interface Sent {
  wait: number
  isolate: number
  transit: number
}

/** Sends requests that do not wait for each other, and plays all that happens in its order. */
function run(limit: RateLimit, clocks: readonly number[], sent: readonly Sent[]) {
  let bucket: LeasingBucket | undefined
  const isolates = clocks.map((skew) => ({ skew, leases: new Leases() }))
  const decided: { decision: Decision; at: number; wouldAllow: boolean; local: boolean }[] = []
  const events: { at: number; happen: () => void }[] = []
  let start = START
  for (const { wait, isolate, transit } of sent) {
    start += wait
    const now = start
    const { skew, leases } = isolates[isolate]!
    const send = () => {
      const askedAt = now + skew
      const decision = leases.take('caller', askedAt)
      const wouldAllow = takeOne(bucket, now, limit).allowed
      if (decision) return decided.push({ decision, at: now, wouldAllow, local: true })
      const wish = leases.ask('caller', askedAt)
      const count = () => {
        const at = now + transit
        const response = takeAndLease(bucket, at, limit, wish)
        if (response.allowed) bucket = response.bucket
        decided.push({ decision: response, at, wouldAllow: response.allowed, local: false })
        const end = at + transit
        const keep = () => leases.keep('caller', { askedAt, now: end + skew }, limit, response)
        events.push({ at: end, happen: keep })
      }
      events.push({ at: now + transit, happen: count })
    }
    events.push({ at: now, happen: send })
  }
  while (events.length > 0) {
    const next = events.reduce((first, each) => (each.at < first.at ? each : first))
    events.splice(events.indexOf(next), 1)
    next.happen()
  }
  return decided
}

describe('with leases in several isolates', () => {
  it('no more than a twentieth of the limit passes beyond it, in any stretch of time', () => {
    fc.assert(
      fc.property(limits, skews, steps, (limit, clocks, sent) => {
        const passed = run(limit, clocks, sent).filter(({ decision }) => decision.allowed)
        const intervalMs = (limit.seconds * 1000) / limit.requests
        for (const [first, { at: start }] of passed.entries()) {
          for (const [last, { at: end }] of passed.entries()) {
            if (last < first) continue
            const most = limit.requests * 1.05 + (end - start) / intervalMs
            expect(last - first + 1).toBeLessThanOrEqual(most + 0.01)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('nor when many isolates hold what they have until the counter is full again', () => {
    const limit = { requests: 100, seconds: 1 }
    const { send } = world(limit, 20)
    const isolates = Array.from({ length: 20 }, (_, isolate) => isolate)
    const early = isolates.flatMap((isolate) => [isolate, isolate, isolate, isolate])
    for (const [index, isolate] of early.entries()) send(isolate, START + index * 10)
    const burst = Array.from({ length: 200 }, (_, i) => send(i % 20, START + 1500))
    const passed = burst.filter(({ decision }) => decision.allowed).length
    expect(passed).toBeGreaterThan(100)
    expect(passed).toBeLessThanOrEqual(105)
  })

  it('an isolate refuses by itself only what the counter would refuse too', () => {
    fc.assert(
      fc.property(limits, skews, steps, (limit, clocks, sent) => {
        for (const { decision, local, wouldAllow } of run(limit, clocks, sent)) {
          if (local && !decision.allowed) expect(wouldAllow).toBe(false)
        }
      }),
    )
  })

  it('nobody is refused who has used less than half of the limit', () => {
    fc.assert(
      fc.property(limits, skews, steps, (limit, clocks, sent) => {
        let used: Bucket | undefined
        const window = limit.seconds * 1000
        for (const { decision, at } of run(limit, clocks, sent)) {
          const exact = takeOne(used, at, {
            requests: limit.requests * 2,
            seconds: limit.seconds * 2,
          })
          if (decision.allowed) used = exact.bucket
          else
            expect(exact.resetMs).toBeGreaterThanOrEqual(window / 2 - window / limit.requests - 1)
        }
      }),
    )
  })

  it('limits of less than twenty requests are counted one by one', () => {
    const { send, hops } = world({ requests: 19, seconds: 60 })
    for (let i = 0; i < 19; i++) expect(send(0, START + i).decision.remaining).toBe(18 - i)
    expect(hops()).toBe(19)
    expect(send(0, START + 19).decision.allowed).toBe(false)
  })
})

describe('a lease', () => {
  /** Which of so many requests asked the counter. */
  const asked = (count: number, everyMs: number, limit = ROOMY) => {
    const { send } = world(limit)
    const sent = Array.from({ length: count }, (_, i) => send(0, START + i * everyMs))
    return sent.flatMap(({ local }, index) => (local ? [] : [index]))
  }

  it('grows while it is used up: nobody for the first request, then 1, 2, 4, 8 and 8', () => {
    expect(asked(40, 1)).toEqual([0, 1, 3, 6, 11, 20, 29, 38])
  })

  it('is none for somebody who comes now and then', () => {
    expect(asked(5, LEASE_MS)).toEqual([0, 1, 2, 3, 4])
  })

  it('shrinks to what was used of it when it runs out', () => {
    const { send } = world(ROOMY)
    for (let i = 0; i <= 20; i++) send(0, START + i)
    // One of eight was used in time, so the next lease is one.
    expect(send(0, START + 100).local).toBe(true)
    const later = START + LEASE_MS + 50
    expect([0, 1, 2].map((i) => send(0, later + i).local)).toEqual([false, true, false])
  })

  it('is given below half of the limit, and above it every request is counted', () => {
    const hops = asked(100, 0, { requests: 100, seconds: 60 })
    expect(hops.filter((index) => index < 50).length).toBeLessThan(20)
    expect(hops.filter((index) => index >= 50)).toHaveLength(50)
  })

  it('lets the remaining requests go down by one with each, and never below what is left', () => {
    const { send } = world({ requests: 100, seconds: 60 })
    const told = Array.from({ length: 100 }, () => send(0, START).decision.remaining)
    expect(told).toEqual(Array.from({ length: 100 }, (_, i) => 99 - i))
    expect(send(0, START).decision).toMatchObject({ allowed: false, remaining: 0 })
  })

  it('tells the time until the bucket is full as if every request had been counted', () => {
    const { send } = world({ requests: 100, seconds: 60 })
    const told = Array.from({ length: 30 }, () => send(0, START).decision.resetMs)
    expect(told).toEqual(Array.from({ length: 30 }, (_, i) => (i + 1) * 600))
  })

  it('is asked for by all who come at once, and is over with the first of them', () => {
    const leases = new Leases()
    const isLocal = (now: number) => leases.take('caller', now) !== undefined
    let bucket: LeasingBucket | undefined
    const ask = (askedAt: number) => leases.ask('caller', askedAt)
    const response = (askedAt: number, wish: LeaseRequest) => {
      const { bucket: after, ...said } = takeAndLease(bucket, START, ROOMY, wish)
      bucket = after
      leases.keep('caller', { askedAt, now: START + 20 }, ROOMY, said)
    }
    response(START, ask(START))
    response(START, ask(START + 20))
    expect(isLocal(START + 20)).toBe(true)
    const wishes = [ask(START + 20), ask(START + 20)]
    expect(wishes.map(({ wanted }) => wanted)).toEqual([2, 2])
    response(START + 20, wishes[0]!)
    response(START + 10, wishes[1]!)
    expect([0, 0, 0].map(() => isLocal(START + 10 + LEASE_MS - 1))).toEqual([true, true, true])
    expect(isLocal(START + 10 + LEASE_MS)).toBe(false)
  })

  it('is worth nothing when the clock is set back', () => {
    const { send } = world(ROOMY)
    for (let i = 0; i <= 20; i++) send(0, START)
    expect(send(0, START).local).toBe(true)
    expect(send(0, START - 1).local).toBe(false)
  })

  it('of one isolate leaves the others less, until it is over', () => {
    const limit = { requests: 100, seconds: 60 }
    const first = takeAndLease(undefined, START, limit, { wanted: 8 })
    expect(first.lease?.units).toBe(5)
    const ask = (now: number, used?: typeof first.lease) =>
      takeAndLease(first.bucket, now, limit, { wanted: 8, used }).lease?.units
    expect(ask(START + LEASE_MS)).toBeUndefined()
    expect(ask(START + LEASE_MS + 1)).toBe(5)
    // What was used is out no more; what somebody else says of another lease changes nothing.
    expect(ask(START + 10, { at: START, units: 3 })).toBe(3)
    expect(ask(START + 10, { at: START - 1, units: 3 })).toBeUndefined()
  })
})

describe('a refusal', () => {
  const refused = () => {
    const { send, hops } = world({ requests: 2, seconds: 10 })
    for (let i = 0; i < 3; i++) send(0, START)
    return { send, hops }
  }

  it('holds without asking until the time that it tells, which runs down', () => {
    const { send, hops } = refused()
    const again = send(0, START + 2000)
    expect(again).toMatchObject({ local: true, decision: { allowed: false, retryMs: 3000 } })
    expect(again.decision.resetMs).toBe(8000)
    expect(send(0, START + 4999).local).toBe(true)
    expect(hops()).toBe(3)
    expect(send(0, START + 5000)).toMatchObject({ local: false, decision: { allowed: true } })
  })

  it('is worth nothing when the clock is set back', () => {
    expect(refused().send(0, START - 1).local).toBe(false)
  })
})

describe('what an isolate remembers', () => {
  const response = { allowed: false, remaining: 0, resetMs: 60_000, retryMs: 60_000 }

  it('is bounded, and who was not seen for the longest time goes first', () => {
    const leases = new Leases()
    for (let i = 0; i < 1500; i++) {
      leases.keep(`caller ${i}`, { askedAt: START, now: START }, ROOMY, response)
    }
    expect(leases.size).toBe(1000)
    expect(leases.take('caller 499', START)).toBeUndefined()
    expect(leases.take('caller 500', START)?.allowed).toBe(false)
  })

  it('is forgotten when it is over', () => {
    const leases = new Leases()
    for (let i = 0; i < 100; i++) leases.ask(`idle ${i}`, START)
    expect(leases.size).toBe(100)
    leases.ask('busy', START + LEASE_MS)
    expect(leases.size).toBe(1)
  })
})
