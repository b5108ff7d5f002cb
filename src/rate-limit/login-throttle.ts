/** What is remembered of the attempts to log in to one account, by the network they come from. */
export interface LoginMemory {
  /** Attempts in a row that did not succeed, and when the last one was (ms since the epoch). */
  failures: Map<string, { count: number; at: number }>
  /** Networks from which somebody logged in, and when the last time was. */
  known: Map<string, number>
}

export const emptyMemory = (): LoginMemory => ({ failures: new Map(), known: new Map() })

/** So many mistakes cost no wait: people mistype, and try an older password. */
const FREE_ATTEMPTS = 5
const MAX_WAIT_MS = 15 * 60_000
const FAILURE_RETENTION_MS = 24 * 60 * 60_000
const KNOWN_RETENTION_MS = 90 * 24 * 60 * 60_000
/** A stranger with many networks must not fill the memory: the oldest go first. */
const MAX_FAILURES = 1000
const MAX_KNOWN = 50

/** 0 for the first five, then 1, 2, 4 … seconds up to a quarter of an hour. */
export function waitAfter(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0
  return Math.min(MAX_WAIT_MS, 1000 * 2 ** (failures - FREE_ATTEMPTS))
}

/** Milliseconds until a network may try again; 0 where it may now. */
export function remainingWait(memory: LoginMemory, network: string, now: number): number {
  const failed = memory.failures.get(network)
  if (!failed) return 0
  // A clock that was set back makes nobody wait for longer.
  return Math.min(waitAfter(failed.count), Math.max(0, failed.at + waitAfter(failed.count) - now))
}

export const isKnown = (memory: LoginMemory, network: string) => memory.known.has(network)

function keepNewest<T>(map: Map<string, T>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return
    map.delete(key)
  }
}

/**
 * Counts an attempt as failed until `noteSuccess` says otherwise: so of a hundred guesses that are
 * sent at once, no more pass than of a hundred in a row.
 */
export function noteAttempt(memory: LoginMemory, network: string, now: number): void {
  const count = (memory.failures.get(network)?.count ?? 0) + 1
  memory.failures.delete(network)
  memory.failures.set(network, { count, at: now })
  keepNewest(memory.failures, MAX_FAILURES)
}

export function noteSuccess(memory: LoginMemory, network: string, now: number): void {
  memory.failures.delete(network)
  memory.known.delete(network)
  memory.known.set(network, now)
  keepNewest(memory.known, MAX_KNOWN)
}

/** Forgets what is over. Returns when there will be more to forget; undefined where nothing is left. */
export function forget(memory: LoginMemory, now: number): number | undefined {
  const ends: number[] = []
  for (const [network, { at }] of memory.failures) {
    if (at + FAILURE_RETENTION_MS <= now) memory.failures.delete(network)
    else ends.push(at + FAILURE_RETENTION_MS)
  }
  for (const [network, at] of memory.known) {
    if (at + KNOWN_RETENTION_MS <= now) memory.known.delete(network)
    else ends.push(at + KNOWN_RETENTION_MS)
  }
  return ends.length === 0 ? undefined : Math.min(...ends)
}
