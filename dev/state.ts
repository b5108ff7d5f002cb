import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isRunning, type ProcessHandle } from './processes.ts'

/** What a running dev server leaves in its data folder, for the next start and for admin:create. */
export interface DevState {
  dev: ProcessHandle
  /** The leader of the process group of `wrangler dev`. */
  wrangler: ProcessHandle
  apiUrl: string
  /** Null when the database is not the embedded one. */
  ownerUrl: string | null
  endpointUrl: string | null
}

const fileIn = (dataDir: string) => path.join(dataDir, 'state.json')

/** Writes the state, readable for its owner only: it contains a password. */
export function writeState(dataDir: string, state: DevState): void {
  const draft = `${fileIn(dataDir)}.${process.pid}`
  writeFileSync(draft, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(draft, fileIn(dataDir))
}

/** The state that the last dev server of this folder wrote, running or not. */
export function readState(dataDir: string): DevState | null {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as DevState
  } catch {
    return null
  }
}

/** The state of the dev server that runs on this folder now. */
export function readRunningState(dataDir: string): DevState | null {
  const state = readState(dataDir)
  return state !== null && isRunning(state.dev) ? state : null
}

export function removeState(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}
