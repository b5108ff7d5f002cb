/** Milliseconds and number of calls for each part of a request, for `Server-Timing` and the log. */
export interface Timings {
  measure<T>(part: string, work: () => Promise<T>): Promise<T>
  entries(): ReadonlyMap<string, { ms: number; calls: number }>
}

/** The clock of a Worker only advances at I/O, so pure computation is measured as 0 ms. */
export function createTimings(now: () => number = () => performance.now()): Timings {
  const parts = new Map<string, { ms: number; calls: number }>()
  return {
    async measure(part, work) {
      const entry = parts.get(part) ?? { ms: 0, calls: 0 }
      parts.set(part, entry)
      const start = now()
      entry.calls++
      try {
        return await work()
      } finally {
        entry.ms += now() - start
      }
    },
    entries: () => parts,
  }
}
