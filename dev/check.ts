import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleWorker } from './check/bundle.ts'
import { compareBindingTypes, compareVersions } from './check/generated.ts'
import { compareMigrations } from './check/migrations.ts'
import { runNode, runPackage } from './check/tool.ts'
import { messageOf } from './cli-error.ts'

// npm run check: all that can be said of the code without running it. It changes nothing.

const scratch = mkdtempSync(path.join(tmpdir(), 'edgebook-check-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => process.exit(130))
}

const tool = (name: string, ...args: string[]) => runPackage(name, ...args).then(() => '')

/** Each throws what is wrong, and answers what else there is to say. */
const steps: Record<string, () => Promise<string>> = {
  'the code is formatted': () => tool('prettier', '--check', '.'),
  'the linter finds nothing': () => tool('oxlint', '--type-aware', '--deny-warnings'),
  'the types fit': () => tool('typescript', '--noEmit'),
  'the types of the bindings are current': () => compareBindingTypes(),
  'openapi.json is current': () => runNode('dev/openapi.ts', '--check'),
  'openapi.json keeps the rules': () => tool('@redocly/cli', 'lint', 'openapi.json'),
  'the migrations match the schema': () => compareMigrations(scratch),
  'the versions match': () => compareVersions(),
  'the Worker can be bundled': () => bundleWorker(path.join(scratch, 'bundle')),
}

let failed = 0
const start = performance.now()
for (const [name, step] of Object.entries(steps)) {
  const begin = performance.now()
  const { mark, say, details } = await attempt(step)
  console.log(`${mark} ${name.padEnd(38)} ${seconds(begin)}  ${say}`.trimEnd())
  if (details !== '') console.log(`\n${details.replaceAll(/^(?=.)/gm, '    ')}\n`)
}
console.log(
  `\n${failed === 0 ? 'All checks passed' : `${failed} failed`} in ${seconds(start).trim()}`,
)
process.exitCode = failed === 0 ? 0 : 1

async function attempt(step: () => Promise<string>) {
  try {
    return { mark: '✓', say: await step(), details: '' }
  } catch (error) {
    failed++
    return { mark: '✗', say: 'FAILED', details: messageOf(error) }
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s`
}
