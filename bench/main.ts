import type { Cleanups } from '../dev/cleanups.ts'
import { CliError, messageOf } from '../dev/cli-error.ts'
import { readOptions, USAGE } from './options.ts'
import { goalsTable } from './report/goals.ts'
import { describeMachine, machineLines } from './report/machine.ts'
import { renderSection, writeJson, writeMarkdown } from './report/write.ts'
import { runBench } from './run.ts'

// npm run bench

const stops: Cleanups = []
let stopping: Promise<void> | null = null

/** Cleanups everything in reverse order and ends this process; once, whoever asks. */
function stopAll(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    // Should something hang, the exit handlers end what is left by force.
    setTimeout(() => process.exit(exitCode || 1), 30_000).unref()
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
      try {
        await stop()
      } catch (error) {
        console.error(messageOf(error))
      }
    }
    process.exit(exitCode)
  })()
  return stopping
}

function fail(error: unknown): void {
  if (stopping !== null) return
  const known = error instanceof CliError
  console.error(known ? `\n${error.message}` : error)
  void stopAll(known ? error.exitCode : 1)
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (stopping === null) console.log('\nStopping')
    void stopAll(name === 'SIGINT' ? 130 : 143)
  })
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const options = readOptions(args, process.env['INIT_CWD'])
  if (options.help) return console.log(USAGE)
  const machine = describeMachine(args)
  const run = await runBench(
    options,
    console.log,
    (table) => console.log(`\n${renderSection(table)}\n`),
    stops,
  )
  const goals = goalsTable(run.figures, options.sizes)
  const machineText = machineLines(machine, run.seconds).join('\n')
  console.log(`\n${renderSection(goals)}\n\n${machineText}\n`)
  writeJson(options.out, { machine, ...run, goals })
  console.log(`Wrote ${options.out}`)
  if (options.markdown !== null) {
    const sections = [goals, ...run.tables].map(renderSection)
    await writeMarkdown(options.markdown, [machineText, ...sections].join('\n\n'))
    console.log(`Wrote ${options.markdown}`)
  }
  await stopAll(0)
}

try {
  await main()
} catch (error) {
  fail(error)
}
