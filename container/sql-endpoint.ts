import { createHash, timingSafeEqual } from 'node:crypto'
import type { ClientConfig, PoolConfig } from 'pg'
import { startNeonEndpoint, type NeonEndpoint } from '../dev/neon-endpoint.ts'
import { WireError } from '../dev/neon-wire.ts'
import { logEvent } from './log.ts'

const METRICS_INTERVAL = 60_000

/** The two connection strings of the Worker, with what they stand for. */
export type Targets = [connectionString: string, target: ClientConfig][]

export interface SqlEndpointOptions {
  socketPath: string
  targets: Targets
  /** Connections per role. */
  poolSize: number
}

/** The driver adds parameters such as its name; user, password, host and database are what counts. */
const hash = (text: string) => createHash('sha256').update(text.replace(/\?.*$/, '')).digest()

/**
 * Starts the endpoint between Worker and PostgreSQL. It listens on a socket in a folder that only this
 * account can enter, and serves only those who know one of the connection strings, password included.
 */
export async function startSqlEndpoint(options: SqlEndpointOptions): Promise<NeonEndpoint> {
  const known = options.targets.map(([text, target]) => ({ hash: hash(text), target }))
  const metrics = new Metrics()
  const endpoint = await startNeonEndpoint({
    socketPath: options.socketPath,
    readTarget: (text): PoolConfig => {
      const given = hash(typeof text === 'string' ? text : '')
      const found = known.find((each) => timingSafeEqual(each.hash, given))
      if (found === undefined) throw new WireError(401, 'Unknown connection string')
      return {
        ...found.target,
        application_name: 'edgebook',
        max: options.poolSize,
        // A request waits no longer for a free connection, and then the Worker tries again.
        connectionTimeoutMillis: 5000,
        idleTimeoutMillis: 30_000,
        // Longer than the statement_timeout of both roles: only a lost connection takes so long.
        query_timeout: 30_000,
      }
    },
    onDone: (status, milliseconds) => metrics.add(status, milliseconds),
  })
  const timer = setInterval(() => metrics.write(endpoint), METRICS_INTERVAL)
  const { stop } = endpoint
  return {
    ...endpoint,
    stop: async () => {
      clearInterval(timer)
      metrics.write(endpoint)
      await stop()
    },
  }
}

/** What a minute of requests was like. */
class Metrics {
  #times: number[] = []
  #byStatus: Record<string, number> = {}

  add(status: number, milliseconds: number): void {
    this.#times.push(milliseconds)
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1
  }

  write(endpoint: NeonEndpoint): void {
    const times = this.#times.toSorted((a, b) => a - b)
    const at = (share: number) =>
      Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
    const last = {
      p50_ms: at(0.5),
      p99_ms: at(0.99),
      max_ms: Math.round((times.at(-1) ?? 0) * 10) / 10,
    }
    if (times.length > 0) {
      logEvent('info', 'sql_endpoint', {
        requests: times.length,
        by_status: this.#byStatus,
        ...last,
        pools: endpoint.pools(),
      })
    }
    this.#times = []
    this.#byStatus = {}
  }
}
