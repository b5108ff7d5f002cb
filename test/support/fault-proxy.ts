import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { arrayBuffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CliError, runTool } from '../../dev/cli-error.ts'
import { FAULTS, isFault, randomPlan, readPlan, type Plan, type Step } from './fault-proxy-plan.ts'

/** What `startFaultProxy` takes. */
export interface FaultProxyOptions {
  /** The endpoint that does the work, on this machine. */
  target: string
  port?: number
  /** What happens to `POST /sql`; without it only paths with a plan in them are served. */
  plan?: Plan
  /** How long `delay` waits; `late` waits eight times as long. */
  delayMs?: number
}

/** A running endpoint, and where a plan is served. */
export interface FaultProxy {
  url: string
  port: number
  stop(): Promise<void>
}

interface Traffic {
  plan: Plan
  /** How often each step was taken. */
  steps: Partial<Record<Step, number>>
  /** Requests that are still worked on, whether or not a client waits for them. */
  pending: number
}

interface Upstream {
  status: number
  body: Uint8Array
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A proxy between the Worker and an endpoint that lets requests fail in every way that a network and a
 * proxy can. `POST /faulty/PLAN/sql` fails by the plan, `GET /faulty/PLAN` counts what was done.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, plan, delayMs = 150 } = options
  if (!LOOPBACK.has(new URL(target).hostname)) throw new Error(`Not on this machine: ${target}`)
  const known = new Map<string, Traffic>()
  const trafficOf = (text: string): Traffic => {
    const traffic = known.get(text) ?? { plan: readPlan(text), steps: {}, pending: 0 }
    known.set(text, traffic)
    return traffic
  }
  if (plan) known.set('', { plan, steps: {}, pending: 0 })
  const server = createServer((request, response) => {
    try {
      const { text, isSql } = readPath(request)
      const traffic = trafficOf(text)
      if (!isSql) return respond(response, 200, { steps: traffic.steps, pending: traffic.pending })
      void serve(request, response, traffic, { target, delayMs })
    } catch (error) {
      respond(response, 404, { message: String(error) })
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readPath({ method, url = '' }: IncomingMessage): { text: string; isSql: boolean } {
  const [, text = '', sql] = /^(?:\/faulty\/([^/]+))?(\/sql)?$/.exec(decodeURI(url)) ?? []
  const isSql = sql !== undefined
  if (method !== (isSql ? 'POST' : 'GET')) throw new Error('Only POST …/sql and GET are served')
  return { text, isSql }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  traffic: Traffic,
  options: { target: string; delayMs: number },
): Promise<void> {
  const step = traffic.plan.next()
  traffic.steps[step] = (traffic.steps[step] ?? 0) + 1
  traffic.pending++
  try {
    const body = new Uint8Array(await arrayBuffer(request))
    if (step === 'late') await sleep(8 * options.delayMs)
    // Goes on when the Worker has gone: that is when a commit is late.
    const upstream = step.startsWith('no-')
      ? undefined
      : await forward(options.target, request, body)
    if (step === 'delay') await sleep(options.delayMs)
    fail[step](response, upstream ?? { status: 200, body: new Uint8Array() }, body)
  } catch {
    // The endpoint behind has gone, or the Worker has while it was still sending.
    response.destroy()
  } finally {
    traffic.pending--
  }
}

async function forward(
  target: string,
  { headers }: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
): Promise<Upstream> {
  const neon = Object.entries(headers).filter(([name]) => name.startsWith('neon-'))
  const forwarded = await fetch(target, {
    method: 'POST',
    headers: neon.map(([name, value]) => [name, String(value)]),
    body,
  })
  return { status: forwarded.status, body: new Uint8Array(await forwarded.arrayBuffer()) }
}

type Failing = (response: ServerResponse, upstream: Upstream, sent: Uint8Array) => void

const reset: Failing = (response) => void response.socket?.resetAndDestroy()
const hang: Failing = () => {}
const pass: Failing = (response, { status, body }) => send(response, status, body)
// Proxies that fail like to say what they were sent, parameters and all.
const status =
  (code: number, more: object = {}): Failing =>
  (response, _, sent) =>
    respond(response, code, {
      message: `The proxy failed on ${new TextDecoder().decode(sent)}`,
      ...more,
    })

const fail: Record<Step, Failing> = {
  pass,
  delay: pass,
  late: pass,
  'no-forward': reset,
  'no-answer-hang': hang,
  'no-500': status(500),
  'no-400-without-code': status(400, { code: '' }),
  'no-429': status(429),
  'dropped-answer': reset,
  'cut-answer': (response, { status: code, body }) => {
    response.writeHead(code, { 'content-length': body.length })
    response.write(body.subarray(0, body.length / 2), () => response.socket?.resetAndDestroy())
  },
  'broken-json': (response, { status: code, body }) =>
    send(response, code, body.subarray(0, body.length / 2)),
  'wrong-shape': (response) => respond(response, 200, { results: [{}] }),
  hang,
  '500': status(500),
  '400-without-code': status(400, { code: '' }),
  '400-html': (response) => send(response, 400, bytes('<html>Bad Request</html>')),
  '507': status(507),
}

const bytes = (text: string) => new TextEncoder().encode(text)

const respond = (response: ServerResponse, code: number, body: object) =>
  send(response, code, bytes(JSON.stringify(body)))

function send(response: ServerResponse, code: number, body: Uint8Array): void {
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
}

const USAGE = `node test/support/fault-proxy.ts --target URL [options]

  --target URL   the endpoint that does the work, such as http://127.0.0.1:4444/sql
  --port N       where to listen on this machine (4445)
  --rate R       how many of the requests fail, from 0 to 1 (0.2)
  --seed TEXT    the same seed gives the same faults (1)
  --kinds A,B    only these: ${FAULTS.join(', ')}`

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const options = { target: text, port: text, rate: text, seed: text, kinds: text }
  const { target = '', port = '4445', rate = '0.2', seed = '1', kinds } = parse(options)
  const chosen = kinds?.split(',') ?? FAULTS
  const usable = URL.canParse(target) && Number(rate) >= 0 && Number(rate) <= 1
  if (!usable || !chosen.every(isFault)) throw new CliError(USAGE, 2)
  const plan = randomPlan(seed, Number(rate), chosen)
  const { url } = await startFaultProxy({ target, port: Number(port), plan })
  console.log(`NEON_FETCH_ENDPOINT=${url}/sql\n${url} tells what was done.`)
}

function parse<const T extends Record<string, { type: 'string' }>>(options: T) {
  try {
    return parseArgs({ options }).values
  } catch {
    throw new CliError(USAGE, 2)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runTool(main)
