import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { CliError } from './cli-error.ts'
import type { Account } from './postgres-account.ts'
import { signal as sendSignal } from './processes.ts'

/**
 * How every PostgreSQL program is started: as the account, without the caller's PG* variables, and
 * in a process group of its own, because Ctrl-C in the terminal is for us, who stop it in order.
 */
export function programOptions(account: Account, folder: string) {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name]
  return { ...account, cwd: folder, env, detached: true }
}

/** Ends a start that is no longer wanted. */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CliError('The start of PostgreSQL was stopped.')
}

/**
 * Runs a program to its end. It is killed, with what it started, when the signal aborts it or this
 * process exits.
 *
 * @throws CliError when it fails or was aborted
 */
export async function runProgram(
  program: string,
  args: string[],
  options: { account: Account; folder: string; input?: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const { account, folder, input = '', signal } = options
  checkAborted(signal)
  const child = spawn(program, args, programOptions(account, folder))
  const kill = () => {
    if (child.pid !== undefined && process.platform !== 'win32') sendSignal(-child.pid, 'SIGKILL')
    else child.kill()
  }
  process.once('exit', kill)
  signal?.addEventListener('abort', kill)
  // It may end before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const output = Promise.all([text(child.stderr), text(child.stdout)])
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    checkAborted(signal)
    const [errors, rest] = await output
    if (code !== 0) throw new CliError(`${program} failed:\n${errors.trim() || rest.trim()}`)
  } finally {
    process.removeListener('exit', kill)
    signal?.removeEventListener('abort', kill)
  }
}
