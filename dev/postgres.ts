import { spawn, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
} from 'node:fs'
import path from 'node:path'
import { CliError } from './cli-error.ts'
import { lockFolder } from './folder-lock.ts'
import { findFreePort, isPortFree } from './ports.ts'
import { chooseAccount, reachableFolder } from './postgres-account.ts'
import { preparePostgres } from './postgres-binaries.ts'
import { openCluster } from './postgres-cluster.ts'
import { checkAborted, programOptions } from './postgres-programs.ts'
import { postgresProcessesIn, signal as sendSignal, waitUntil } from './processes.ts'

/** What `startPostgres` takes. */
export interface PostgresOptions {
  dataDir: string
  /** By default, a free port is chosen. */
  port?: number
  /** False only for data that may be lost in a power cut, as in tests. */
  durable?: boolean
  log?: (message: string) => void
  /** Ends the start; nothing runs any more when `startPostgres` has rejected. */
  signal?: AbortSignal
}

/** A running PostgreSQL. */
export interface Postgres {
  /** Connection string of the superuser. */
  url: string
  port: number
  /** Resolves when the server ends, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Fast shutdown, then shutdown without a checkpoint, then by force. */
const STOP_SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const
const STOP_TIMEOUT = 8000

/** Starts the PostgreSQL of a data folder. What a killed run left behind is cleared first. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = chooseAccount(path.resolve(options.dataDir))
  const home = reachableFolder(path.resolve(options.dataDir), account)
  const unlock = lockFolder(home, 'postgres')
  try {
    if (options.port !== undefined && !(await isPortFree(options.port))) {
      throw new CliError(`Port ${options.port} for PostgreSQL is already taken.`)
    }
    const binaries = preparePostgres(account)
    await clearLeftovers(path.join(home, 'cluster'), options.log)
    checkAborted(options.signal)
    const cluster = await openCluster(home, binaries, account, options.signal)
    for (let attempt = 1; ; attempt++) {
      const port = options.port ?? (await findFreePort())
      const logFile = path.join(home, 'postgres.log')
      const server = spawnServer({ ...cluster, ...options, logFile, port })
      if (await waitUntilReady(server.process, cluster.folder, options.signal)) {
        const url = `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`
        const ended = server.ended.then(unlock)
        return { url, port, ended, stop: () => stopServer(server.process, ended) }
      }
      await stopServer(server.process, server.ended)
      checkAborted(options.signal)
      const reason = readFileSync(logFile, 'utf8').trim()
      // Another program may have taken the free port in the meantime.
      if (options.port === undefined && attempt < 5 && reason.includes('could not bind')) continue
      throw new CliError(`PostgreSQL did not start:\n${reason.split('\n').slice(-12).join('\n')}`)
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Deletes the data that a stopped (or killed) PostgreSQL of this folder has left. */
export async function removeCluster(dataDir: string): Promise<void> {
  const account = chooseAccount(path.resolve(dataDir))
  const home = reachableFolder(path.resolve(dataDir), account)
  const unlock = lockFolder(home, 'postgres')
  try {
    await clearLeftovers(path.join(home, 'cluster'))
    // The folder may contain other things than PostgreSQL's.
    for (const name of ['cluster', 'cluster.new', 'superuser-password', 'postgres.log']) {
      rmSync(path.join(home, name), { recursive: true, force: true })
    }
  } finally {
    unlock()
  }
  for (const folder of [home, dataDir]) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/** Stops what a killed run left running in this folder, so that nothing else writes to it. */
async function clearLeftovers(folder: string, log?: (message: string) => void): Promise<void> {
  if (!existsSync(folder) || process.platform === 'win32') return
  const left = () => postgresProcessesIn(folder)
  if (left().length > 0) log?.('Stopping a PostgreSQL that an earlier run left behind')
  for (const name of STOP_SIGNALS) {
    for (const pid of left()) sendSignal(pid, name)
    if (await waitUntil(() => left().length === 0, STOP_TIMEOUT)) break
  }
  if (left().length > 0) throw new CliError(`A PostgreSQL in ${folder} does not stop.`)
  // No PostgreSQL runs here, so the file names a process that is gone, or another program with the
  // same id: PostgreSQL would take that for itself and refuse to start.
  rmSync(path.join(folder, 'postmaster.pid'), { force: true })
}

type Cluster = Awaited<ReturnType<typeof openCluster>>
type ServerOptions = Cluster & PostgresOptions & { logFile: string; port: number }

function spawnServer({
  folder,
  binaries,
  account,
  durable,
  logFile,
  port,
  signal,
}: ServerOptions): {
  process: ChildProcess
  ended: Promise<void>
} {
  checkAborted(signal)
  const settings = [
    'listen_addresses=127.0.0.1',
    // A socket's path may have at most 107 bytes, which a deep checkout exceeds.
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable === false ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ]
  const output = openSync(logFile, 'w', 0o600)
  const server = spawn(
    binaries.program('postgres'),
    ['-D', folder, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    { ...programOptions(account, folder), stdio: ['ignore', output, output] },
  )
  closeSync(output)
  const stopAtExit = () => server.kill('SIGINT')
  process.once('exit', stopAtExit)
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      process.removeListener('exit', stopAtExit)
      resolve()
    }
    server.once('exit', end)
    // Without an id it never ran.
    server.on('error', () => server.pid === undefined && end())
  })
  return { process: server, ended }
}

async function waitUntilReady(
  server: ChildProcess,
  folder: string,
  abort: AbortSignal | undefined,
): Promise<boolean> {
  const pidFile = path.join(folder, 'postmaster.pid')
  let ready = false
  await waitUntil(() => {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : []
    ready = Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready'
    return ready || !isAlive(server) || abort?.aborted === true
  }, 60_000)
  return ready
}

const isAlive = ({ pid, exitCode, signalCode }: ChildProcess) =>
  pid !== undefined && exitCode === null && signalCode === null

async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const name of STOP_SIGNALS) {
    if (!isAlive(server)) return ended
    server.kill(name)
    if (await waitUntil(() => !isAlive(server), STOP_TIMEOUT)) return ended
  }
}
