import type { Settings } from '../config.ts'
import { classifyDatabaseError, type ConstraintErrors, type Outcome } from './errors.ts'
import { startRequest, type DatabaseRequest } from './request-tracking.ts'

export interface BatchOptions {
  isolationLevel: 'RepeatableRead' | 'ReadCommitted'
  readOnly: boolean
  /** Idempotent, so it can be retried even if the outcome is unknown. */
  repeatable: boolean
}

const attemptsAfter = (outcome: Outcome, { repeatable }: BatchOptions): number => {
  if (outcome === 'retry') return 4
  return outcome === 'unknown' && repeatable ? 3 : 1
}

/** Exponential backoff with jitter. */
const pauseAfter = (attempts: number) => 25 * 2 ** attempts * (0.5 + Math.random())
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Retries until success, a permanent error, or the deadline that all attempts share.
 * @throws AppError or IdempotentReplay
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
