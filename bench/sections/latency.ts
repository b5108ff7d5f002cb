import { compare, requests, type LoadProfile } from '../load/compare.ts'
import type { Call } from '../load/http.ts'
import { figure, ratio, type Table } from '../report/table.ts'
import { SINGLE_WRITES, TYPICAL_READS, type Service } from '../service.ts'
import { LATENCIES, MAX_LATENCY, type Stack } from '../stack.ts'
import { record, type Bench, type Metrics } from './section.ts'

/** What each operation takes when the database is further and further away. */
export async function latency({ stack, edgebook, baseline, duration }: Bench) {
  const metrics: Metrics = {}
  const rounds = { full: 12, quick: 3, tiny: 1 }[duration]
  // One request each, in turns: most of the time is waiting.
  const profile = { clients: 1, rounds, sliceMs: 1, budgetMs: 3000 }
  const tables = [
    await measure(edgebook, stack, profile, metrics),
    await measure(baseline, stack, profile, metrics),
  ]
  const slowest = [...TYPICAL_READS, ...SINGLE_WRITES].map(
    (name) => metrics[`latency.${edgebook.name}.${name}.${MAX_LATENCY}.p50`]!,
  )
  metrics['latency.worst'] = Math.max(...slowest) / MAX_LATENCY
  return { tables, metrics }
}

async function measure(
  service: Service,
  stack: Stack,
  profile: LoadProfile,
  metrics: Metrics,
): Promise<Table> {
  const reads = await service.reads(stack.users.accounts.at(-1)!)
  const writes = await service.writes(stack.users.writers[0]!)
  const operations: [string, () => Call][] = [
    ...TYPICAL_READS.filter((name) => name in reads).map(
      (name) => [name, () => reads[name]!] as [string, () => Call],
    ),
    ...Object.entries(writes),
  ]
  const rows: string[][] = []
  for (const [name, next] of operations) {
    const subjects = service.origins.map((origin, i) =>
      requests(String(LATENCIES[i]), origin, next),
    )
    const measured = await compare(subjects, profile)
    for (const each of measured) {
      record(metrics, `latency.${service.name}.${name}.${each.name}`, each)
    }
    const times = measured.map(({ p50 }) => p50)
    const [near, far] = [times[0]!, times.at(-1)!]
    const roundTrips = (far - near) / MAX_LATENCY
    rows.push([name, ...times.map(figure), ratio(far / MAX_LATENCY), figure(roundTrips)])
  }
  const at = LATENCIES.map((each) => `at ${each} ms`)
  return {
    title: `Latency: ${service.name}`,
    columns: ['p50 in ms', ...at, `÷ ${MAX_LATENCY} ms`, 'round trips'],
    rows,
    notes: [],
  }
}
