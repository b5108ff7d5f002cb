import type { Log, Stack } from '../stack.ts'
import type { Effort } from '../options.ts'
import type { Pace } from '../load/compare.ts'
import type { Table } from '../report/table.ts'
import type { RunningPeer } from '../peers/peer.ts'

/** What a section is given. */
export interface Bench {
  stack: Stack
  peers: readonly RunningPeer[]
  sizes: readonly number[]
  pace: (clients: number) => Pace
  effort: Effort
  log: Log
}

/** What a section has found. */
export interface Findings {
  tables: Table[]
  /** By name: what the goals ask for, and everything else that should be kept. */
  figures: Record<string, number>
}

export type Section = (bench: Bench) => Promise<Findings>

/** A size as people say it. */
export function sizeName(rows: number): string {
  if (rows >= 1_000_000) return `${rows / 1_000_000}M`
  return rows >= 1000 ? `${rows / 1000}k` : String(rows)
}
