import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeOne, type Bucket } from '../../src/rate-limit/gcra.ts'

const limits = fc.record({
  requests: fc.integer({ min: 1, max: 1000 }),
  seconds: fc.integer({ min: 1, max: 3600 }),
})

describe('A bucket of the rate limiter', () => {
  it('lets through at once as many requests as it holds, and not one more', () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 2e12 }), (limit, now) => {
        let bucket: Bucket | undefined
        const wrong = []
        for (let left = limit.requests - 1; left >= 0; left--) {
          const { allowed, remaining, retryMs, bucket: next } = takeOne(bucket, now, limit)
          if (!allowed || remaining !== left || retryMs !== 0)
            wrong.push([left, remaining, retryMs])
          bucket = next
        }
        expect(wrong).toEqual([])
        const refused = takeOne(bucket, now, limit)
        expect(refused.allowed).toBe(false)
        expect(refused.retryMs).toBeGreaterThan(0)
        expect(refused.bucket.backlogMs).toBeCloseTo(bucket!.backlogMs)
      }),
    )
  })

  it('lets the next request through after the time that it tells, and not before', () => {
    fc.assert(
      fc.property(limits, (limit) => {
        let bucket: Bucket | undefined
        const now = 1_700_000_000_000
        for (let i = 0; i < limit.requests; i++) bucket = takeOne(bucket, now, limit).bucket
        const { retryMs } = takeOne(bucket, now, limit)
        expect(takeOne(bucket, now + Math.ceil(retryMs), limit).allowed).toBe(true)
        if (retryMs > 2) expect(takeOne(bucket, now + retryMs - 1, limit).allowed).toBe(false)
      }),
    )
  })

  it('is forgiving by half a millisecond at most, and by a thousandth of a short interval', () => {
    const takeAt = (backlogMs: number, requests: number) =>
      takeOne({ backlogMs, at: 0 }, 0, { requests, seconds: 1 })
    expect(takeAt(0.5, 1)).toMatchObject({ allowed: true, remaining: 0, retryMs: 0 })
    expect(takeAt(0.6, 1)).toMatchObject({ allowed: false, remaining: 0 })
    expect(takeAt(999.001, 1000).allowed).toBe(true)
    expect(takeAt(999.01, 1000).allowed).toBe(false)
  })

  it('does not give back requests when the clock is set back', () => {
    const limit = { requests: 2, seconds: 10 }
    const { bucket } = takeOne(undefined, 60_000, limit)
    const earlier = takeOne(bucket, 30_000, limit)
    expect(earlier).toMatchObject({ allowed: true, remaining: 0, resetMs: 10_000 })
    expect(takeOne(earlier.bucket, 30_000, limit)).toMatchObject({ allowed: false, retryMs: 5000 })
  })

  it('that was filled under a stricter limit counts as empty at most, so that a looser limit works at once', () => {
    const strict = takeOne(undefined, 0, { requests: 1, seconds: 3600 })
    const loose = { requests: 600, seconds: 60 }
    expect(takeOne(strict.bucket, 0, loose).retryMs).toBeLessThanOrEqual(100)
    expect(takeOne(strict.bucket, 100, loose).allowed).toBe(true)
  })

  it('never lets through more than twice what it holds in any window', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 })
    fc.assert(
      fc.property(limits, steps, (limit, waits) => {
        let bucket: Bucket | undefined
        let now = 1_700_000_000_000
        const passed: number[] = []
        for (const wait of waits) {
          now += wait
          const taken = takeOne(bucket, now, limit)
          bucket = taken.bucket
          if (taken.allowed) passed.push(now)
        }
        const window = limit.seconds * 1000
        for (const start of passed) {
          const inside = passed.filter((time) => time >= start && time < start + window).length
          expect(inside).toBeLessThanOrEqual(2 * limit.requests)
        }
      }),
    )
  })
})
