import { createCLI, createVitest, parseCLI, type Reporter, type Vitest } from 'vitest/node'
import { copySwaggerUi } from './copy-swagger-ui.ts'
import { messageOf } from './cli-error.ts'
import { readOutcome } from './test-outcome.ts'
import { watchConsole, watchErrorOutput } from './test-output.ts'

// npm test: every argument is Vitest's own, and the last line counts. Without a filter and a project
// it leaves out the projects `long` and `long-node`: npm run test:long runs those.

checkOptions()
const { filter, options } = parseCLI(['vitest', ...process.argv.slice(2)])
if (options.config === undefined && filter.length === 0) options.project ??= ['worker', 'node']
const watch = options.watch ?? false
/** Tests that are left out on purpose, by name or by line, are not missing. */
const narrowed = options.testNamePattern !== undefined || filter.some((name) => /:\d+$/.test(name))

/** Errors that belong to no test, such as one in the setup of the whole run. */
let errors = 0
function noteError(error: unknown): void {
  // Vitest has said already that the filters match no file.
  const said = error instanceof Error && 'code' in error && error.code === 'VITEST_FILES_NOT_FOUND'
  if (!said) console.error(error)
  errors++
}
process.on('uncaughtException', noteError)
process.on('unhandledRejection', noteError)

const unexpected = watch ? [] : watchErrorOutput()
let vitest: Vitest | undefined
try {
  copySwaggerUi()
  const reporters = [options.reporters ?? 'default'].flat()
  vitest = await createVitest({
    ...options,
    reporters: [...reporters, watchConsole(unexpected)] as Reporter[],
    watch,
    run: !watch,
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => void interrupt(vitest!))
  }
  await vitest.start(filter)
} catch (error) {
  noteError(error)
}
if (!watch || vitest === undefined) {
  await vitest?.close().catch(noteError)
  const outcome = vitest
    ? readOutcome(vitest, { narrowed, errors, unexpected })
    : { passed: 0, failed: errors, notes: [] }
  for (const note of outcome.notes) console.log(note)
  console.log(`${outcome.passed} passed, ${outcome.failed} failed`)
  process.exit(outcome.failed > 0 ? 1 : 0)
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
