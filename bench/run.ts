import type { Cleanups } from '../dev/cleanups.ts'
import { startNodePg } from './baselines/node-pg.ts'
import { edgebook } from './edgebook.ts'
import { loadProfile, type Duration } from './load/compare.ts'
import { SECTIONS, type SectionName } from './sections/all.ts'
import type { Bench, SectionResult } from './sections/section.ts'
import { startStack, type Log } from './stack.ts'

export interface RunOptions {
  duration: Duration
  sizes: number[]
  only: readonly SectionName[]
}

/**
 * Starts everything and runs the sections.
 *
 * @param onResult Called after each section
 * @returns the tables and metrics of all sections
 */
export async function runBench(
  { duration, sizes, only }: RunOptions,
  log: Log,
  onResult: (result: SectionResult) => Promise<void>,
  stops: Cleanups,
): Promise<SectionResult> {
  const stack = await startStack(sizes, log, stops)
  const bench: Bench = {
    stack,
    edgebook: edgebook(stack),
    baseline: await startNodePg(stack),
    sizes,
    duration,
    profile: (clients) => loadProfile(duration, clients),
  }
  const all: SectionResult = { tables: [], metrics: {} }
  for (const name of only) {
    const start = performance.now()
    const result = await SECTIONS[name](bench)
    log(`Measured ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
    await onResult(result)
    all.tables.push(...result.tables)
    Object.assign(all.metrics, result.metrics)
  }
  return all
}
