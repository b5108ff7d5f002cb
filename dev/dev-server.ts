import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { copySwaggerUi } from './copy-swagger-ui.ts'
import { devVars, setting } from './settings.ts'
import { CliError } from './cli-error.ts'
import { lockFolder } from './folder-lock.ts'
import { makeFolders } from './folders.ts'
import { startLocalDatabase, type LocalDatabase } from './local-database.ts'
import type { DevOptions } from './options.ts'
import { isPortFree } from './ports.ts'
import { matchOwner } from './postgres-account.ts'
import { removeCluster } from './postgres.ts'
import { processHandleOf } from './processes.ts'
import { waitUntilReady } from './readiness.ts'
import { readState, removeState, writeState } from './state.ts'
import { checkSettings } from './worker-settings.ts'
import { startWrangler, stopWranglerGroup, type Wrangler } from './wrangler.ts'

/** A development server that answers requests. */
export interface DevServer {
  apiUrl: string
  /** Null when the database is not the embedded one. */
  database: LocalDatabase | null
  /** What the Worker calls; null when it finds Neon by itself. */
  neonEndpoint: string | null
  /** Resolves with a reason when a part of it ends by itself. */
  broken: Promise<string>
}

/** Where the parts of the server leave how they are stopped; the last one is stopped first. */
export type Cleanups = (() => Promise<void> | void)[]

/**
 * Starts everything that `npm run dev` is made of and waits until the API is ready.
 * The signal is aborted before the stops are run; nothing is started after that.
 */
export async function startDevServer(
  options: DevOptions,
  cleanups: Cleanups,
  signal: AbortSignal,
): Promise<DevServer> {
  const { dataDir, port } = options
  checkSettings(options.vars)
  makeFolder(dataDir)
  cleanups.push(lockFolder(dataDir, 'dev'))
  await clearLeftovers(dataDir)
  await checkPort(port, '--port')
  if (options.endpointPort !== undefined) await checkPort(options.endpointPort, '--endpoint-port')
  const externalUrl = setting('DATABASE_URL')
  if (options.reset) await reset(dataDir, externalUrl !== undefined)
  copySwaggerUi()

  const database =
    externalUrl === undefined ? await startLocalDatabase(options, cleanups, signal) : null
  const neonEndpoint = setting('NEON_FETCH_ENDPOINT') ?? database?.endpointUrl ?? null
  signal.throwIfAborted()
  console.log('Starting the API')
  const wrangler = startWrangler({
    port,
    dataDir,
    bindings: {
      ...devVars(),
      DATABASE_URL: externalUrl ?? database?.appUrl ?? '',
      JWT_SECRET: setting('JWT_SECRET') ?? ownSecret(dataDir),
      NEON_FETCH_ENDPOINT: neonEndpoint ?? '',
    },
    vars: options.vars,
  })
  cleanups.push(() => wrangler.stop())
  const apiUrl = `http://127.0.0.1:${port}`
  writeState(dataDir, {
    dev: processHandleOf(process.pid),
    wrangler: processHandleOf(wrangler.pid),
    apiUrl,
    ownerUrl: database?.ownerUrl ?? null,
    endpointUrl: database?.endpointUrl ?? null,
  })
  cleanups.push(() => removeState(dataDir))
  const broken = firstToEnd(wrangler, database)
  await waitUntilReady(apiUrl, broken, wrangler.issue)
  return { apiUrl, database, neonEndpoint, broken }
}

function makeFolder(folder: string): void {
  const made = makeFolders(folder)
  if (made !== undefined) matchOwner(made)
}

/** Stops what a dev server left running that was killed; the lock says that none is running. */
async function clearLeftovers(dataDir: string): Promise<void> {
  const wrangler = readState(dataDir)?.wrangler
  if (wrangler) await stopWranglerGroup(wrangler.pid)
  removeState(dataDir)
}

async function checkPort(port: number, option: string): Promise<void> {
  if (await isPortFree(port)) return
  throw new CliError(
    `Port ${port} is already taken by another program. Stop that one, or choose another port: ` +
      `npm run dev -- ${option} ${port + 1}`,
  )
}

async function reset(dataDir: string, external: boolean): Promise<void> {
  if (external) {
    throw new CliError('--reset is for the embedded database, and DATABASE_URL is set.', 2)
  }
  console.log('Throwing the local data away')
  await removeCluster(dataDir)
  makeFolder(dataDir)
  for (const name of ['worker-state', 'jwt-secret']) {
    rmSync(path.join(dataDir, name), { recursive: true, force: true })
  }
}

/** Kept, so that tokens outlive a restart. */
function ownSecret(dataDir: string): string {
  const file = path.join(dataDir, 'jwt-secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
    matchOwner(file)
  }
  return readFileSync(file, 'utf8').trim()
}

function firstToEnd(wrangler: Wrangler, database: LocalDatabase | null): Promise<string> {
  const ends = [wrangler.ended.then(() => 'The Worker (wrangler dev) has ended by itself.')]
  if (database !== null) ends.push(database.ended.then(() => 'PostgreSQL has ended by itself.'))
  return Promise.race(ends)
}
