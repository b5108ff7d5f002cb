import { CliError } from '../../dev/cli-error.ts'
import { Clients, type Call } from './client.ts'
import { summarise, type Summary } from './statistics.ts'

/** One of the things that are compared. */
export interface Subject {
  name: string
  /** Where HTTP answers. Absent where `run` does the work. */
  origin?: string
  /** What one of so many clients sends next. */
  next?: (client: number) => Call
  /** The status that is right; without it, any that is a success. */
  status?: number
  /** Work other than HTTP, by one of so many clients. */
  run?: (client: number) => Promise<void>
  /** Reads something before and after what is measured. */
  meter?: { begin(): void; end(): void }
}

export interface Measured extends Summary {
  name: string
  /** Requests a second, all clients together. */
  rate: number
  /** Requests that were answered with an error; their times are not among the others. */
  failed: number
}

/** How long and how often. */
export interface Pace {
  clients: number
  rounds: number
  sliceMs: number
  /** What one subject may take in all; a slow one gets fewer rounds. */
  budgetMs: number
}

interface Lane {
  subject: Subject
  work: (client: number) => Promise<void>
  times: number[]
  elapsed: number
  failed: number
  close(): void
}

/** Opens the connections of a subject. */
function openLane(subject: Subject, count: number): Lane {
  const { name, origin, next, run, status: expected } = subject
  const lane = { subject, times: [], elapsed: 0, failed: 0 }
  if (run) return { ...lane, work: run, close: () => {} }
  if (origin === undefined || next === undefined) throw new CliError(`Nothing to do for ${name}`)
  const clients = new Clients(origin, count)
  const work = async (client: number) => {
    const call = next(client)
    const { status, text } = await clients.send(call)
    if (expected === undefined ? status >= 200 && status < 300 : status === expected) return
    const what = `${call.method ?? 'GET'} ${call.path}`
    throw new CliError(`${name}: ${what} answered ${status} ${text.slice(0, 500)}`)
  }
  return { ...lane, work, close: () => clients.close() }
}

/**
 * Each client sends, waits for the answer and sends again, until the time is over.
 *
 * @param onFailure Called with what is thrown
 */
async function runSlice(
  lane: Lane,
  { clients, sliceMs }: Pace,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const start = performance.now()
  const end = start + sliceMs
  const client = async (_: unknown, index: number) => {
    do {
      const begin = performance.now()
      try {
        await lane.work(index)
        lane.times.push(performance.now() - begin)
      } catch (error) {
        onFailure(error)
      }
    } while (performance.now() < end)
  }
  await Promise.all(Array.from({ length: clients }, client))
  lane.elapsed += performance.now() - start
}

/**
 * Measures subjects beside each other: A B C A B C …, so that what else the machine does falls on all
 * of them alike. Every subject is warmed up before.
 */
export async function compare(subjects: readonly Subject[], pace: Pace): Promise<Measured[]> {
  const lanes = subjects.map((subject) => openLane(subject, pace.clients))
  try {
    for (const lane of lanes) {
      // What fails even now was asked for in a wrong way: that is no figure.
      await runSlice(lane, { ...pace, sliceMs: pace.sliceMs / 2 }, (error) => {
        throw error
      })
      lane.times = []
      lane.elapsed = 0
    }
    for (let round = 0; round < pace.rounds; round++) {
      const left = lanes.filter(({ elapsed }) => elapsed < pace.budgetMs)
      for (const lane of left) {
        lane.subject.meter?.begin()
        await runSlice(lane, pace, () => lane.failed++)
        lane.subject.meter?.end()
      }
    }
    return lanes.map(({ subject, times, elapsed, failed }) => ({
      name: subject.name,
      ...summarise(times),
      rate: (times.length / elapsed) * 1000,
      failed,
    }))
  } finally {
    for (const lane of lanes) lane.close()
  }
}
