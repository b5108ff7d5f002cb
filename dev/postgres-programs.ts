import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { CliError } from './cli-error.ts'
import type { Account } from './postgres-account.ts'
import { signal as sendSignal } from './processes.ts'

/** How every PostgreSQL program is started: as the account, and deaf to the caller's PG* variables. */
export function programOptions(account: Account, folder: string) {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  for (const name of Object.keys(environment)) if (name.startsWith('PG')) delete environment[name]
  return { ...account, cwd: folder, env: environment }
}

/** What `runProgram` takes. */
interface ProgramOptions {
  account: Account
  folder: string
  input?: string
  signal: AbortSignal | undefined
}

/** Ends a start that is no longer wanted. */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CliError('The start of PostgreSQL was stopped.')
}

/**
 * Runs a program to its end. It is killed, with what it started, when the signal aborts it or this
 * process exits.
 *
 * @throws Failure when it was aborted
 */
export async function runProgram(
  program: string,
  args: string[],
  { account, folder, input, signal }: ProgramOptions,
): Promise<{ ok: boolean; reason: string }> {
  checkAborted(signal)
  // Its own process group: Ctrl-C in the terminal is for us, and we can kill it as a whole.
  const child = spawn(program, args, { ...programOptions(account, folder), detached: true })
  const kill = () => killGroup(child)
  process.once('exit', kill)
  signal?.addEventListener('abort', kill)
  const result = await resultOf(child, input)
  process.removeListener('exit', kill)
  signal?.removeEventListener('abort', kill)
  checkAborted(signal)
  return result
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') child.kill()
  else sendSignal(-child.pid, 'SIGKILL')
}

async function resultOf(
  child: ChildProcessWithoutNullStreams,
  input = '',
): Promise<{ ok: boolean; reason: string }> {
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  // It may end before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, reason: error.message }))
    child.once('close', (status, by) => {
      const reason = output.stderr.trim() || output.stdout.trim() || `It was ended by ${by}.`
      resolve({ ok: status === 0, reason })
    })
  })
}
