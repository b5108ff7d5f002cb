import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { serve } from './rpc.ts'

export interface WorkerOptions {
  /** The folder with the bundle that wrangler has made. */
  bundle: string
  compatibilityDate: string
  /** The API under several names, each with its own bindings. */
  workers: { name: string; bindings: Record<string, string>; limiterLatencyMs?: number }[]
  inspect: boolean
}

export interface WorkerAddresses {
  /** By name. */
  origins: Record<string, string>
  inspector: string
}

/** The API with a rate limiter in another place. */
const farLimiter = (latencyMs: number) => `
  import worker, { RateLimiter as Near } from './index.js'
  export default worker
  export class RateLimiter extends Near {
    async take(...args) {
      await new Promise((resolve) => setTimeout(resolve, ${latencyMs}))
      return super.take(...args)
    }
  }`

const script = (file: string, contents?: string) => ({
  type: 'ESModule' as const,
  path: file,
  ...(contents !== undefined && { contents }),
})

// Miniflare's own entry Worker would cost as much as a small request.
const direct = { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] }

let miniflare: Miniflare | undefined

async function start(options: WorkerOptions): Promise<WorkerAddresses> {
  const { bundle, compatibilityDate, workers, inspect } = options
  const api = workers.map(({ name, bindings, limiterLatencyMs: latencyMs }) => ({
    name,
    compatibilityDate,
    bindings,
    modulesRoot: bundle,
    ...direct,
    modules: [
      ...(latencyMs === undefined ? [] : [script(`${bundle}/far.js`, farLimiter(latencyMs))]),
      script(`${bundle}/index.js`),
    ],
    durableObjects: { RATE_LIMITER: { className: 'RateLimiter', useSQLite: true } },
  }))
  const running = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      ...(inspect && { inspectorPort: 0 }),
      // The access log is written and read, as in production, and then dropped.
      handleStructuredLogs: ({ message }) => {
        if (message.includes('"level":"error"')) console.error(message)
      },
      workers: api,
    }),
  )
  miniflare = running
  await running.ready
  const origins = await Promise.all(
    api.map(async ({ name }) => {
      return [name, (await running.unsafeGetDirectURL(name)).origin] as const
    }),
  )
  const inspector = inspect ? (await running.getInspectorURL()).host : ''
  return { origins: Object.fromEntries(origins), inspector }
}

serve({ start }, async () => miniflare?.dispose())
