import { createRequire } from 'node:module'
import path from 'node:path'
import { CliError } from '../dev/cli-error.ts'
import { projectFolder } from '../dev/project.ts'

/** What the server has to know of wrangler.toml. */
export interface WorkerManifest {
  compatibilityDate: string
  compatibilityFlags: string[]
  /** Names of variables with their defaults. */
  vars: Record<string, string>
  secrets: string[]
  durableObjects: { name: string; class_name: string }[]
  /** The nightly run: minutes and hours, UTC. */
  cron: { text: string; minute: number; hour: number }
  assets: string
}

interface RawConfig {
  compatibility_date?: string
  compatibility_flags?: string[]
  vars?: Record<string, unknown>
  secrets?: { required?: string[] }
  durable_objects?: { bindings?: WorkerManifest['durableObjects'] }
  triggers?: { crons?: string[] }
  assets?: { directory?: string }
}

// Its types do not say what it returns.
const wrangler = createRequire(import.meta.url)('wrangler') as {
  experimental_readRawConfig(options: { config: string }): { rawConfig: RawConfig }
}

/** Optional, and so not among those that wrangler.toml requires. */
const OPTIONAL_SECRETS = ['JWT_SECRET_PREVIOUS']

/** What the build knows how to translate. The rest would be missing in the container. */
const KNOWN = new Set(
  `name main compatibility_date compatibility_flags workers_dev minify keep_names upload_source_maps build
  alias assets durable_objects migrations observability triggers vars secrets`.split(/\s+/),
)

/** Reads wrangler.toml. @throws CliError for what the container cannot run */
export function readWorkerManifest(): WorkerManifest {
  const file = path.join(projectFolder, 'wrangler.toml')
  const { rawConfig: config } = wrangler.experimental_readRawConfig({ config: file })
  const unknown = Object.keys(config).filter((key) => !KNOWN.has(key))
  const { directory, ...others } = config.assets ?? {}
  unknown.push(...Object.keys(others).map((key) => `assets.${key}`))
  if (unknown.length > 0) {
    throw new CliError(
      `The container does not know ${unknown.join(', ')} of wrangler.toml: see container/worker-manifest.ts.`,
    )
  }
  return {
    compatibilityDate: config.compatibility_date ?? '',
    compatibilityFlags: config.compatibility_flags ?? [],
    vars: Object.fromEntries(
      Object.entries(config.vars ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    secrets: [...(config.secrets?.required ?? []), ...OPTIONAL_SECRETS],
    durableObjects: config.durable_objects?.bindings ?? [],
    cron: readCron(config.triggers?.crons ?? []),
    assets: path.join(projectFolder, directory ?? 'public'),
  }
}

function readCron(crons: string[]): WorkerManifest['cron'] {
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(crons[0] ?? '') ?? []
  if (minute === undefined || hour === undefined || crons.length !== 1) {
    throw new CliError('The container runs one cron trigger a day, such as "17 3 * * *".')
  }
  return { text: crons[0]!, minute: Number(minute), hour: Number(hour) }
}
