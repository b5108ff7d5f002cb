import { Client, Pool, type PoolClient } from 'pg'
import { WireError } from './neon-wire.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The connection pools of the endpoint, one per user, password and database. */
export class Pools {
  readonly #pools = new Map<string, Pool>()
  readonly #maxConnections: number

  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections
  }

  /** The pool for a connection string, which may only name this machine. */
  find(connectionString: unknown): Pool {
    const config = readConnectionString(connectionString)
    const key = JSON.stringify(config)
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    const pool = new Pool({
      ...config,
      max: this.#maxConnections,
      application_name: 'local-neon',
      connectionTimeoutMillis: 30_000,
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
    })
    // An idle connection that the server ends (a dropped test database) is simply replaced.
    pool.on('error', () => {})
    // The same while it is lent out: the query in hand fails, and that is report enough.
    pool.on('connect', (client) => client.on('error', () => {}))
    this.#pools.set(key, pool)
    return pool
  }

  async end(): Promise<void> {
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.allSettled(pools.map((pool) => pool.end()))
  }
}

function readConnectionString(text: unknown) {
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
