import { startNeonEndpoint, type NeonEndpoint } from '../../dev/neon-endpoint.ts'
import type { WireRequest } from '../../dev/neon-wire.ts'
import { serve } from './child.ts'

// The local Neon endpoint: one for each distance, all in this process.

const endpoints: NeonEndpoint[] = []
let last: WireRequest | null = null

serve(
  {
    async start(latencyMs: number): Promise<string> {
      const endpoint = await startNeonEndpoint({ latencyMs, onWork: (work) => (last = work) })
      endpoints.push(endpoint)
      return endpoint.url
    },
    /** How many calls all of them have had. */
    count: () => endpoints.reduce((sum, endpoint) => sum + endpoint.requestCount(), 0),
    /** What the last call asked for. */
    lastWork: () => last,
  },
  async () => {
    for (const endpoint of endpoints) await endpoint.stop()
  },
)
