import { afterEach, beforeEach, vi } from 'vitest'

/**
 * Stops the clock of the Worker and its Durable Objects for each test of a file, so that no promise
 * about seconds hangs on how fast a machine is. The database has a clock of its own.
 */
export function useClock(): { pass(ms: number): void } {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())
  return { pass: (ms) => void vi.setSystemTime(Date.now() + ms) }
}
