import type { Duration, LoadProfile, Measured } from '../load/compare.ts'
import { send, type Call } from '../load/http.ts'
import { figure, type Table } from '../report/table.ts'
import type { Service } from '../service.ts'
import type { Stack } from '../stack.ts'

/** What a section measures. */
export interface Bench {
  stack: Stack
  edgebook: Service
  baseline: Service
  sizes: readonly number[]
  duration: Duration
  profile(clients: number): LoadProfile
}

export type Metrics = Record<string, number>

export interface SectionResult {
  tables: Table[]
  /** What the goals look at, and everything else in the JSON report. */
  metrics: Metrics
}

export type Section = (bench: Bench) => Promise<SectionResult>

/** Notes a measurement under a name. Returns the cell for the table. */
export function record(metrics: Metrics, name: string, measured: Measured): string {
  const { mean, p50, p99, rate, failed } = measured
  for (const [key, value] of Object.entries({ mean, p50, p99, rate })) {
    metrics[`${name}.${key}`] = value
  }
  if (failed > 0) metrics[`${name}.failed`] = failed
  return `${figure(p50)} / ${figure(p99)}`
}

/** The largest number of requests to the database that one of these calls needs. */
export async function databaseRequests({ stack }: Bench, calls: Iterable<Call>): Promise<number> {
  let most = 0
  for (const call of calls) {
    const before = await stack.endpoint.call<number>('requestCount')
    await send(stack.apiOrigins[0]!, call)
    most = Math.max(most, (await stack.endpoint.call<number>('requestCount')) - before)
  }
  return most
}

/** 1k, 100k, 1M. */
export function sizeName(rows: number): string {
  if (rows >= 1_000_000) return `${rows / 1_000_000}M`
  return rows >= 1000 ? `${rows / 1000}k` : String(rows)
}
