import { send, type Call } from './http.ts'

/** How long is measured. `tiny` only shows that everything runs. */
export type Duration = 'full' | 'quick' | 'tiny'

export interface LoadProfile {
  clients: number
  rounds: number
  sliceMs: number
  /** What one subject may take in all; a slow one gets fewer rounds. */
  budgetMs: number
}

/** One client changes subjects often; many clients need a while to compete with each other. */
const PROFILES: Record<Duration, Record<'one' | 'many', Omit<LoadProfile, 'clients'>>> = {
  full: {
    one: { rounds: 14, sliceMs: 60, budgetMs: 2000 },
    many: { rounds: 3, sliceMs: 250, budgetMs: 2000 },
  },
  quick: {
    one: { rounds: 6, sliceMs: 30, budgetMs: 1000 },
    many: { rounds: 1, sliceMs: 100, budgetMs: 1000 },
  },
  tiny: {
    one: { rounds: 1, sliceMs: 1, budgetMs: 1000 },
    many: { rounds: 1, sliceMs: 1, budgetMs: 1000 },
  },
}

export const loadProfile = (duration: Duration, clients: number): LoadProfile => ({
  clients,
  ...PROFILES[duration][clients === 1 ? 'one' : 'many'],
})

/** One of the things that are compared. */
export interface Subject {
  name: string
  /** One unit of work by one of the clients. */
  run(client: number): Promise<unknown>
  /** Readings before and after each slice; the differences are summed up. */
  meter?: () => number[]
}

/** Work that consists of HTTP requests. */
export const requests = (
  name: string,
  origin: string,
  next: (client: number) => Call,
  status?: number,
): Subject => ({ name, run: (client) => send(origin, next(client), status) })

/** Times are in milliseconds. */
export interface Measured {
  name: string
  count: number
  mean: number
  p50: number
  p99: number
  /** Per second, all clients together. */
  rate: number
  /** Errors; their times are not among the others. */
  failed: number
  metered: number[]
}

interface Lane {
  subject: Subject
  times: number[]
  elapsed: number
  failed: number
  metered: number[]
}

/**
 * Measures subjects in turns: A B C A B C …, so that other load on the machine affects all of them.
 * Every subject is warmed up first; an error then ends the run, because the work itself is wrong.
 */
export async function compare(
  subjects: readonly Subject[],
  load: LoadProfile,
): Promise<Measured[]> {
  const lanes: Lane[] = []
  for (const subject of subjects) {
    const lane = { subject, times: [], elapsed: 0, failed: 0, metered: [] }
    await runSlice({ ...lane, times: [] }, { ...load, sliceMs: load.sliceMs / 2 }, (error) => {
      throw error
    })
    lanes.push(lane)
  }
  for (let round = 0; round < load.rounds; round++) {
    for (const lane of lanes.filter(({ elapsed }) => elapsed < load.budgetMs)) {
      const before = lane.subject.meter?.() ?? []
      await runSlice(lane, load, () => lane.failed++)
      const after = lane.subject.meter?.() ?? []
      lane.metered = after.map((value, i) => value - before[i]! + (lane.metered[i] ?? 0))
    }
  }
  return lanes.map(({ subject, times, elapsed, failed, metered }) => ({
    name: subject.name,
    count: times.length,
    mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    rate: (times.length / elapsed) * 1000,
    failed,
    metered,
  }))
}

/** Each client sends, waits for the response and sends again, until the time is over. */
async function runSlice(
  lane: Lane,
  { clients, sliceMs }: LoadProfile,
  onError: (error: unknown) => void,
): Promise<void> {
  const start = performance.now()
  const client = async (_: unknown, index: number) => {
    do {
      const begin = performance.now()
      try {
        await lane.subject.run(index)
        lane.times.push(performance.now() - begin)
      } catch (error) {
        onError(error)
      }
    } while (performance.now() < start + sliceMs)
  }
  await Promise.all(Array.from({ length: clients }, client))
  lane.elapsed += performance.now() - start
}

/** The smallest value that this share of the values does not exceed (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
