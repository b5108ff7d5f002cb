import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Cleanups } from './cleanups.ts'
import { CliError } from './cli-error.ts'
import { copySwaggerUi } from './copy-swagger-ui.ts'
import { lockFolder } from './folder-lock.ts'
import { makeFolders } from './folders.ts'
import { startLocalDatabase, type LocalDatabase } from './local-database.ts'
import type { DevOptions } from './options.ts'
import { isPortFree } from './ports.ts'
import { removeCluster } from './postgres.ts'
import { handleOf } from './processes.ts'
import { waitUntilReady } from './readiness.ts'
import { devVars, setting } from './settings.ts'
import { readState, removeState, writeState } from './state.ts'
import { startWrangler, stopWrangler } from './wrangler.ts'

/** A development server that is ready. */
export interface DevServer {
  apiUrl: string
  /** Null when the database is not the embedded one. */
  database: LocalDatabase | null
  /** What the Worker calls; null when it finds Neon by itself. */
  neonEndpoint: string | null
  /** Resolves with a reason when a part of it ends by itself. */
  broken: Promise<string>
}

/**
 * Starts everything that `npm run dev` is made of and waits until the API is ready.
 * The signal is aborted before the cleanups run; nothing is started after that.
 */
export async function startDevServer(
  options: DevOptions,
  cleanups: Cleanups,
  signal: AbortSignal,
): Promise<DevServer> {
  const { dataDir, port, endpointPort } = options
  makeFolders(dataDir)
  cleanups.push(lockFolder(dataDir, 'dev'))
  await stopLeftovers(dataDir)
  await checkPort(port, '--port')
  if (endpointPort !== undefined) await checkPort(endpointPort, '--endpoint-port')
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
      LOGIN_DATABASE_URL: setting('LOGIN_DATABASE_URL') ?? database?.loginUrl ?? '',
      JWT_SECRET: setting('JWT_SECRET') ?? readOrMakeSecret(dataDir),
      NEON_FETCH_ENDPOINT: neonEndpoint ?? '',
    },
    vars: options.vars,
  })
  cleanups.push(() => wrangler.stop())
  const apiUrl = `http://127.0.0.1:${port}`
  writeState(dataDir, {
    dev: handleOf(process.pid),
    wrangler: handleOf(wrangler.pid),
    apiUrl,
    ownerUrl: database?.ownerUrl ?? null,
    endpointUrl: database?.endpointUrl ?? null,
  })
  cleanups.push(() => removeState(dataDir))
  const broken = Promise.race([
    wrangler.ended.then(() => 'The Worker (wrangler dev) has ended by itself.'),
    ...(database ? [database.ended.then(() => 'PostgreSQL has ended by itself.')] : []),
  ])
  await waitUntilReady(apiUrl, broken)
  return { apiUrl, database, neonEndpoint, broken }
}

/** Stops what a killed dev server left running; the lock proves that none is running now. */
async function stopLeftovers(dataDir: string): Promise<void> {
  const wrangler = readState(dataDir)?.wrangler
  if (wrangler) await stopWrangler(wrangler)
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
  console.log('Deleting the local data')
  await removeCluster(dataDir)
  makeFolders(dataDir)
  for (const name of ['worker-state', 'jwt-secret']) {
    rmSync(path.join(dataDir, name), { recursive: true, force: true })
  }
}

/** Stored, so that tokens outlive a restart. */
function readOrMakeSecret(dataDir: string): string {
  const file = path.join(dataDir, 'jwt-secret')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}
