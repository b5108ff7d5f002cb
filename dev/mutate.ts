import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVitest } from 'vitest/node'
import { CliError, runTool } from './cli-error.ts'
import { boundLoops, mutantsOf, type Mutant } from './mutants.ts'
import { projectFolder } from './project.ts'

/** Pure modules below src/, and the tests below test/ that have to notice a change of each. */
const modules: Record<string, readonly string[]> = {
  'lib/csv/read-records.ts': ['csv/read-records'],
  'lib/buckets.ts': ['dashboard/periods'],
  'dashboard/period.ts': ['dashboard/periods'],
  'lib/money/amounts.ts': ['money/amounts'],
  'lib/money/percentages.ts': ['money/percentages'],
  'dashboard/insights.ts': ['dashboard/figures'],
  'lib/calendar.ts': ['dashboard/dates'],
  'lib/pagination/pages.ts': ['paging/pages'],
  'dashboard/figures.ts': ['dashboard/figures'],
  'lib/pagination/cursor.ts': ['paging/pages'],
  'rate-limit/gcra.ts': ['rate-limit/gcra'],
  'lib/statement/dates.ts': ['statement/dates'],
  'access/permissions.ts': ['auth/permissions'],
  'lib/csv/decode.ts': ['csv/decode'],
  'lib/statement/numbers.ts': ['statement/numbers'],
  'lib/money/currencies.ts': ['money/amounts'],
  'lib/csv/records.ts': ['csv/records'],
}

/** A mutant that takes longer runs without end, which is noticed as well. */
const TIMEOUT_MS = 10_000
const LEAST_KILLED = 0.9

interface Message {
  index: number
  state: 'running' | 'killed' | 'survived'
}

interface Outcome {
  module: string
  mutants: Mutant[]
  survivors: Mutant[]
}

const sourceOf = (module: string) => readFileSync(path.join(projectFolder, 'src', module), 'utf8')

/** In a process of its own: runs the tests of a module for each mutant, beginning with one. */
async function tryMutants(module: string, first: number): Promise<void> {
  const mutants = mutantsOf(sourceOf(module))
  const file = path.join(projectFolder, 'src', module)
  let source: string | undefined
  const vitest = await createVitest(
    {
      root: projectFolder,
      config: false,
      include: modules[module]!.map((name) => `test/${name}.test.ts`),
      setupFiles: ['test/support/fixed-seed.ts'],
      provide: { factor: 0 },
      watch: false,
      fsModuleCache: false,
      pool: 'threads',
      isolate: false,
      maxWorkers: 1,
      bail: 1,
      testTimeout: TIMEOUT_MS,
      reporters: [{}],
      silent: true,
    },
    {
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          transform: (_code, id) => (id === file ? source : undefined),
        },
      ],
    },
  )
  const specifications = await vitest.globTestSpecifications()
  const passes = async () => {
    vitest.invalidateFile(file)
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
    return unhandledErrors.length === 0 && testModules.every((each) => each.ok())
  }
  if (!(await passes())) throw new CliError(`The tests of ${module} fail without a mutant.`)
  for (const [index, mutant] of mutants.entries()) {
    if (index < first) continue
    source = boundLoops(mutant.source)
    process.send!({ index, state: 'running' } satisfies Message)
    const state = (await passes()) ? 'survived' : 'killed'
    process.send!({ index, state } satisfies Message)
  }
  await vitest.close()
  process.exit(0)
}

/** Tries mutants until the last one, or until one hangs. Returns the one after it. */
function tryFrom(module: string, first: number, survived: (index: number) => void) {
  return new Promise<number>((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [module, String(first)], {
      cwd: projectFolder,
      execArgv: [],
    })
    let next = first
    let running = false
    let timer: NodeJS.Timeout | undefined
    child.on('message', ({ index, state }: Message) => {
      clearTimeout(timer)
      next = index + 1
      running = state === 'running'
      if (running) timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
      if (state === 'survived') survived(index)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve(Infinity)
      // A mutant that brings the process down is noticed as well.
      else if (running) resolve(next)
      else reject(new CliError(`The mutants of ${module} could not be tried.`))
    })
  })
}

async function tryModule(module: string): Promise<Outcome> {
  const mutants = mutantsOf(sourceOf(module))
  const survivors: Mutant[] = []
  let next = 0
  while (next < mutants.length) {
    next = await tryFrom(module, next, (index) => survivors.push(mutants[index]!))
  }
  const killed = mutants.length - survivors.length
  console.log(`${killed} of ${mutants.length} killed in src/${module}`)
  const lines = sourceOf(module).split('\n')
  for (const { line, change } of survivors) {
    console.log(`  src/${module}:${line}  ${change}\n    ${lines[line - 1]!.trim()}`)
  }
  return { module, mutants, survivors }
}

async function main(chosen: string[]): Promise<void> {
  const unknown = chosen.find((module) => !(module in modules))
  if (unknown !== undefined) throw new CliError(`Unknown module: ${unknown}`, 2)
  const queue = chosen.length > 0 ? chosen : Object.keys(modules)
  const outcomes: Outcome[] = []
  const lane = async () => {
    for (let module = queue.shift(); module !== undefined; module = queue.shift()) {
      outcomes.push(await tryModule(module))
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane))
  const count = (of: (outcome: Outcome) => Mutant[]) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome).length, 0)
  const [all, alive] = [count(({ mutants }) => mutants), count(({ survivors }) => survivors)]
  const share = (all - alive) / all
  console.log(`${all - alive} of ${all} mutants killed: ${(share * 100).toFixed(1)} %`)
  if (share < LEAST_KILLED) throw new CliError('Too few: write tests that notice the others.')
}

const [module, first] = process.argv.slice(2)
await runTool(() =>
  process.send && first !== undefined
    ? tryMutants(module!, Number(first))
    : main(process.argv.slice(2)),
)
