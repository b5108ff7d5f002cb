import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { buildServer } from '../../container/build.ts'
import {
  ADMIN,
  checkAcknowledged,
  HIGH_LIMITS,
  logIn,
  until,
  verifyAll,
  writeUntil,
} from '../../container/check/client.ts'
import { asSuperuser, prepareDatabase } from '../../dev/local-database.ts'
import { makeTemporaryFolder } from '../../dev/postgres-account.ts'
import { removeCluster, startPostgres, type Postgres } from '../../dev/postgres.ts'
import { findFreePort } from '../../dev/ports.ts'
import { urlFor } from '../../dev/settings.ts'
import { smokeTest } from '../../dev/smoke.ts'

// The program of the image as container/build.ts makes it, on a PostgreSQL of its own.

const SECRET = 'bX9vQ2hZ7Lk3Tn8Rp5Ws1Yd6Fg0Hj4Mc'
const folder = mkdtempSync(path.join(tmpdir(), 'edgebook-server-'))
const app = path.join(folder, 'app')
const dataDir = makeTemporaryFolder('edgebook-server-data-')
let postgres: Postgres
let env: Record<string, string>

beforeAll(async () => {
  const building = buildServer(app)
  postgres = await startPostgres({ dataDir })
  const ownerUrl = await prepareDatabase(postgres.url, 'edgebook')
  await building
  env = {
    DATABASE_OWNER_URL: ownerUrl,
    DATABASE_URL: urlFor(ownerUrl, 'app', 'password of app'),
    LOGIN_DATABASE_URL: urlFor(ownerUrl, 'app_login', 'password of app_login'),
    JWT_SECRET: SECRET,
    DATABASE_WAIT_SECONDS: '5',
    STATE_DIR: path.join(folder, 'state'),
    HOST: '127.0.0.1',
    TMPDIR: folder,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_NAME: ADMIN.name,
    ADMIN_PASSWORD: ADMIN.password,
    ...HIGH_LIMITS,
  }
  await Promise.all([1, 2, 3].map(() => run('migrate'))).then((results) => {
    expect(results.map(({ status }) => status)).toEqual([0, 0, 0])
    expect(results.filter(({ stdout }) => stdout.includes('Applied 0000_baseline'))).toHaveLength(1)
  })
  expect(await run('admin:create')).toMatchObject({ status: 0 })
})
afterAll(async () => {
  await postgres.stop()
  await removeCluster(dataDir)
  rmSync(folder, { recursive: true, force: true })
})

const program = [path.join(app, 'server', 'main.js')]
const node = path.join(app, 'bin', 'node')

