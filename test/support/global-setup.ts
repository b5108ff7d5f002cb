import type { TestProject } from 'vitest/node'
import { startTestStack, type TestStack } from './test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
    /** How many times as many iterations as usual; 0 outside of the project `long`. */
    factor: number
  }
}

/** Once per run, in Node: the cluster, its template database, and the endpoints before it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startTestStack()
  project.provide('stack', stack)
  return stop
}
