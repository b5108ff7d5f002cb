import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process by its id and its start, so that a recycled id is not mistaken for it. */
export interface ProcessHandle {
  pid: number
  started: string
}

/** When this process started, as an opaque text, or null when there is no such process. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') return linuxStartOf(pid)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null
  }
  if (process.platform === 'win32') return 'unknown'
  return run('ps', ['-o', 'lstart=', '-p', String(pid)]) || null
}

function linuxStartOf(pid: number): string | null {
  try {
    const fields = statFields(pid)
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${fields[19]}`
  } catch {
    return null
  }
}

/** The fields of Linux's /proc/PID/stat from the third one, the state, on. */
function statFields(pid: number | string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name in brackets, which may hold blanks and brackets.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** The mark of a process that is running now. */
export function processHandleOf(pid: number): ProcessHandle {
  return { pid, started: startOf(pid) ?? '' }
}

/** Whether the very process that was marked still runs. */
export function isRunning(mark: ProcessHandle): boolean {
  return mark.started !== '' && startOf(mark.pid) === mark.started
}

/** The npm process that runs this one, directly or through a shell; null when none does. */
export function findNpm(): ProcessHandle | null {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return null
  for (const pid of [process.ppid, parentOf(process.ppid)]) {
    if (/\bnpm\b/.test(commandOf(pid))) return processHandleOf(pid)
  }
  return null
}

/** Whether `npm run dev` has started this process and was gone before it could be watched. */
export function hasLostNpm(): boolean {
  if (process.env['npm_lifecycle_event'] !== 'dev' || process.platform === 'win32') return false
  for (let pid = process.ppid; pid > 0; pid = parentOf(pid)) {
    // Whichever runs the scripts here.
    if (/\b(npm|pnpm|yarn|bun)\b/.test(commandOf(pid))) return false
  }
  return true
}

function parentOf(pid: number): number {
  if (process.platform !== 'linux') return Number(run('ps', ['-o', 'ppid=', '-p', String(pid)]))
  try {
    return Number(statFields(pid)[1])
  } catch {
    return 0
  }
}

function commandOf(pid: number): string {
  if (process.platform !== 'linux') return run('ps', ['-o', 'command=', '-p', String(pid)])
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Every running `postgres` process that works in this data folder. */
export function postgresProcessesIn(folder: string): number[] {
  const real = realpathSync(folder)
  if (process.platform === 'linux') return linuxProcessesIn(real)
  if (process.platform === 'win32') return []
  return run('ps', ['-axo', 'pid=,command='])
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(real))
    .map((line) => Number.parseInt(line, 10))
}

function linuxProcessesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const program = path.basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '')
        return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false
      }
    })
    .map(Number)
}

/** The processes of a process group that belong to `wrangler dev`, whether its leader lives or not. */
export function wranglerProcessesIn(group: number): number[] {
  const members = process.platform === 'linux' ? linuxGroup(group) : otherGroup(group)
  // A group of this id may be another program's by now.
  return members
    .filter(({ command }) => /wrangler|workerd|esbuild/.test(command))
    .map(({ pid }) => pid)
}

interface Member {
  pid: number
  command: string
}

function linuxGroup(group: number): Member[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = statFields(pid)
        if (Number(fields[2]) !== group || fields[0] === 'Z') return []
        return [{ pid: Number(pid), command: commandOf(Number(pid)) }]
      } catch {
        return []
      }
    })
}

function otherGroup(group: number): Member[] {
  if (process.platform === 'win32') return []
  return run('ps', ['-axo', 'pid=,pgid=,command='])
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid]) => Number(pgid) === group)
    .map(([pid, , ...command]) => ({ pid: Number(pid), command: command.join(' ') }))
}

/** Sends a signal to a process, or to a group when the id is negative; a missing one is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself, which is what was wanted.
  }
}

/** Waits until none of the processes is left; false when the time is up first. */
export async function waitUntilGone(pids: () => number[], milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (pids().length > 0) {
    if (Date.now() > end) return false
    await sleep(50)
  }
  return true
}

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}
