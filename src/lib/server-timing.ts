/** Milliseconds and number of calls for each part of a request, for `Server-Timing` and the log. */
export interface Timings {
  measure<T>(part: string, work: () => Promise<T>): Promise<T>
  entries(): ReadonlyMap<string, { ms: number; calls: number }>
}

/**
 * Clocks in a Worker stand still between I/O, so a part that only computes shows as 0 ms.
 */
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
