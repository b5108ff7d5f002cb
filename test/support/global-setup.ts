import type { TestProject } from 'vitest/node'
import { startTestStack, type TestStack } from '../../dev/test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
    /** Whether this is the project `long`. */
    long: boolean
    /** How many times as many iterations as usual. */
    rounds: number
  }
}

/** Once per run, in Node: the cluster, its template database, and the endpoints before it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startTestStack()
  project.provide('stack', stack)
  project.provide('rounds', readRounds(process.env['EDGEBOOK_ROUNDS']))
  return stop
}

function readRounds(text = '1'): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('EDGEBOOK_ROUNDS must be from 1 to 9999')
  return Number(text)
}
