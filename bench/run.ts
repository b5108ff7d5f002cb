import type { Cleanups } from '../dev/cleanups.ts'
import type { BenchOptions } from './options.ts'
import { PEERS, startPeer } from './peers/start.ts'
import type { RunningPeer } from './peers/peer.ts'
import type { Table } from './report/table.ts'
import { SECTIONS } from './sections/all.ts'
import type { Pace } from './load/compare.ts'
import { startStack, type Log } from './stack.ts'

/** All that a run has found. */
export interface Run {
  tables: Table[]
  figures: Record<string, number>
  seconds: number
}

const paceOf =
  (rounds: number, sliceMs: number, budgetMs: number) =>
  (clients: number): Pace => ({ clients, rounds, sliceMs, budgetMs })

/** One client changes places often; many need a while to be in each other's way. */
const PACES = {
  full: { one: paceOf(14, 60, 2000), many: paceOf(3, 250, 2000) },
  quick: { one: paceOf(6, 30, 1000), many: paceOf(1, 100, 1000) },
  tiny: { one: paceOf(1, 1, 1000), many: paceOf(1, 1, 1000) },
}

const WITH_PEERS: ReadonlySet<string> = new Set(['peers', 'distance', 'writes', 'cpu'])

/**
 * Starts everything, runs the sections and stops everything.
 *
 * @param onTable Called with each table when it is done
 */
export async function runBench(
  options: Pick<BenchOptions, 'effort' | 'sizes' | 'only'>,
  log: Log,
  onTable: (table: Table) => void,
  stops: Cleanups,
): Promise<Run> {
  const begin = performance.now()
  const seconds = () => (performance.now() - begin) / 1000
  const { effort, sizes, only } = options
  const pace = (clients: number): Pace => PACES[effort][clients === 1 ? 'one' : 'many'](clients)
  const stack = await startStack(sizes, log, stops)
  const peers: RunningPeer[] = []
  if (only.some((name) => WITH_PEERS.has(name))) {
    for (const peer of PEERS) peers.push(await startPeer(peer, stack, log))
  }
  const run: Run = { tables: [], figures: {}, seconds: 0 }
  for (const name of only) {
    const start = seconds()
    const { tables, figures } = await SECTIONS[name]({ stack, peers, sizes, pace, effort, log })
    log(`Measured ${name} in ${(seconds() - start).toFixed(1)} s`)
    tables.forEach(onTable)
    run.tables.push(...tables)
    Object.assign(run.figures, figures)
  }
  run.seconds = seconds()
  return run
}
