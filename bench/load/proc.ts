import { existsSync, readdirSync, readFileSync } from 'node:fs'

// Processor time is read from /proc; where there is none, it is NaN.

const TICK_MS = 10
/** Processes of PostgreSQL whose work does not belong to one request. */
const BACKGROUND = /^postgres: (checkpointer|background writer|walwriter|autovacuum|logical)/

function read(pid: number, file: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended.
    return ''
  }
}

/** From the third field on; the second is the name, which may contain blanks. */
const fieldsOf = (pid: number) => read(pid, 'stat').split(') ').at(-1)!.split(' ')

export const childrenOf = (pid: number): number[] =>
  (existsSync('/proc') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name) && fieldsOf(Number(name))[1] === String(pid))
    .map(Number)

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Milliseconds of processor time that a process has used, and its ended children. */
export const cpuOf = (pid: number): number => sum(fieldsOf(pid).slice(11, 15).map(Number)) * TICK_MS

/** Milliseconds that a PostgreSQL server has used for its clients. */
export function cpuOfPostgres(postmaster: number): number {
  const serving = childrenOf(postmaster).filter((pid) => !BACKGROUND.test(read(pid, 'cmdline')))
  return cpuOf(postmaster) + sum(serving.map(cpuOf))
}
