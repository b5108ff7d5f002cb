import { createCLI, createVitest, parseCLI, type Vitest } from 'vitest/node'
import { copySwaggerUi } from './copy-swagger-ui.ts'
import { messageOf } from './cli-error.ts'

// npm test: every argument is Vitest's own, and the last line counts.

checkOptions()
copySwaggerUi()
const { filter, options } = parseCLI(['vitest', ...process.argv.slice(2)])
const watch = options.watch ?? false
const vitest = await createVitest({ ...options, watch, run: !watch })

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => void interrupt(vitest))
}

try {
  await vitest.start(filter)
} catch (error) {
  // Vitest has said already that the filters match no file.
  const said = error instanceof Error && 'code' in error && error.code === 'VITEST_FILES_NOT_FOUND'
  if (!said) throw error
  process.exitCode = 1
}
if (!watch) {
  const { passed, failed } = count(vitest)
  await vitest.close()
  process.exitCode ??= failed > 0 ? 1 : 0
  console.log(`${passed} passed, ${failed} failed`)
  process.exit()
}

/** An option that Vitest does not know would be passed over in silence. */
function checkOptions(): void {
  const cli = createCLI()
  cli.parse(['node', 'vitest', ...process.argv.slice(2)], { run: false })
  try {
    cli.matchedCommand?.checkUnknownOptions()
  } catch (error) {
    console.error(messageOf(error))
    process.exit(2)
  }
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
