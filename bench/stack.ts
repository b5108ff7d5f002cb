import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAccessTokens } from '../src/access/access-tokens.ts'
import { utcToday } from '../src/lib/calendar.ts'
import { runPackage } from '../dev/check/tool.ts'
import type { Cleanups } from '../dev/cleanups.ts'
import { prepareDatabase } from '../dev/local-database.ts'
import { migrateLocal } from '../dev/migrate.ts'
import { makeTemporaryFolder } from '../dev/postgres-account.ts'
import { removeCluster, startPostgres } from '../dev/postgres.ts'
import { projectFolder } from '../dev/project.ts'
import { removeStaleClusters } from '../dev/remove-stale-clusters.ts'
import { loadData } from './data/load.ts'
import { createUsers, type BenchUser, type BenchUsers } from './data/users.ts'
import { startChild, type Child } from './processes/rpc.ts'
import type { WorkerAddresses, WorkerOptions } from './processes/worker.child.ts'

const PREFIX = 'edgebook-bench-'
const DATABASE = 'edgebook_bench'

/** Milliseconds between a server and its database. */
export const LATENCIES = [0, 20, 80] as const
export const MAX_LATENCY = 80

export type Log = (message: string) => void

/** Everything that is measured, running and filled. */
export interface Stack {
  users: BenchUsers
  /** The last day with transactions. */
  lastDay: string
  superuserUrl: string
  appUrl: string
  loginUrl: string
  secret: string
  endpoint: Child
  worker: Child
  /** The API, in the order of LATENCIES. */
  apiOrigins: string[]
  /** The API with its rate limiter 20 ms away, with and without leases. */
  farLimiterOrigins: { leases: string; 'no leases': string }
  /** Headers with an access token, which is valid for 15 minutes. */
  authorization(user: BenchUser): Promise<{ authorization: string }>
  /** Starts the API once more, in a workerd of its own with an inspector. */
  startInspected(): Promise<{ child: Child; origin: string; worker: string; inspector: string }>
  stops: Cleanups
}

/** Starts everything. `stops` stops what was started, also after an error. */
export async function startStack(
  sizes: readonly number[],
  log: Log,
  stops: Cleanups,
): Promise<Stack> {
  const users = createUsers(sizes)
  const lastDay = utcToday(new Date())
  const { vars, ...bundled } = await bundle(stops)
  const database = await startDatabase(users, lastDay, log, stops)
  const endpoint = startChild(script('endpoint'), stops)
  const endpointUrls: string[] = []
  for (const each of LATENCIES) endpointUrls.push(await endpoint.call<string>('start', each))
  const secret = randomBytes(32).toString('base64url')
  const api = (name: string, latency: number, more: Record<string, string> = {}) => {
    const NEON_FETCH_ENDPOINT = endpointUrls[latency]!
    const secrets = {
      DATABASE_URL: database.appUrl,
      LOGIN_DATABASE_URL: database.loginUrl,
      JWT_SECRET: secret,
    }
    return { name, bindings: { ...vars, ...secrets, NEON_FETCH_ENDPOINT, ...more } }
  }
  const near = LATENCIES.map((latency, index) => api(`api-${latency}`, index))
  const { child: worker, origins } = await startWorkers(
    bundled,
    [
      ...near,
      { ...api('leases', 0), limiterLatencyMs: 20 },
      { ...api('no-leases', 0, { RATE_LIMIT_LEASES: 'false' }), limiterLatencyMs: 20 },
    ],
    false,
    stops,
  )
  return {
    ...database,
    users,
    lastDay,
    secret,
    endpoint,
    worker,
    stops,
    apiOrigins: near.map(({ name }) => origins[name]!),
    farLimiterOrigins: { leases: origins['leases']!, 'no leases': origins['no-leases']! },
    authorization: authorizationWith(secret),
    startInspected: async () => {
      const started = await startWorkers(bundled, [api('inspected', 0)], true, stops)
      return { ...started, worker: 'inspected', origin: started.origins['inspected']! }
    },
  }
}

function authorizationWith(secret: string): Stack['authorization'] {
  const tokens = createAccessTokens([secret], () => new Date())
  return async ({ id, sessionId, role }) => {
    const token = await tokens.issue({ userId: id, sessionId, tokenVersion: 1, role })
    return { authorization: `Bearer ${token}` }
  }
}

type Bundled = Omit<WorkerOptions, 'workers' | 'inspect'>

/** Starts Workers in a workerd of their own. */
async function startWorkers(
  bundled: Bundled,
  workers: WorkerOptions['workers'],
  inspect: boolean,
  stops: Cleanups,
) {
  const child = startChild(script('worker'), stops)
  const options: WorkerOptions = { ...bundled, workers, inspect }
  return { child, ...(await child.call<WorkerAddresses>('start', options)) }
}

const script = (name: string) => path.join(import.meta.dirname, `processes/${name}.child.ts`)

interface WranglerConfig {
  vars: Record<string, string>
  compatibility_date: string
}

/** Bundles the Worker as a deployment does, and reads its settings; all rate limits are raised. */
async function bundle(stops: Cleanups) {
  const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-bundle-'))
  stops.push(() => rmSync(folder, { recursive: true, force: true }))
  await runPackage('wrangler', 'deploy', '--dry-run', `--outdir=${folder}`)
  const { unstable_readConfig: readConfig } = await import('wrangler')
  const file = path.join(projectFolder, 'wrangler.toml')
  const config = readConfig({ config: file }) as WranglerConfig
  const vars = Object.entries(config.vars).map(([name, value]) => [
    name,
    /^RATE_LIMIT_(?!LEASES)/.test(name) ? '999999/1' : value,
  ])
  return {
    bundle: folder,
    compatibilityDate: config.compatibility_date,
    vars: Object.fromEntries(vars) as Record<string, string>,
  }
}

/** Starts PostgreSQL in a temporary folder, migrates a database and fills it. */
async function startDatabase(users: BenchUsers, lastDay: string, log: Log, stops: Cleanups) {
  await removeStaleClusters(PREFIX)
  const dataDir = makeTemporaryFolder(PREFIX)
  stops.push(() => removeCluster(dataDir))
  const aborting = new AbortController()
  const starting = startPostgres({ dataDir, signal: aborting.signal })
  stops.push(async () => {
    aborting.abort()
    const postgres = await starting.catch(() => null)
    await postgres?.stop()
  })
  const postgres = await starting
  const ownerUrl = await prepareDatabase(postgres.url, DATABASE)
  const { appUrl, loginUrl } = await migrateLocal(ownerUrl)
  const superuserUrl = Object.assign(new URL(postgres.url), { pathname: `/${DATABASE}` }).href
  const start = performance.now()
  await loadData(superuserUrl, Object.values(users).flat() as BenchUser[], lastDay)
  log(`Loaded the data in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return { superuserUrl, appUrl, loginUrl }
}
