import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CliError, messageOf } from './cli-error.ts'
import { handleOf, isRunning, type ProcessHandle } from './processes.ts'

/**
 * Takes a folder for this process until the returned function is called.
 * A lock that a killed process left behind is taken over.
 */
export function lockFolder(folder: string, name: string): () => void {
  const lock = path.join(folder, `${name}.lock`)
  const draft = `${lock}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(handleOf(process.pid)))
  } catch (error) {
    throw new CliError(`Cannot write to the folder ${folder}: ${messageOf(error)}`)
  }
  try {
    const holder = readHandle(lock)
    if (holder !== null && isRunning(holder)) throw inUse(folder, `process ${holder.pid}`)
    rmSync(lock, { force: true })
    // Linking a complete file is atomic: nobody reads a lock that is half-written.
    linkSync(draft, lock)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (isTaken) throw inUse(folder, 'another process')
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return () => rmSync(lock, { force: true })
}

const inUse = (folder: string, holder: string) =>
  new CliError(
    `The data folder ${folder} is in use by ${holder}. Stop it first, or choose another folder.`,
  )

/** Reads the process that holds a lock; null when the file is missing or not a lock. */
export function readHandle(file: string): ProcessHandle | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessHandle>
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : null
  } catch {
    return null
  }
}
