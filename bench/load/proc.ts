import { readdirSync, readFileSync } from 'node:fs'

// Linux tells what a process has used; elsewhere these figures are not measured.

export const CAN_READ_PROC = process.platform === 'linux'

/** Milliseconds of a tick, which Linux counts processor time in. */
const TICK = 10

interface Stat {
  parent: number
  name: string
  /** Milliseconds of processor time, and of children that have ended. */
  own: number
  ended: number
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const close = text.lastIndexOf(')')
    // From the third field on; the second is the name, which may hold blanks.
    const fields = text.slice(close + 2).split(' ')
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number)
    return {
      parent: Number(fields[1]),
      name: text.slice(text.indexOf('(') + 1, close),
      own: (user + system) * TICK,
      ended: (endedUser + endedSystem) * TICK,
    }
  } catch {
    // It has ended meanwhile.
    return null
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => statOf(each)?.parent === pid)
}

/** Milliseconds of processor time that a process has used. */
export const cpuOf = (pid: number): number => statOf(pid)?.own ?? 0

/** Of the processes of PostgreSQL: what they do is not done for one request. */
const BACKGROUND = /^postgres: (checkpointer|background writer|walwriter|autovacuum|logical)/

function isBackground(pid: number): boolean {
  try {
    return BACKGROUND.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return false
  }
}

/** What PostgreSQL has used for those who ask it, processes that have ended included. */
export function cpuOfPostgres(postmaster: number): number {
  const children = childrenOf(postmaster).filter((child) => !isBackground(child))
  const running = children.reduce((sum, child) => sum + cpuOf(child), 0)
  return cpuOf(postmaster) + (statOf(postmaster)?.ended ?? 0) + running
}

/** The child of a process with this name. */
export function childNamed(pid: number, name: string): number | null {
  return childrenOf(pid).find((child) => statOf(child)?.name === name) ?? null
}

/** Bytes of memory that a process holds. */
export function memoryOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024
}
