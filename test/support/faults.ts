import { expect, inject } from 'vitest'
import { isLong } from './iterations.ts'
import type { Step } from './fault-proxy-plan.ts'

const { faultyUrl } = inject('stack')

let plans = 0

/** A way to the database that fails by plan, and what was done on it. */
export interface FaultyPath {
  /** For the setting NEON_FETCH_ENDPOINT. */
  endpoint: string
  /** Requests by what happened to them. */
  steps(): Promise<Partial<Record<Step, number>>>
  /** Waits for work that nobody waits for any more. */
  settled(): Promise<void>
}

/** Plans are written as fault-proxy-plan.ts reads them: `dropped-answer,pass` or `random:0.2`. */
export function faultyPath(plan: string, seed = 'plan'): FaultyPath {
  // Unique in the whole run, and the same in each: a random plan follows from its name.
  const file = expect.getState().testPath?.split('/').at(-1)
  const name = [seed, file, isLong ? 'long' : 'short', ++plans].join('-')
  const url = `${faultyUrl}/faulty/${name}~${plan}`
  const ask = async () => {
    const response = await fetch(url)
    const told: { steps: Partial<Record<Step, number>>; pending: number } = JSON.parse(
      await response.text(),
    )
    return told
  }
  return {
    endpoint: `${url}/sql`,
    steps: async () => (await ask()).steps,
    settled: async () => {
      while ((await ask()).pending > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    },
  }
}
