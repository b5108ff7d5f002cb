import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { removeCluster, startPostgres } from '../../dev/postgres.ts'
import { postgresProcessesIn, signal, startOf } from '../../dev/processes.ts'
import { projectFolder } from '../../dev/project.ts'

// A path as awkward as a home folder can be: a space, and a letter that is not ASCII.
const parent = makeTemporaryFolder('edgebook pg tëst ')
const dataDir = path.join(parent, 'data')
const cluster = () => path.join(dataDir, 'cluster')
const pidFile = () => path.join(cluster(), 'postmaster.pid')
const start = (log?: (message: string) => void) =>
  startPostgres({ dataDir, durable: false, ...(log === undefined ? {} : { log }) })

beforeAll(async () => {
  const first = await start()
  await query(first.url, 'create table stored (n int); insert into stored values (42)')
  await first.stop()
})
afterAll(async () => {
  await removeCluster(dataDir)
  expect(existsSync(dataDir)).toBe(false)
  rmSync(parent, { recursive: true, force: true })
})

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Starts PostgreSQL in a process of its own, which can then be killed. */
async function startElsewhere(): Promise<() => Promise<void>> {
  const script = `
    const { startPostgres } = await import(process.argv[1])
    await startPostgres({ dataDir: process.argv[2], durable: false })
    console.log('started')
    setInterval(() => {}, 1000)`
  const module = path.join(projectFolder, 'dev', 'postgres.ts')
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, dataDir])
  await once(child.stdout, 'data')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

/** Every PostgreSQL process of this folder, also of a cluster that is being made. */
function processesOf(folder: string): number[] {
  const places = ['cluster', 'cluster.new'].map((name) => path.join(folder, name))
  return places.filter((place) => existsSync(place)).flatMap(postgresProcessesIn)
}

async function waitForFile(file: string): Promise<void> {
  const end = Date.now() + 60_000
  while (!existsSync(file) && Date.now() < end) await sleep(5)
  expect(existsSync(file)).toBe(true)
}

// What is in the folder when the start has come so far: before, in and after initdb, and when
// the server writes its first file.
const moments = ['postgres.lock', 'cluster.new/PG_VERSION', 'cluster', 'cluster/postmaster.pid']

describe.each(moments)('A first start of PostgreSQL that is stopped when there is %s', (moment) => {
  it('leaves nothing running, and the next start works', async () => {
    const folder = path.join(parent, `stopped ${moments.indexOf(moment)}`)
    const abort = new AbortController()
    const starting = startPostgres({ dataDir: folder, durable: false, signal: abort.signal })
    const outcome = starting.then(
      (postgres) => postgres.stop(),
      (error: Error) => error.message,
    )
    await waitForFile(path.join(folder, moment))
    abort.abort()
    expect([undefined, 'The start of PostgreSQL was stopped.']).toContain(await outcome)
    expect(processesOf(folder)).toEqual([])

    const postgres = await startPostgres({ dataDir: folder, durable: false })
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
    await removeCluster(folder)
  })

  it('leaves nothing running either when the process just exits', async () => {
    const folder = path.join(parent, `exited ${moments.indexOf(moment)}`)
    const script = `
      const { startPostgres } = await import(process.argv[1])
      process.once('SIGTERM', () => process.exit(7))
      await startPostgres({ dataDir: process.argv[2], durable: false })`
    const module = path.join(projectFolder, 'dev', 'postgres.ts')
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, folder])
    await waitForFile(path.join(folder, moment))
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([7, null])
    await expect.poll(() => processesOf(folder), { timeout: 8000 }).toEqual([])
    await removeCluster(folder)
  })
})

it('PostgreSQL is not started when the start was stopped before it began', async () => {
  const folder = path.join(parent, 'never')
  const aborted = AbortSignal.abort()
  await expect(startPostgres({ dataDir: folder, signal: aborted })).rejects.toThrow('was stopped')
  expect(existsSync(path.join(folder, 'cluster.new'))).toBe(false)
  await removeCluster(folder)
})

it('PostgreSQL keeps its data over a restart, and refuses a wrong password', async () => {
  const postgres = await start()
  expect(await query(postgres.url, 'select n from stored')).toEqual([{ n: 42 }])
  expect(await query(postgres.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
  await expect(query(postgres.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
  await postgres.stop()
  expect(postgresProcessesIn(cluster())).toEqual([])
})

it('A start stops the PostgreSQL that a killed run left running', async () => {
  const kill = await startElsewhere()
  await kill()
  expect(postgresProcessesIn(cluster())).not.toEqual([])
  const said: string[] = []
  const postgres = await start((message) => said.push(message))
  expect(said).toEqual(['Stopping a PostgreSQL that an earlier run left behind'])
  expect(await query(postgres.url, 'select n from stored')).toEqual([{ n: 42 }])
  await postgres.stop()
})

it('PostgreSQL recovers from a killed server whose process id another program has now', async () => {
  const kill = await startElsewhere()
  const lines = readFileSync(pidFile(), 'utf8').split('\n')
  signal(Number(lines[0]), 'SIGKILL')
  await kill()
  writeFileSync(pidFile(), [process.pid, ...lines.slice(1)].join('\n'))
  const postgres = await start()
  expect(await query(postgres.url, 'select n from stored')).toEqual([{ n: 42 }])
  await postgres.stop()
})

it('A second start on the same folder is refused and does not disturb the first', async () => {
  const postgres = await start()
  await expect(start()).rejects.toThrow(`is in use by process ${process.pid}`)
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

it('A start makes a half-made cluster again, and a new password when its file is lost', async () => {
  const other = path.join(parent, 'other')
  mkdirSync(path.join(other, 'cluster.new'), { recursive: true })
  writeFileSync(path.join(other, 'cluster.new', 'half'), '')
  await (await startPostgres({ dataDir: other, durable: false })).stop()
  rmSync(path.join(other, 'superuser-password'))
  const postgres = await startPostgres({ dataDir: other, durable: false })
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
  await removeCluster(other)
})

it('A folder of another major version of PostgreSQL is refused by name', async () => {
  const version = path.join(cluster(), 'PG_VERSION')
  writeFileSync(version, '17\n')
  await expect(start()).rejects.toThrow('holds data of PostgreSQL 17, and this is PostgreSQL 18')
  writeFileSync(version, '18\n')
})

it('A port that is taken is named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(startPostgres({ dataDir, port })).rejects.toThrow(`Port ${port} for PostgreSQL`)
  server.close()
})

it('The promise ended resolves when the server ends by itself', async () => {
  const postgres = await start()
  signal(Number(readFileSync(pidFile(), 'utf8').split('\n')[0]), 'SIGKILL')
  await postgres.ended
  await (await start()).stop()
})

it('A process is known by its start, not by its id alone', () => {
  expect(startOf(process.pid)).toBe(startOf(process.pid))
  expect(startOf(2 ** 22 + 1)).toBeNull()
})
