import type { TestProject } from 'vitest/node'
import { startTestStack, type TestStack } from '../../dev/test-stack.ts'

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
    /** `npm run test:long`: many more rounds. */
    long: boolean
  }
}

/** Once per run, in Node: the cluster, its template database, and the endpoints before it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startTestStack()
  project.provide('stack', stack)
  project.provide('long', process.env['EDGEBOOK_LONG'] === '1')
  return stop
}
