/** Attempts to log in to one account, by network, device or unlock. */
export interface LoginMemory {
  /** Consecutive failures, and the time of the last one (ms since the epoch). */
  failures: Map<string, { count: number; at: number }>
  /** Networks with a successful login, and the time of the last one. */
  known: Map<string, number>
}

export const emptyMemory = (): LoginMemory => ({ failures: new Map(), known: new Map() })

/** Failures without a wait: users mistype, or try an old password. */
const FREE_ATTEMPTS = 5
const MAX_WAIT_MS = 15 * 60_000
const FAILURE_RETENTION_MS = 24 * 60 * 60_000
const KNOWN_RETENTION_MS = 90 * 24 * 60 * 60_000
/** Bounds the memory that an attacker with many networks can fill; the oldest are removed first. */
const MAX_FAILURES = 1000
const MAX_KNOWN = 50

/** 0 for the first five failures, then 1, 2, 4 … seconds up to 15 minutes. */
export function waitAfter(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0
  return Math.min(MAX_WAIT_MS, 1000 * 2 ** (failures - FREE_ATTEMPTS))
}

/** Milliseconds until a network can try again; 0 if it can now. */
export function remainingWait(memory: LoginMemory, network: string, now: number): number {
  const failed = memory.failures.get(network)
  if (!failed) return 0
  // A clock that was set back must not extend the wait.
  return Math.min(waitAfter(failed.count), Math.max(0, failed.at + waitAfter(failed.count) - now))
}

/** Whether a device or an unlock may try without the network: five failures end that for a day. */
export const mayPass = (memory: LoginMemory, pass: string) =>
  (memory.failures.get(pass)?.count ?? 0) < FREE_ATTEMPTS

/** An unlock works for one login. */
export function spend(memory: LoginMemory, pass: string, now: number): void {
  memory.failures.set(pass, { count: FREE_ATTEMPTS, at: now })
}

export const isKnown = (memory: LoginMemory, network: string) => memory.known.has(network)

function keepNewest<T>(map: Map<string, T>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return
    map.delete(key)
  }
}

/**
 * Counts an attempt as failed until `noteSuccess` is called, so that concurrent guesses are throttled
 * like consecutive ones.
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

/** What an admin sees of the attempts to log in to an account. */
export interface LoginAttempts {
  /** Failures of the last day, without those that a success followed. */
  failed: number
  /** Networks and devices that they came from. */
  sources: number
  /** Milliseconds since the epoch. */
  lastFailedAt: number | undefined
}

export function summarize(memory: LoginMemory): LoginAttempts {
  // A used unlock is among them, so that it works once.
  const failures = [...memory.failures].flatMap(([name, each]) =>
    name.startsWith('unlock:') ? [] : [each],
  )
  return {
    failed: failures.reduce((sum, { count }) => sum + count, 0),
    sources: failures.length,
    lastFailedAt: failures.length === 0 ? undefined : Math.max(...failures.map(({ at }) => at)),
  }
}

/** Removes what has expired. Returns the time of the next expiry; undefined if nothing is left. */
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
