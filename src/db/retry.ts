import type { Settings } from '../config.ts'
import { classifyDatabaseError, type ConstraintErrors, type Outcome } from './errors.ts'
import { startRequest, type DatabaseRequest } from './request-tracking.ts'

/** How a batch is run. */
export interface BatchOptions {
  isolationLevel: 'RepeatableRead' | 'ReadCommitted'
  readOnly: boolean
  /** Doing it twice is doing it once, so it may be tried again when nobody knows what happened. */
  repeatable: boolean
}

const attemptsAfter = (outcome: Outcome, { repeatable }: BatchOptions): number => {
  if (outcome === 'retry') return 4
  return outcome === 'unknown' && repeatable ? 3 : 1
}

/** Longer each time, and never in step with others who failed at the same moment. */
const pauseAfter = (attempts: number) => 25 * 2 ** attempts * (0.5 + Math.random())
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Tries until it passes, fails for good, or the deadline of all attempts together is near.
 * @throws AppError or IdempotentReplay, whatever was thrown inside
 */
export async function withRetry<T>(
  settings: Settings,
  options: BatchOptions,
  constraints: ConstraintErrors,
  attempt: (request: DatabaseRequest) => Promise<T>,
): Promise<T> {
  const end = Date.now() + settings.DATABASE_DEADLINE_MS
  for (let attempts = 1; ; attempts++) {
    const request = startRequest(settings.NEON_FETCH_ENDPOINT, Math.max(1, end - Date.now()))
    try {
      return await attempt(request)
    } catch (cause) {
      const { outcome, error } = classifyDatabaseError(cause, request.sent, constraints)
      const pause = pauseAfter(attempts)
      const late = Date.now() + pause >= end
      if (late || attempts >= attemptsAfter(outcome, options)) throw error
      await sleep(pause)
    }
  }
}
