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
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from './cli-error.ts'
import { lockFolder } from './folder-lock.ts'
import { findFreePort, isPortFree } from './ports.ts'
import { chooseAccount, matchOwner, reachableFolder } from './postgres-account.ts'
import { preparePostgres } from './postgres-binaries.ts'
import { openCluster, type Cluster } from './postgres-cluster.ts'
import { checkAborted, programOptions } from './postgres-programs.ts'
import { postgresProcessesIn, signal, waitUntilGone } from './processes.ts'

/** What `startPostgres` takes. */
export interface PostgresOptions {
  dataDir: string
  /** A free port is found when none is given. */
  port?: number
  /** False only for data that nobody needs after a power cut: tests. */
  durable?: boolean
  log?: (message: string) => void
  /** Ends the start; nothing runs any more when `startPostgres` has rejected. */
  signal?: AbortSignal
}

/** A running PostgreSQL. */
export interface Postgres {
  /** Connection string of the owner, who is the superuser. */
  url: string
  port: number
  /** Resolves when the server ends, whoever ended it. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Starts the PostgreSQL of a data folder; what a killed run left behind is cleared first. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const log = options.log ?? (() => {})
  const account = chooseAccount(path.resolve(options.dataDir))
  const home = reachableFolder(path.resolve(options.dataDir), account)
  const unlock = lockFolder(home, 'postgres')
  try {
    if (options.port !== undefined && !(await isPortFree(options.port))) {
      throw new CliError(`Port ${options.port} for PostgreSQL is already taken.`)
    }
    const binaries = preparePostgres(account)
    await clearLeftovers(path.join(home, 'cluster'), log)
    checkAborted(options.signal)
    const cluster = await openCluster(home, binaries, account, options.signal)
    return await launch(cluster, home, options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** Deletes the data that a stopped (or killed) PostgreSQL of this folder has left. */
export async function removeCluster(dataDir: string, log = (_: string) => {}): Promise<void> {
  const account = chooseAccount(path.resolve(dataDir))
  const home = reachableFolder(path.resolve(dataDir), account)
  const unlock = lockFolder(home, 'postgres')
  try {
    await clearLeftovers(path.join(home, 'cluster'), log)
  } catch (error) {
    unlock()
    throw error
  }
  // Only what is known to be PostgreSQL's: somebody may have chosen a folder with other things.
  for (const name of ['cluster', 'cluster.new', 'superuser-password', 'postgres.log']) {
    rmSync(path.join(home, name), { recursive: true, force: true })
  }
  unlock()
  for (const folder of [home, dataDir]) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/** Stops what a killed run left running in this folder, so that nothing else writes to it. */
async function clearLeftovers(folder: string, log: (message: string) => void): Promise<void> {
  if (!existsSync(folder)) return
  const left = () => postgresProcessesIn(folder)
  if (left().length > 0) {
    log('Stopping a PostgreSQL that an earlier run left behind')
    for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      for (const pid of left()) signal(pid, name)
      if (await waitUntilGone(left, 8000)) break
    }
    if (left().length > 0) throw new CliError(`A PostgreSQL in ${folder} does not stop.`)
  }
  if (process.platform === 'win32') return
  // Nothing of ours runs here, so the file names a process that is gone, or another program
  // that got the same id: PostgreSQL would take that for itself and refuse to start.
  rmSync(path.join(folder, 'postmaster.pid'), { force: true })
}

async function launch(
  cluster: Cluster,
  home: string,
  options: PostgresOptions,
  unlock: () => void,
): Promise<Postgres> {
  const logFile = path.join(home, 'postgres.log')
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort())
    // Nothing is waited for between this and the spawn, and from the spawn on it can be stopped.
    checkAborted(options.signal)
    const server = spawnServer(cluster, logFile, port, options.durable ?? true)
    const ended = watch(server)
    if (await waitUntilReady(server, cluster.folder, options.signal)) {
      const unlocked = ended.then(unlock)
      return {
        url: `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
        port,
        ended: unlocked,
        stop: () => stopServer(server, unlocked),
      }
    }
    await stopServer(server, ended)
    checkAborted(options.signal)
    const reason = readFileSync(logFile, 'utf8').trim()
    // Another program may have taken the free port in the meantime.
    if (options.port === undefined && attempt < 5 && reason.includes('could not bind')) continue
    throw new CliError(`PostgreSQL did not start:\n${lastLines(reason, 12)}`)
  }
}

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n')
}

function spawnServer(
  cluster: Cluster,
  logFile: string,
  port: number,
  durable: boolean,
): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    // A socket's path may be at most 107 bytes, which a deep checkout exceeds.
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  const output = openSync(logFile, 'w', 0o600)
  matchOwner(logFile)
  const server = spawn(
    cluster.binaries.program('postgres'),
    ['-D', cluster.folder, '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    {
      ...programOptions(cluster.account, cluster.folder),
      // Its own process group: Ctrl-C in the terminal is for us, who stop it in order.
      detached: true,
      stdio: ['ignore', output, output],
    },
  )
  closeSync(output)
  return server
}

/** Resolves when the server has ended. Should this process end first, the server is told to. */
function watch(server: ChildProcess): Promise<void> {
  const lastResort = () => server.kill('SIGINT')
  process.once('exit', lastResort)
  return new Promise((resolve) => {
    const end = () => {
      process.removeListener('exit', lastResort)
      resolve()
    }
    server.once('exit', end)
    server.on('error', () => {
      // Without an id it never ran.
      if (server.pid === undefined) end()
    })
  })
}

async function waitUntilReady(
  server: ChildProcess,
  folder: string,
  abort: AbortSignal | undefined,
): Promise<boolean> {
  const pidFile = path.join(folder, 'postmaster.pid')
  const end = Date.now() + 60_000
  while (isAlive(server) && abort?.aborted !== true && Date.now() < end) {
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : []
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true
    await sleep(20)
  }
  return false
}

function isAlive(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null
}

async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  // Fast shutdown; then without waiting for a checkpoint; then by force.
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isAlive(server)) return ended
    server.kill(name)
    const timeUp = sleep(8000, 'late', { ref: false })
    if ((await Promise.race([ended, timeUp])) !== 'late') return
  }
}
