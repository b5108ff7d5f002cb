import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createAccessTokens } from '../src/access/access-tokens.ts'
import { utcToday } from '../src/lib/calendar.ts'
import { runPackage } from '../dev/check/tool.ts'
import type { Cleanups } from '../dev/cleanups.ts'
import { CliError } from '../dev/cli-error.ts'
import { prepareDatabase } from '../dev/local-database.ts'
import { migrate } from '../dev/migrate.ts'
import { makeTemporaryFolder } from '../dev/postgres-account.ts'
import { removeCluster, startPostgres } from '../dev/postgres.ts'
import { projectFolder } from '../dev/project.ts'
import { urlFor } from '../dev/settings.ts'
import { removeStaleClusters } from '../dev/remove-stale-clusters.ts'
import { loadData } from './data/load.ts'
import { makePeople, type People, type Person } from './data/people.ts'
import { startChild, type Child } from './processes/parent.ts'
import type { WorkerAddresses, WorkerOptions } from './processes/worker.child.ts'

const PREFIX = 'edgebook-bench-'
const BUNDLE = 'edgebook-bundle-'
const DATABASE = 'edgebook_bench'

/** The distances between Worker and database that are measured, in milliseconds. */
export const DISTANCES = [0, 20, 80] as const
export type Distance = (typeof DISTANCES)[number]

/** Everything that is measured, running and filled. */
export interface Stack {
  people: People
  /** The last day that has rows. */
  until: string
  superuserUrl: string
  appUrl: string
  endpoint: Child
  /** Where the local Neon endpoint answers, at each distance. */
  endpoints: Record<Distance, string>
  worker: Child
  /** Where the API answers, at each distance from its database. */
  api: Record<Distance, string>
  /** A Worker in the same workerd that answers `hello`. */
  hello: string
  secret: string
  /** An access token of somebody, good for 15 minutes. */
  token(person: Person): Promise<string>
  /** Starts the API once more, alone in a workerd with an inspector. */
  startInspected(): Promise<{ child: Child; origin: string; inspector: string }>
  stops: Cleanups
}

const limits = ['LOGIN_ADDRESS', 'LOGIN_ACCOUNT', 'ANONYMOUS', 'READ', 'WRITE', 'EXPENSIVE']
const roomyLimits = Object.fromEntries(limits.map((name) => [`RATE_LIMIT_${name}`, '999999/1']))

/** Removes what runs that were killed have bundled. */
function sweepBundles(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(BUNDLE))) {
    const folder = path.join(tmpdir(), name)
    const { uid, mtimeMs } = statSync(folder)
    const isOwn = uid === (process.getuid?.() ?? 0)
    if (isOwn && Date.now() - mtimeMs > 3_600_000) rmSync(folder, { recursive: true, force: true })
  }
}

/** Bundles the Worker as a deployment would, and reads how it is to run. */
async function bundle(stops: Cleanups) {
  sweepBundles()
  const folder = mkdtempSync(path.join(tmpdir(), BUNDLE))
  stops.push(() => rmSync(folder, { recursive: true, force: true }))
  await runPackage('wrangler', 'deploy', '--dry-run', `--outdir=${folder}`)
  const settings = readFileSync(path.join(projectFolder, 'wrangler.toml'), 'utf8')
  const date = /^compatibility_date = "(.*)"$/m.exec(settings)?.[1]
  if (date === undefined) throw new CliError('wrangler.toml has no compatibility_date.')
  const names = /^\[vars\]\n([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(settings)?.[1] ?? ''
  const vars = Object.fromEntries(
    [...names.matchAll(/^(\w+) = "(.*)"$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  return { folder, compatibilityDate: date, vars }
}

/** Starts PostgreSQL on a folder of its own, migrates it and fills it. */
async function startDatabase(people: People, until: string, log: Log, stops: Cleanups) {
  await removeStaleClusters(PREFIX)
  const dataDir = makeTemporaryFolder(PREFIX)
  stops.push(() => removeCluster(dataDir))
  const aborting = new AbortController()
  const starting = startPostgres({ dataDir, signal: aborting.signal })
  stops.push(async () => {
    aborting.abort()
    await starting.then(
      (postgres) => postgres.stop(),
      () => {},
    )
  })
  const postgres = await starting
  const ownerUrl = await prepareDatabase(postgres.url, DATABASE)
  const appPassword = randomBytes(24).toString('base64url')
  await migrate(ownerUrl, { appPassword })
  const superuserUrl = Object.assign(new URL(postgres.url), { pathname: `/${DATABASE}` }).href
  const everybody = Object.values(people).flat() as Person[]
  const rows = everybody.reduce((sum, person) => sum + person.rows, 0)
  const start = performance.now()
  await loadData(superuserUrl, everybody, until)
  const seconds = (performance.now() - start) / 1000
  log(`Loaded ${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s`)
  return { superuserUrl, appUrl: urlFor(ownerUrl, 'app', appPassword) }
}

export type Log = (message: string) => void

/** Starts everything. What has been started is stopped by `stops`, also where the start fails. */
export async function startStack(
  sizes: readonly number[],
  log: Log,
  stops: Cleanups,
): Promise<Stack> {
  const people = makePeople(sizes)
  const until = utcToday(new Date())
  const bundled = await bundle(stops)
  const database = await startDatabase(people, until, log, stops)
  const endpoint = startChild(path.join(import.meta.dirname, 'processes/endpoint.child.ts'), stops)
  const secret = randomBytes(32).toString('base64url')
  const workers: WorkerOptions['workers'] = []
  const endpoints: Record<Distance, string> = { 0: '', 20: '', 80: '' }
  for (const distance of DISTANCES) {
    const NEON_FETCH_ENDPOINT = await endpoint.call<string>('start', distance)
    endpoints[distance] = NEON_FETCH_ENDPOINT
    const secrets = { DATABASE_URL: database.appUrl, JWT_SECRET: secret }
    const bindings = { ...bundled.vars, ...roomyLimits, ...secrets, NEON_FETCH_ENDPOINT }
    workers.push({ name: `api-${distance}`, bindings })
  }
  const startWorker = async (which: WorkerOptions['workers'], inspect: boolean) => {
    const child = startChild(path.join(import.meta.dirname, 'processes/worker.child.ts'), stops)
    const { folder, compatibilityDate } = bundled
    const options: WorkerOptions = { bundle: folder, compatibilityDate, workers: which, inspect }
    return { child, ...(await child.call<WorkerAddresses>('start', options)) }
  }
  const { child: worker, origins } = await startWorker(workers, false)
  const origin = (name: string) => origins[name] ?? ''
  const tokens = createAccessTokens([secret], () => new Date())
  return {
    ...database,
    people,
    until,
    endpoint,
    endpoints,
    worker,
    api: { 0: origin('api-0'), 20: origin('api-20'), 80: origin('api-80') },
    hello: origin('hello'),
    secret,
    stops,
    token: ({ id, sessionId, role }) =>
      tokens.issue({ userId: id, sessionId, tokenVersion: 1, role }),
    startInspected: async () => {
      const started = await startWorker(workers.slice(0, 1), true)
      const { child, inspector } = started
      return { child, origin: started.origins['api-0'] ?? '', inspector: inspector ?? '' }
    },
  }
}
