import type { Cleanups } from '../dev/cleanups.ts'
import { startNodePg } from './baselines/node-pg.ts'
import { edgebook } from './edgebook.ts'
import { loadProfile, type Duration } from './load/compare.ts'
import { PURE_SECTIONS, SECTIONS, type SectionName } from './sections/all.ts'
import type { Bench, SectionResult } from './sections/section.ts'
import { startStack, type Log } from './stack.ts'

export interface RunOptions {
  duration: Duration
  sizes: number[]
  only: readonly SectionName[]
}

async function startBench(
  { duration, sizes }: Omit<RunOptions, 'only'>,
  log: Log,
  stops: Cleanups,
): Promise<Bench> {
  const stack = await startStack(sizes, log, stops)
  return {
    stack,
    edgebook: edgebook(stack),
    baseline: await startNodePg(stack),
    sizes,
    duration,
    profile: (clients) => loadProfile(duration, clients),
  }
}

/**
 * Starts everything that the sections need and runs them.
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
  const isPure = (name: SectionName): name is keyof typeof PURE_SECTIONS => name in PURE_SECTIONS
  const bench = only.every(isPure) ? undefined : await startBench({ duration, sizes }, log, stops)
  const all: SectionResult = { tables: [], metrics: {} }
  for (const name of only) {
    const start = performance.now()
    const result = await (isPure(name) ? SECTIONS[name]() : SECTIONS[name](bench!))
    log(`Measured ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
    await onResult(result)
    all.tables.push(...result.tables)
    Object.assign(all.metrics, result.metrics)
  }
  return all
}
