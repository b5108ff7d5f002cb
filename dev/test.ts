import { createVitest, parseCLI, type Vitest } from 'vitest/node'
import { copySwaggerUi } from './copy-swagger-ui.ts'

// npm test: every argument is Vitest's own, and the last line counts.

copySwaggerUi()
const { filter, options } = parseCLI(['vitest', ...process.argv.slice(2)], {
  allowUnknownOptions: false,
})
const watch = options.watch ?? false
const vitest = await createVitest({ ...options, watch, run: !watch })

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => void interrupt(vitest))
}

try {
  await vitest.start(filter)
} catch (error) {
  // Vitest has said already that the filters match no file.
  if (!(error instanceof Error && 'code' in error)) throw error
  process.exitCode = 1
}
if (!watch) {
  const { passed, failed } = count(vitest)
  await vitest.close()
  process.exitCode ??= failed > 0 ? 1 : 0
  console.log(`${passed} passed, ${failed} failed`)
  process.exit()
}

async function interrupt(running: Vitest): Promise<void> {
  // Should something hang, the exit still tells PostgreSQL to stop.
  setTimeout(() => process.exit(130), 10_000).unref()
  await running.cancelCurrentRun('keyboard-input')
  await running.close()
  process.exit(130)
}

/** Tests of both projects; a file that could not be loaded counts as one failure. */
function count({ state }: Vitest): { passed: number; failed: number } {
  let passed = 0
  let failed = state.getUnhandledErrors().length
  for (const module of state.getTestModules()) {
    if (module.errors().length > 0) failed++
    for (const test of module.children.allTests()) {
      const result = test.result().state
      if (result === 'passed') passed++
      if (result === 'failed' || result === 'pending') failed++
    }
  }
  return { passed, failed }
}
