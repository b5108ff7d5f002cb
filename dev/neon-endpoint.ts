import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { sleepUntil } from './sleep-until.ts'
import { cancelWork, onThisMachine, Pools, type ReadTarget } from './neon-pools.ts'
import {
  readRequest,
  WireError,
  writeError,
  writeResult,
  type TextResult,
  type WireQuery,
  type WireRequest,
} from './neon-wire.ts'

const MAX_BYTES = 10 * 1024 * 1024
const LOOPBACK = '127.0.0.1'

/** What `startNeonEndpoint` takes. */
export interface NeonEndpointOptions {
  port?: number
  host?: string
  /** Distance between Worker and database: half of it before the work, half after. */
  latencyMs?: number
  /** A Unix socket to listen on, in the place of host and port. */
  socketPath?: string
  /** Connections per user and database on this machine. */
  maxConnections?: number
  /** Which databases are served, in the place of all on this machine. */
  readTarget?: ReadTarget
  /** Called at every `POST /sql`. */
  onRequest?: () => void
  /** Called with what each of them asks for, before it is done. */
  onWork?: (work: WireRequest) => void
  /** Called after each of them with its HTTP status, and its time from the first byte on. */
  onDone?: (status: number, milliseconds: number) => void
}

/** A running endpoint. */
export interface NeonEndpoint {
  url: string
  port: number
  requestCount(): number
  /** The connection pools as they are now. */
  pools(): ReturnType<Pools['describe']>
  /** Refuses new requests, and waits until the running ones are done or the time is up. */
  drain(milliseconds: number): Promise<void>
  stop(): Promise<void>
}

/** Serves Neon's SQL over HTTP in front of a PostgreSQL; without `readTarget`, of this machine. */
export async function startNeonEndpoint(options: NeonEndpointOptions = {}): Promise<NeonEndpoint> {
  const pools = new Pools(options.readTarget ?? onThisMachine(options.maxConnections ?? 20))
  let requests = 0
  let running = 0
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/__stats') {
      return send(response, 200, { requests })
    }
    if (request.method === 'GET' && request.url === '/health') {
      return send(response, 200, { status: 'ok', running, pools: pools.describe() })
    }
    if (request.method !== 'POST' || request.url !== '/sql') {
      return send(response, 404, { message: 'Only POST /sql is served here' })
    }
    requests++
    running++
    const start = performance.now()
    response.once('close', () => {
      running--
      options.onDone?.(response.statusCode, performance.now() - start)
    })
    options.onRequest?.()
    void respond(request, response, pools, options)
  })
  await listen(server, options)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    url: `http://${options.host ?? LOOPBACK}:${port}/sql`,
    port,
    requestCount: () => requests,
    pools: () => pools.describe(),
    drain: async (milliseconds) => {
      server.close()
      server.closeIdleConnections()
      await Promise.race([closed, sleep(milliseconds, undefined, { ref: false })])
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await closed
      await pools.end()
    },
  }
}

async function listen(server: Server, { socketPath, port, host }: NeonEndpointOptions) {
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (socketPath !== undefined) server.listen(socketPath, resolve)
    else server.listen(port ?? 0, host ?? LOOPBACK, resolve)
  })
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  pools: Pools,
  { latencyMs = 0, onWork }: NeonEndpointOptions,
): Promise<void> {
  /** Half of the distance, there and back. */
  const travel = async () => {
    if (latencyMs > 0) await sleepUntil(performance.now() + latencyMs / 2)
  }
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  try {
    const body = await readBody(request)
    const work = readRequest(request.headers, body)
    onWork?.(work)
    const pool = pools.find(request.headers['neon-connection-string'])
    await travel()
    const results = await runOn(pool, work, gone.signal)
    const written = results.map((result) => writeResult(result, work.arrayMode))
    await travel()
    send(response, 200, work.isBatch ? { results: written } : (written[0] ?? {}))
  } catch (error) {
    const { status, body } = writeError(error)
    await travel()
    send(response, status, body)
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = new TextEncoder().encode(JSON.stringify(body))
  if (text.length > MAX_BYTES && status === 200) {
    return send(response, 507, { message: `response is too large (max is ${MAX_BYTES} bytes)` })
  }
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length })
  response.end(text)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  // A body that is too large is still read to its end: a sender does not listen before that.
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size <= MAX_BYTES) text += decoder.decode(chunk, { stream: true })
  }
  if (size > MAX_BYTES) {
    throw new WireError(413, `request is too large (max is ${MAX_BYTES} bytes)`)
  }
  return text + decoder.decode()
}

async function runOn(pool: Pool, work: WireRequest, gone: AbortSignal): Promise<TextResult[]> {
  const client = await pool.connect()
  const stop = () => void cancelWork(pool, client)
  gone.addEventListener('abort', stop)
  try {
    if (gone.aborted) throw new WireError(499, 'The client went away')
    return work.isBatch ? await runBatch(client, work, gone) : [await run(client, work.queries[0])]
  } finally {
    gone.removeEventListener('abort', stop)
    giveBack(client, gone.aborted)
  }
}

async function runBatch(
  client: PoolClient,
  work: WireRequest,
  gone: AbortSignal,
): Promise<TextResult[]> {
  const results: TextResult[] = []
  await client.query(work.begin)
  try {
    for (const query of work.queries) {
      results.push(await run(client, query))
      if (gone.aborted) throw new WireError(499, 'The client went away')
    }
    await client.query('COMMIT')
    return results
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

async function run(client: PoolClient, query: WireQuery | undefined): Promise<TextResult> {
  const config = {
    text: query?.query ?? '',
    values: query?.params ?? [],
    rowMode: 'array' as const,
    // As Neon does, also without parameters: several statements in one string are refused.
    queryMode: 'extended',
    // Values stay the text that PostgreSQL sent.
    types: { getTypeParser: () => (value: unknown) => value },
  }
  const result: TextResult = await client.query(config)
  return result
}

/**
 * As Neon's proxy does (sql_over_http.rs): an idle connection is used again as it is, so
 * what a request sets for the session and not for its transaction reaches others, here as there.
 * One that is in doubt, or that a query has left within a transaction, is not used again.
 */
function giveBack(client: PoolClient, inDoubt: boolean): void {
  client.release(inDoubt || client.getTransactionStatus() !== 'I')
}
