import { describe, expect, it } from 'vitest'
import {
  emptyMemory,
  forget,
  isKnown,
  noteAttempt,
  noteSuccess,
  remainingWait,
  waitAfter,
} from '../../src/rate-limit/login-throttle.ts'

const DAY = 86_400_000
const attempts = (count: number, network = 'a', memory = emptyMemory()) => {
  for (let i = 0; i < count; i++) noteAttempt(memory, network, 0)
  return memory
}

describe('The wait before the next login attempt', () => {
  it('is zero for five mistakes, and then doubles up to a quarter of an hour', () => {
    const waits = Array.from({ length: 17 }, (_, failures) => waitAfter(failures) / 1000)
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
    expect(waitAfter(1e6)).toBe(900_000)
  })

  it('runs down with time', () => {
    const memory = attempts(8)
    expect(remainingWait(memory, 'a', 0)).toBe(8000)
    expect(remainingWait(memory, 'a', 3000)).toBe(5000)
    expect(remainingWait(memory, 'a', 8000)).toBe(0)
  })

  it('is separate for each network', () => {
    const memory = attempts(20)
    expect(remainingWait(memory, 'b', 0)).toBe(0)
  })

  it('does not grow when the clock is set back', () => {
    expect(remainingWait(attempts(8), 'a', -DAY)).toBe(8000)
  })

  it('ends with a success', () => {
    const memory = attempts(20)
    noteSuccess(memory, 'a', 0)
    expect(remainingWait(memory, 'a', 0)).toBe(0)
    expect(isKnown(memory, 'a')).toBe(true)
    expect(isKnown(memory, 'b')).toBe(false)
  })
})

describe('The memory of the login throttle', () => {
  it('forgets failures after a day and known networks after ninety', () => {
    const memory = attempts(20)
    noteSuccess(memory, 'b', 0)
    expect(forget(memory, DAY - 1)).toBe(DAY)
    expect(forget(memory, DAY)).toBe(90 * DAY)
    expect(remainingWait(memory, 'a', DAY)).toBe(0)
    expect(forget(memory, 90 * DAY)).toBeUndefined()
    expect(isKnown(memory, 'b')).toBe(false)
  })

  it('is bounded, and the oldest entry is removed first', () => {
    const memory = emptyMemory()
    for (let i = 0; i < 3000; i++) noteAttempt(memory, `n${i}`, i)
    for (let i = 0; i < 300; i++) noteSuccess(memory, `n${i}`, i)
    expect([memory.failures.size, memory.known.size]).toEqual([1000, 50])
    expect(isKnown(memory, 'n299')).toBe(true)
  })
})
