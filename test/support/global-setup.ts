import type { TestProject } from 'vitest/node'
import { startTestStack, type TestStack } from '../../dev/test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
  }
}

/** Once per run, in Node: the cluster, its template database, and the endpoints before it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startTestStack()
  project.provide('stack', stack)
  return stop
}
