import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CliError, runTool } from '../dev/cli-error.ts'
import { runWithCleanups } from '../dev/cleanups.ts'
import { projectFolder } from '../dev/project.ts'
import type { WorkerManifest } from './worker-manifest.ts'

// The program of the image: container/build.ts bundles it.

const USAGE = `edgebook [command]

  serve         runs the API (default)
  migrate       brings the database up to date, as its owner
  admin:create  creates an admin, as the owner of the database
  healthcheck   ends with 0 when the API on this machine is ready
  --help        this text

  docs/self-hosting.md lists the settings.`

const readManifest = () =>
  JSON.parse(readFileSync(path.join(projectFolder, 'worker.json'), 'utf8')) as WorkerManifest

// Each loads only what it needs, so that the health check starts fast.
const commands: Record<string, () => Promise<void>> = {
  serve: async () => {
    const { serve } = await import('./serve.ts')
    await runWithCleanups((cleanups, signal) => serve(readManifest(), cleanups, signal), {
      stoppedCode: 0,
    })
  },
  migrate: async () => {
    const { readOwnerSettings } = await import('./settings.ts')
    const { migrateDatabase } = await import('./migrate.ts')
    await runTool(async () => {
      const { values, owner } = readOwnerSettings(process.env, readManifest())
      await migrateDatabase(values, owner, new AbortController().signal)
    })
  },
  'admin:create': async () => {
    const { readOwnerSettings } = await import('./settings.ts')
    const { ownerTarget } = await import('./migrate.ts')
    const { createAdmin } = await import('../dev/create-admin.ts')
    await runTool(async () => {
      const { values, owner } = readOwnerSettings(process.env, readManifest())
      await createAdmin(ownerTarget(owner), values)
    })
  },
  healthcheck: async () => {
    const { checkHealth } = await import('./health-check.ts')
    await runTool(() => checkHealth(process.env))
  },
  '--help': () => Promise.resolve(console.log(USAGE)),
}

const [name = 'serve', ...others] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command === undefined || others.length > 0) {
  await runTool(() =>
    Promise.reject(new CliError(`Unknown: ${[name, ...others].join(' ')}\n\n${USAGE}`, 2)),
  )
} else await command()
