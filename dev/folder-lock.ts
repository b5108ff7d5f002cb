import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CliError, messageOf } from './cli-error.ts'
import { isRunning, processHandleOf, type ProcessHandle } from './processes.ts'

/**
 * Takes a folder for this process until the returned function is called.
 * A lock that a killed process left behind is taken over.
 */
export function lockFolder(folder: string, name: string): () => void {
  const lock = path.join(folder, `${name}.lock`)
  const own = JSON.stringify(processHandleOf(process.pid))
  // Linking a complete file is atomic: a lock is never seen half-written.
  const draft = `${lock}.${process.pid}`
  try {
    writeFileSync(draft, own)
  } catch (error) {
    throw new CliError(`Cannot write to the folder ${folder}: ${messageOf(error)}`)
  }
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (link(draft, lock)) return () => release(lock, own)
      dropStaleLock(lock, folder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  throw new CliError(`Could not lock the data folder ${folder}.`)
}

function link(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function dropStaleLock(lock: string, folder: string): void {
  const found = readLock(lock)
  if (found === null) return
  if (found.mark !== null && isRunning(found.mark)) {
    throw new CliError(
      `The data folder ${folder} is in use by process ${found.mark.pid}. ` +
        `Stop that one first, or choose another folder.`,
    )
  }
  // Another start may have replaced the stale lock meanwhile: move away, look, and put back.
  const aside = `${lock}.stale.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (readLock(aside)?.text !== found.text) link(aside, lock)
  rmSync(aside, { force: true })
}

function readLock(file: string): { text: string; mark: ProcessHandle | null } | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  return { text, mark: parseProcessHandle(text) }
}

/** Reads a process mark written as JSON; null when it is not one. */
export function parseProcessHandle(text: string): ProcessHandle | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    if (!('pid' in value) || !('started' in value)) return null
    if (typeof value.pid !== 'number' || typeof value.started !== 'string') return null
    return { pid: value.pid, started: value.started }
  } catch {
    return null
  }
}

function release(lock: string, own: string): void {
  if (readLock(lock)?.text === own) rmSync(lock, { force: true })
}
