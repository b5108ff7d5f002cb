import { findClientAddress, isFromProxy, parseNetworks } from './client-address.ts'
import { findAsset, type Assets } from './assets.ts'

// The Worker before the Worker. It does what Cloudflare does before a request arrives: it says whose
// address it came from, and serves the static files.

interface FrontEnv {
  API: Fetcher
  FILES: Fetcher
  ASSETS: Assets
  TRUSTED_PROXIES: string
  TRUSTED_PROXY_HEADER: string
}

const readTrust = ({ TRUSTED_PROXIES, TRUSTED_PROXY_HEADER }: FrontEnv) =>
  TRUSTED_PROXIES === ''
    ? null
    : { header: TRUSTED_PROXY_HEADER, networks: parseNetworks(TRUSTED_PROXIES) }

let trust: ReturnType<typeof readTrust> | undefined
let warned = false

/** Said once: behind a proxy that is not trusted, all clients have the address of the proxy. */
function warnOfUntrustedProxy(request: Request): void {
  if (warned || !request.headers.has('X-Forwarded-For')) return
  warned = true
  const line = {
    time: new Date().toISOString(),
    level: 'warn',
    event: 'untrusted_proxy',
    message:
      'A request has X-Forwarded-For and did not come from a trusted proxy, so the address of its ' +
      'connection counts. If this server is behind a proxy, set TRUSTED_PROXIES.',
  }
  console.log(JSON.stringify(line))
}

export default {
  async fetch(request, env) {
    trust ??= readTrust(env)
    const connection = (request.cf as { clientIp?: string } | undefined)?.clientIp
    const url = new URL(request.url)
    const asset = findAsset(env.ASSETS, request.method, url.pathname)
    if (asset !== undefined) return asset.respond(request, env.FILES)

    const fromProxy = isFromProxy(connection, trust)
    if (!fromProxy) warnOfUntrustedProxy(request)
    const headers = new Headers(request.headers)
    const address = findClientAddress(connection, request.headers, trust)
    // Whatever a client sent in it is replaced: the Worker believes this header.
    if (address === undefined) headers.delete('CF-Connecting-IP')
    else headers.set('CF-Connecting-IP', address)
    if (fromProxy && request.headers.get('X-Forwarded-Proto') === 'https') url.protocol = 'https:'
    return env.API.fetch(new Request(url, new Request(request, { headers })))
  },
} satisfies ExportedHandler<FrontEnv>
