import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

/** Timers are late by up to so many milliseconds, and later on a busy machine. */
const LATE = 2

/** Waits until `performance.now()` is `due`: by a timer, and the last bit by looking at the clock. */
export async function sleepUntil(due: number): Promise<void> {
  const early = due - performance.now() - LATE
  if (early > 0) await sleep(early)
  while (performance.now() < due) await turn()
}
