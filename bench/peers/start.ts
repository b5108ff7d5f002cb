import { urlFor } from '../../dev/settings.ts'
import { startDelay } from '../load/delay.ts'
import { startChild } from '../processes/parent.ts'
import type { Log, Stack } from '../stack.ts'
import type { Peer, RunningPeer } from './peer.ts'
import { nodePg } from './node-pg/peer.ts'

/** Everything that Edgebook is measured beside. */
export const PEERS: readonly Peer[] = [nodePg]

/** Gives a peer its rows and starts it. */
export async function startPeer(peer: Peer, stack: Stack, log: Log): Promise<RunningPeer> {
  const start = performance.now()
  const { user, password } = await peer.prepare(stack.superuserUrl)
  const databaseUrl = urlFor(stack.superuserUrl, user, password)
  const settings = { databaseUrl, secret: stack.secret }
  const child = startChild(peer.script, stack.stops)
  const origin = await child.call<string>('start', settings)
  log(`Prepared ${peer.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return {
    name: peer.name,
    pid: child.pid,
    origin,
    calls: peer.calls(settings),
    startAt: async (latencyMs) => {
      if (latencyMs === 0) return origin
      const delay = await startDelay(Number(new URL(databaseUrl).port), latencyMs)
      stack.stops.push(() => delay.stop())
      const far = Object.assign(new URL(databaseUrl), { port: String(delay.port) }).href
      return child.call<string>('start', { ...settings, databaseUrl: far })
    },
  }
}
