import type { Stops } from '../dev/dev-server.ts'
import type { BenchOptions } from './options.ts'
import { PEERS, startPeer } from './peers/start.ts'
import type { RunningPeer } from './peers/peer.ts'
import type { Table } from './report/table.ts'
import { SECTIONS } from './sections/all.ts'
import type { Bench } from './sections/section.ts'
import { startStack, type Log } from './stack.ts'

/** All that a run has found. */
export interface Run {
  tables: Table[]
  figures: Record<string, number>
  seconds: number
}

const WITH_PEERS: ReadonlySet<string> = new Set(['peers', 'distance', 'writes'])

/**
 * Starts everything, runs the sections and stops everything.
 *
 * @param onTable Called with each table when it is done
 */
export async function runBench(
  options: Pick<BenchOptions, 'quick' | 'sizes' | 'only'>,
  log: Log,
  onTable: (table: Table) => void,
  stops: Stops,
): Promise<Run> {
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  const { quick, sizes, only } = options
  const stack = await startStack(sizes, log, stops)
  const peers: RunningPeer[] = []
  if (only.some((name) => WITH_PEERS.has(name))) {
    for (const peer of PEERS) peers.push(await startPeer(peer, stack, log))
  }
  // One client changes places often; many need a while to be in each other's way.
  const pace: Bench['pace'] = (clients) => ({
    clients,
    rounds: clients === 1 ? (quick ? 6 : 16) : quick ? 2 : 4,
    sliceMs: clients === 1 ? (quick ? 30 : 60) : quick ? 80 : 250,
    budgetMs: quick ? 1000 : 3000,
  })
  const run: Run = { tables: [], figures: {}, seconds: 0 }
  for (const name of only) {
    const start = seconds()
    const { tables, figures } = await SECTIONS[name]({ stack, peers, sizes, pace, quick, log })
    log(`Measured ${name} in ${(seconds() - start).toFixed(1)} s`)
    tables.forEach(onTable)
    run.tables.push(...tables)
    Object.assign(run.figures, figures)
  }
  run.seconds = seconds()
  return run
}
