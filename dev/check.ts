import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { bundleWorker } from './check/bundle.ts'
import { compareBindingTypes, compareVersions } from './check/generated.ts'
import { compareMigrations } from './check/migrations.ts'
import { runNode, runPackage } from './check/tool.ts'
import { checkWords } from './check/words.ts'
import { checkWorkflows } from './check/workflows.ts'
import { messageOf } from './cli-error.ts'

// npm run check: every check that does not run the code. It changes nothing.

const scratch = mkdtempSync(path.join(tmpdir(), 'edgebook-check-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => process.exit(130))
}

const tool = (name: string, ...args: string[]) => runPackage(name, ...args).then(() => '')

/** The slowest first. Each throws what is wrong, or returns what else there is to say. */
const steps: Record<string, () => Promise<string>> = {
  'the code is formatted': () => tool('prettier', '--check', '.'),
  'the linter finds nothing': () => tool('oxlint', '--type-aware', '--deny-warnings'),
  'the words are the usual ones': () => Promise.resolve().then(checkWords),
  'the workflows are safe': () => Promise.resolve().then(checkWorkflows),
  'the types fit': () => tool('typescript', '--noEmit'),
  'the Worker can be bundled': () => bundleWorker(path.join(scratch, 'bundle')),
  'openapi.json is current': () => runNode('dev/openapi.ts', '--check'),
  'the types of the bindings are current': compareBindingTypes,
  'the migrations match the schema': () => compareMigrations(scratch),
  'openapi.json keeps the rules': () => tool('@redocly/cli', 'lint', 'openapi.json'),
  'the versions match': compareVersions,
}

const start = performance.now()
const waiting = Object.entries(steps)
let failed = 0

async function runSteps(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, step] = next
    const begin = performance.now()
    try {
      const said = await step()
      console.log(`✓ ${name.padEnd(38)} ${seconds(begin)}  ${said}`.trimEnd())
    } catch (error) {
      failed++
      const details = messageOf(error).replaceAll(/^(?=.)/gm, '    ')
      console.log(`✗ ${name.padEnd(38)} ${seconds(begin)}  FAILED\n\n${details}\n`)
    }
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, runSteps))
const result = failed === 0 ? 'All checks passed' : `${failed} failed`
console.log(`\n${result} in ${seconds(start).trim()}`)
process.exitCode = failed === 0 ? 0 : 1

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`
}
