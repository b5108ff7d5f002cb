import type { TestModule, Vitest } from 'vitest/node'

/** The figures of the last line, and what else there is to say about a run that failed. */
export interface Outcome {
  passed: number
  failed: number
  notes: string[]
}

/**
 * Counts everything that prevents success: a test that failed or did not run, a hook or a file that
 * failed, and every error outside of tests. `narrowed` is a run that was told which tests to leave
 * out; `unexpected` is what was written as an error.
 */
export function readOutcome(
  vitest: Vitest,
  { narrowed, errors, unexpected }: { narrowed: boolean; errors: number; unexpected: string[] },
): Outcome {
  const outcome: Outcome = { passed: 0, failed: errors, notes: [] }
  outcome.failed += vitest.state.getUnhandledErrors().length
  for (const module of vitest.state.getTestModules()) addModule(outcome, module, narrowed)
  if (outcome.passed + outcome.failed === 0) {
    outcome.failed = 1
    outcome.notes.push('No test ran')
  }
  // Vitest knows of failures that belong to no test: coverage below its threshold, a reporter.
  if (outcome.failed === 0 && (process.exitCode ?? 0) !== 0) outcome.failed = 1
  // What a run that failed writes is about its failures.
  if (outcome.failed === 0 && unexpected.length > 0) {
    outcome.failed = 1
    outcome.notes.push(
      `All tests passed, but this was written as an error:\n${unexpected.join('\n')}`,
    )
  }
  return outcome
}

function addModule(outcome: Outcome, module: TestModule, narrowed: boolean): void {
  const name = module.relativeModuleId
  const broken = [module, ...module.children.allSuites()].filter((suite) => suite.errors().length)
  outcome.failed += broken.length
  const unfinished = ['queued', 'pending'].includes(module.state())
  const tests = [...module.children.allTests()]
  if (unfinished && broken.length === 0) {
    outcome.failed++
    outcome.notes.push(`Not run to its end: ${name}`)
  }
  for (const test of tests) {
    const { state } = test.result()
    if (state === 'passed') outcome.passed++
    else if (state === 'failed') outcome.failed++
    else if (!narrowed || state === 'pending' || test.options.mode === 'run') {
      outcome.failed++
      outcome.notes.push(`Not run: ${name} > ${test.fullName}`)
    }
  }
}
