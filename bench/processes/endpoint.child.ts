import { startNeonEndpoint, type NeonEndpoint } from '../../dev/neon-endpoint.ts'
import type { WireRequest } from '../../dev/neon-wire.ts'
import { serve } from './rpc.ts'

// The local Neon endpoint, once for each latency.

const endpoints: NeonEndpoint[] = []
let last: WireRequest | null = null

serve(
  {
    start: async (latencyMs: number) => {
      const endpoint = await startNeonEndpoint({ latencyMs, onWork: (work) => (last = work) })
      endpoints.push(endpoint)
      return endpoint.url
    },
    requestCount: () => endpoints.reduce((sum, endpoint) => sum + endpoint.requestCount(), 0),
    lastRequest: () => last,
  },
  () => Promise.all(endpoints.map((endpoint) => endpoint.stop())),
)
