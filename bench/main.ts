import type { Cleanups } from '../dev/cleanups.ts'
import { CliError, messageOf } from '../dev/cli-error.ts'
import { readOptions, USAGE } from './options.ts'
import { goalsTable } from './report/goals.ts'
import { describeRun, toMarkdown, writeJson, writeMarkdown } from './report/report.ts'
import type { Table } from './report/table.ts'
import { runBench } from './run.ts'

// npm run bench

const stops: Cleanups = []
let stopping: Promise<void> | null = null

/** Stops everything in reverse order and ends this process. */
function stopAll(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    // If a stop hangs, the exit handlers kill what is left.
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
  const start = performance.now()
  const print = async ({ tables }: { tables: Table[] }) =>
    console.log(`\n${await toMarkdown(tables)}`)
  const run = await runBench(options, console.log, print, stops)
  const goals = goalsTable(run.metrics, options.sizes)
  const description = describeRun(args, (performance.now() - start) / 1000)
  await print({ tables: [goals] })
  console.log(description)
  writeJson(options.out, { description, ...run, goals })
  console.log(`\nWrote ${options.out}`)
  if (options.markdown !== null) {
    const tables = await toMarkdown([goals, ...run.tables])
    await writeMarkdown(options.markdown, `${description}\n\n${tables}`)
    console.log(`Wrote ${options.markdown}`)
  }
  await stopAll(0)
}

try {
  await main()
} catch (error) {
  fail(error)
}