/** Runs a command of the program to its end. */
function run(command: string, changes: Record<string, string> = {}) {
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { ...env, ...changes } as unknown as NodeJS.ProcessEnv }
    const child = execFile(node, [...program, command], options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

/** Whether a request on a new connection gets no response: it is refused, or nobody accepts it. */
const isRefused = (base: string) =>
  new Promise<boolean>((resolve) => {
    const request = httpRequest(`${base}/health`, { agent: false, timeout: 300 }, (response) => {
      response.resume()
      resolve(false)
    })
    request.once('timeout', () => request.destroy())
    request.once('close', () => resolve(true)).once('error', () => resolve(true))
    request.end()
  })

interface Server {
  base: string
  /** Where it makes its folder of sockets. */
  sockets: string
  log(): string
  child: ChildProcess
  /** Ends it and workerd at once, as the end of a container does. */
  kill(): Promise<void>
  stop(): Promise<number | null>
}
const running = new Set<Server>()
afterEach(async () => {
  for (const server of running) await server.kill()
})

async function start(changes: Record<string, string> = {}): Promise<Server> {
  const port = await findFreePort()
  const sockets = mkdtempSync(path.join(folder, 'sockets-'))
  const child = spawn(node, program, {
    env: {
      ...env,
      PORT: String(port),
      TMPDIR: sockets,
      ...changes,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Uint8Array) => (log += new TextDecoder().decode(chunk)))
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const server: Server = {
    base: `http://127.0.0.1:${port}`,
    sockets,
    log: () => log,
    child,
    kill: async () => {
      running.delete(server)
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL')
      await ended
    },
    stop: async () => {
      running.delete(server)
      child.kill('SIGTERM')
      return ended
    },
  }
  running.add(server)
  await until('the server', () => {
    if (child.exitCode !== null) throw new Error(log)
    return log.includes('"event":"started"')
  })
  return server
}

const addressOf = async (base: string, headers: Record<string, string>) => {
  const { data } = await (await logIn(base, headers)).get('/v1/auth/sessions')
  return (data as { current: boolean; address: string }[]).find(({ current }) => current)?.address
}
const sql = <T extends object>(text: string) =>
  asSuperuser(
    postgres.url.replace(/\/postgres$/, '/edgebook'),
    async (client) => (await client.query<T>(text)).rows,
  )

it('The server passes the smoke test, with static files and logins', async () => {
  const server = await start()
  await smokeTest(server.base, ADMIN)
  const css = await fetch(`${server.base}/ui.css`)
  expect(css.headers.get('Content-Type')).toBe('text/css; charset=utf-8')
  expect(css.headers.get('X-Content-Type-Options')).toBe('nosniff')
  const etag = css.headers.get('ETag')!
  const again = await fetch(`${server.base}/ui.css`, { headers: { 'If-None-Match': `W/${etag}` } })
  expect(again.status).toBe(304)
  expect((await fetch(`${server.base}/_headers`)).status).toBe(404)
  expect((await fetch(`${server.base}/..%2fworkerd.capnp`)).status).toBe(404)
  expect(await run('healthcheck', { PORT: new URL(server.base).port })).toMatchObject({ status: 0 })
  expect(server.log()).toContain('no_trusted_proxy')
})

it('Forged headers neither reset a rate limit nor reach the audit log or a session', async () => {
  const server = await start({ RATE_LIMIT_ANONYMOUS: '5/600' })
  const statuses: number[] = []
  for (let i = 1; i <= 30; i++) {
    const address = `198.51.100.${i}`
    const headers = {
      'CF-Connecting-IP': address,
      'X-Forwarded-For': address,
      'X-Real-IP': address,
    }
    statuses.push((await fetch(`${server.base}/v1/transactions`, { headers })).status)
  }
  expect(statuses).toContain(429)
  expect(statuses.slice(-10).every((status) => status === 429)).toBe(true)
  const forged = { 'CF-Connecting-IP': '198.51.100.99', 'X-Forwarded-For': '198.51.100.99' }
  expect(await addressOf(server.base, forged)).toBe('127.0.0.1')
  const client = await logIn(server.base, forged)
  await client.post('/v1/transactions', {
    type: 'income',
    amount: '1.00',
    currency: 'EUR',
    category: 'C',
    date: '2026-01-01',
  })
  const entries = await sql<{ address: string | null }>(
    'select distinct address::text from data.audit_log where address is not null',
  )
  expect(entries.map(({ address }) => address)).toEqual(['127.0.0.1'])
  expect(server.log().match(/"event":"untrusted_proxy"/g)).toHaveLength(1)
})

it('A trusted proxy tells the address and the protocol, and a header of the client does not', async () => {
  const server = await start({ TRUSTED_PROXIES: '127.0.0.0/8', RATE_LIMIT_ANONYMOUS: '5/600' })
  const forged = { 'X-Forwarded-For': '1.1.1.1, 198.51.100.7', 'CF-Connecting-IP': '2.2.2.2' }
  expect(await addressOf(server.base, forged)).toBe('198.51.100.7')
  const headers = { 'X-Forwarded-Proto': 'https' }
  const document = (await (await fetch(`${server.base}/openapi.json`, { headers })).json()) as {
    servers: { url: string }[]
  }
  expect(document.servers[0]!.url).toBe(server.base.replace('http:', 'https:'))
  expect(server.log()).not.toContain('no_trusted_proxy')
})

it('A SIGKILL in the middle of writes loses no write that was acknowledged', async () => {
  const first = await start()
  const over = new AbortController()
  const writes = writeUntil(over.signal, await logIn(first.base), 'kill')
  await until(
    'writes',
    async () =>
      Number((await sql<{ n: string }>('select count(*) as n from data.transactions'))[0]!.n) > 60,
  )
  await first.kill()
  over.abort()
  const acknowledged = await writes
  expect(acknowledged.length).toBeGreaterThan(20)
  const second = await start()
  const client = await logIn(second.base)
  await checkAcknowledged(client, acknowledged)
  expect((await verifyAll(client)).entries).toBeGreaterThan(acknowledged.length)
})

it('SIGTERM lets running requests finish, refuses new ones, and ends with 0', async () => {
  const server = await start()
  const client = await logIn(server.base)
  // The lock makes the write wait within the database, so that it runs when the signal comes.
  const write = await asSuperuser(
    postgres.url.replace(/\/postgres$/, '/edgebook'),
    async (database) => {
      await database.query('begin; lock table data.transactions in exclusive mode')
      const writing = client.post('/v1/transactions', {
        type: 'income',
        amount: '5.00',
        currency: 'EUR',
        category: 'C',
        date: '2026-01-01',
      })
      const waiting =
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'"
      await until(
        'the write waits',
        async () => (await database.query<{ n: number }>(waiting)).rows[0]!.n > 0,
      )
      server.child.kill('SIGTERM')
      await until('new requests are refused', () => isRefused(server.base))
      await database.query('commit')
      return writing
    },
  )
  expect(write['amount']).toBe('5.00')
  expect(await server.stop()).toBe(0)
  expect(server.log()).toContain('"event":"sql_endpoint"')
  expect(readdirSync(server.sockets)).toEqual([])
})

it('The SQL endpoint serves only the connection strings of the Worker, on a socket in a closed folder', async () => {
  const { sockets } = await start()
  const socketPath = path.join(sockets, readdirSync(sockets)[0]!, 'sql')
  const ask = (connectionString: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { 'Neon-Connection-String': connectionString, 'Neon-Raw-Text-Output': 'true' }
      httpRequest({ socketPath, method: 'POST', path: '/sql', headers }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .once('error', reject)
        .end('{"query":"select 1"}')
    })
  expect(await ask(env['DATABASE_URL']!)).toBe(200)
  expect(await ask(env['DATABASE_OWNER_URL']!)).toBe(401)
  expect(await ask(urlFor(env['DATABASE_URL']!, 'app', 'wrong'))).toBe(401)
  expect(await ask(env['DATABASE_URL']!.replace('127.0.0.1', 'example.org'))).toBe(401)
  expect(await ask('')).toBe(401)
  await expect(fetch(`http://127.0.0.1/sql`)).rejects.toThrow()
})

it('The maintenance that was missed runs after a start', async () => {
  const stateDir = mkdtempSync(path.join(folder, 'state-'))
  writeFileSync(path.join(stateDir, 'maintenance.json'), '{"last":"2026-01-01T03:17:00.000Z"}')
  const server = await start({ STATE_DIR: stateDir })
  await until('the maintenance', () => server.log().includes('"event":"maintenance"'))
  expect(server.log()).toContain('"cron":"17 3 * * *"')
})

it('What keeps the server from starting is said in one line, with an exit code that is not 0', async () => {
  const busy = createServer()
  const port = await new Promise<number>((resolve) =>
    busy.listen(0, '127.0.0.1', () => resolve((busy.address() as { port: number }).port)),
  )
  writeFileSync(path.join(folder, 'a-file'), '')
  const other = postgres.url.replace(/\/postgres$/, '/postgres')
  const cases: [Record<string, string>, RegExp][] = [
    [
      { DATABASE_URL: urlFor(env['DATABASE_URL']!, 'app', 'wrong') },
      /DATABASE_URL at .*: the password of the role "app" is wrong/,
    ],
    [
      { LOGIN_DATABASE_URL: urlFor(env['DATABASE_URL']!, 'app_login', 'x') },
      /LOGIN_DATABASE_URL at .*: the password of the role "app_login"/,
    ],
    [
      { DATABASE_URL: env['DATABASE_URL']!.replace(/\/edgebook$/, '/nothing') },
      /the database "nothing" does not exist/,
    ],
    [
      { DATABASE_URL: urlFor(other, 'app', 'password of app') },
      /has no tables yet. Run "migrate" first/,
    ],
    [
      { DATABASE_URL: 'postgresql://app:x@127.0.0.1:1/edgebook', DATABASE_WAIT_SECONDS: '0' },
      /ECONNREFUSED/,
    ],
    [{ DATABASE_URL: `${env['DATABASE_URL']}?sslmode=require` }, /does not support SSL/],
    [{ PORT: String(port) }, /another program uses it. Choose another PORT/],
    [{ HOST: '203.0.113.1' }, /this machine does not have that address/],
    [{ STATE_DIR: path.join(folder, 'a-file') }, /Cannot use STATE_DIR .*: it is not a folder/],
    [{ STATE_DIR: '/proc/edgebook' }, /there is no such folder/],
    [{ JWT_SECRET: 'change-me-change-me-change-me-change-me' }, /looks like the one of an example/],
  ]
  for (const [changes, says] of cases) {
    const { status, stderr } = await run('serve', {
      STATE_DIR: path.join(folder, 'other'),
      PORT: '0',
      ...(changes['PORT'] === undefined && { PORT: String(await findFreePort()) }),
      ...changes,
    })
    expect(stderr.trim().split('\n').at(-1), JSON.stringify(changes)).toMatch(says)
    expect(status).toBe(1)
    expect(stderr).not.toContain('password of app_login')
  }
  busy.close()
  expect((await run('nonsense')).status).toBe(2)
  expect((await run('healthcheck', { PORT: '1' })).status).toBe(1)
})

it('Two servers cannot use one state folder', async () => {
  await start()
  const { status, stderr } = await run('serve', { PORT: String(await findFreePort()) })
  expect(stderr).toContain('in use by another server')
  expect(status).toBe(1)
})

it('MIGRATE_ON_START migrates before it serves, with several at once', async () => {
  const states = ['one', 'two'].map((name) => path.join(folder, name))
  const servers = await Promise.all(
    states.map((STATE_DIR) => start({ STATE_DIR, MIGRATE_ON_START: 'true' })),
  )
  for (const server of servers) expect(server.log()).toContain('The database is up to date.')
})
