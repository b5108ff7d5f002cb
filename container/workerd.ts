import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../dev/cli-error.ts'
import { projectFolder } from '../dev/project.ts'

export interface WorkerdOptions {
  host: string
  port: number
  stateDir: string
  /** Where the SQL endpoint listens, and where workerd is to listen for the cron trigger. */
  sqlSocket: string
  cronSocket: string
  bindings: Record<string, string>
}

export interface Workerd {
  /** Resolves with a reason when it ends. */
  ended: Promise<string>
  /** Lets running requests finish, for at most this time. */
  stop(milliseconds: number): Promise<void>
}

const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** Starts workerd on the configuration of the build. Its log goes to ours. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  await checkPort(options)
  const child = spawn(
    path.join(projectFolder, 'bin', 'workerd'),
    [
      'serve',
      'workerd.capnp',
      `--socket-addr=http=${inUrl(options.host)}:${options.port}`,
      `--socket-addr=cron=unix:${options.cronSocket}`,
      `--external-addr=sql=unix:${options.sqlSocket}`,
      `--directory-path=state=${options.stateDir}`,
    ],
    // Bindings only: the owner's connection string, for one, is nothing for it.
    {
      cwd: projectFolder,
      env: options.bindings as NodeJS.ProcessEnv,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`workerd could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      process.removeListener('exit', kill)
      resolve(`workerd has ended with ${signal ?? `exit code ${code}`}.`)
    })
  })
  return {
    ended,
    stop: async (milliseconds) => {
      // It accepts nothing more, and ends after the last response.
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(milliseconds, undefined, { ref: false })])
      kill()
      await ended
    },
  }
}

function checkPort({ host, port }: WorkerdOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'another program uses it. Choose another PORT',
        EACCES: 'this account may not listen on it. Choose a PORT from 1024 on',
        EADDRNOTAVAIL: 'this machine does not have that address. Change HOST',
      }
      const reason = reasons[error.code ?? ''] ?? error.message
      reject(new CliError(`Cannot listen on ${inUrl(host)}:${port}: ${reason}.`))
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()))
  })
}
