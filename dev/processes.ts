import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process by its id and its start, so that a recycled id is not mistaken for it. */
export interface ProcessHandle {
  pid: number
  started: string
}

/** When this process started, as an opaque text, or null when it does not run. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const fields = statFields(pid)
    const [state = 'X'] = fields
    if ('ZX'.includes(state)) return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  }
  try {
    process.kill(pid, 0)
    return 'unknown'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? 'unknown' : null
  }
}

/** Linux's /proc/PID/stat from the third field on: state, parent, process group and so on. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in brackets, which may contain spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

export function handleOf(pid: number): ProcessHandle {
  return { pid, started: startOf(pid) ?? '' }
}

export function isRunning({ pid, started }: ProcessHandle): boolean {
  return started !== '' && startOf(pid) === started
}

/** The two processes above this one: npm runs scripts through a shell, which outlives it. */
export function ancestors(): string {
  return `${process.ppid} ${statFields(process.ppid)[1]}`
}

/** Every running `postgres` process that works in this data folder. */
export function postgresProcessesIn(folder: string): number[] {
  const real = realpathSync(folder)
  if (process.platform === 'win32') return []
  if (process.platform === 'linux') return linuxPostgresIn(real)
  return execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(real))
    .map((line) => Number.parseInt(line, 10))
}

function linuxPostgresIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => {
      if (!/^\d+$/.test(name)) return false
      try {
        const program = path.basename(readlinkSync(`/proc/${name}/exe`)).replace(' (deleted)', '')
        return program === 'postgres' && readlinkSync(`/proc/${name}/cwd`) === folder
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Sends a signal to a process, or to a group when the id is negative. A missing one is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended, which is the goal.
  }
}

/** Waits until a condition holds. Returns false when the time is up first. */
export async function waitUntil(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (!condition()) {
    if (Date.now() > end) return false
    await sleep(50)
  }
  return true
}
