import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { serve } from './child.ts'

/** What runs beside each other in one workerd. */
export interface WorkerOptions {
  /** The folder that wrangler has bundled the Worker into. */
  bundle: string
  compatibilityDate: string
  /** The same Worker under several names, each with bindings of its own. */
  workers: { name: string; bindings: Record<string, string> }[]
  inspect: boolean
}

/** Where it can be reached. */
export interface WorkerAddresses {
  /** By name; a Worker that answers `hello` is among them. */
  origins: Record<string, string>
  inspector: string | null
}

const HELLO = `export default { fetch: () => new Response('hello') }`

// Past the entry Worker of Miniflare, which would cost as much as a small request.
const direct = { unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] }

let miniflare: Miniflare | null = null

async function start(options: WorkerOptions): Promise<WorkerAddresses> {
  const { bundle, compatibilityDate, workers, inspect } = options
  miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: 0,
      cf: false,
      telemetry: { enabled: false },
      ...(inspect && { inspectorPort: 0 }),
      // The access log is written and read, as in production, and then thrown away.
      handleStructuredLogs: ({ message }) => {
        if (message.includes('"level":"error"')) console.error(message)
      },
      workers: [
        ...workers.map(({ name, bindings }) => ({
          name,
          compatibilityDate,
          modules: [{ type: 'ESModule' as const, path: `${bundle}/index.js` }],
          modulesRoot: bundle,
          durableObjects: { RATE_LIMITER: { className: 'RateLimiter', useSQLite: true } },
          bindings,
          ...direct,
        })),
        {
          name: 'hello',
          compatibilityDate,
          modules: [{ type: 'ESModule' as const, path: 'hello.js', contents: HELLO }],
          ...direct,
        },
      ],
    }),
  )
  await miniflare.ready
  const origins: Record<string, string> = {}
  for (const name of [...workers.map((each) => each.name), 'hello']) {
    origins[name] = (await miniflare.unsafeGetDirectURL(name)).origin
  }
  return { origins, inspector: inspect ? (await miniflare.getInspectorURL()).host : null }
}

serve({ start }, async () => {
  await miniflare?.dispose()
})
