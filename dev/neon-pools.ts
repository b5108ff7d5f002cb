import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'
import { WireError } from './neon-wire.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * What a pool is made of, by the connection string of a request.
 * @throws WireError when this connection string is not served
 */
export type ReadTarget = (connectionString: unknown) => PoolConfig

/** The connection pools of the endpoint, one per user, password and database. */
export class Pools {
  readonly #pools = new Map<string, Pool>()
  readonly #readTarget: ReadTarget

  constructor(readTarget: ReadTarget) {
    this.#readTarget = readTarget
  }

  /** The pool for a connection string. */
  find(connectionString: unknown): Pool {
    const config = this.#readTarget(connectionString)
    const key = JSON.stringify(config)
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    const pool = new Pool({ idleTimeoutMillis: 10_000, allowExitOnIdle: true, ...config })
    // An idle connection that the server ends (a dropped test database) is simply replaced.
    pool.on('error', () => {})
    // The same while it is lent out: the query in hand fails, and that is report enough.
    pool.on('connect', (client) => client.on('error', () => {}))
    this.#pools.set(key, pool)
    return pool
  }

  /** The pools as they are now, without secrets. */
  describe(): { user: string; total: number; idle: number; waiting: number }[] {
    return [...this.#pools.values()].map(({ options, totalCount, idleCount, waitingCount }) => ({
      user: options.user ?? '',
      total: totalCount,
      idle: idleCount,
      waiting: waitingCount,
    }))
  }

  async end(): Promise<void> {
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.allSettled(pools.map((pool) => pool.end()))
  }
}

/** Serves every user and database, but on this machine only. */
export const onThisMachine =
  (maxConnections: number): ReadTarget =>
  (connectionString) => ({
    ...readLoopback(connectionString),
    max: maxConnections,
    application_name: 'local-neon',
    connectionTimeoutMillis: 30_000,
  })

function readLoopback(text: unknown) {
  const url = typeof text === 'string' ? parse(text) : null
  if (url === null) throw new WireError(400, 'Neon-Connection-String is not a connection string')
  if (!LOOPBACK.has(url.hostname)) {
    throw new WireError(400, `The local endpoint serves only this machine, not ${url.hostname}`)
  }
  return {
    // Parameters of the string are left out on purpose: "?host=" would override the check above.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  }
}

function parse(text: string): URL | null {
  if (!/^postgres(ql)?:\/\//.test(text)) return null
  // Only web addresses get their host parsed and normalised.
  return URL.parse(text.replace(/^postgres(ql)?:/, 'http:'))
}

/** Cleanups what a connection is doing now; the caller then drops the connection. */
export async function cancelWork(pool: Pool, client: PoolClient): Promise<void> {
  const pid = 'processID' in client ? client.processID : null
  if (typeof pid !== 'number') return
  const canceller = new Client(pool.options)
  try {
    await canceller.connect()
    await canceller.query('select pg_terminate_backend($1)', [pid])
  } catch {
    // The connection is dropped anyway, which rolls back at the next step.
  } finally {
    await canceller.end().catch(() => {})
  }
}
