import { fork } from 'node:child_process'
import { CliError } from '../../dev/cli-error.ts'
import type { Cleanups } from '../../dev/cleanups.ts'

/** A process of our own that answers calls: see child.ts. */
export interface Child {
  pid: number
  call<T>(method: string, argument?: unknown): Promise<T>
  stop(): Promise<void>
}

interface Answer {
  id: number
  result?: unknown
  failure?: string
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Starts a script as a process of its own, so that what it does takes no turn of this one. */
export function startChild(script: string, stops: Cleanups): Child {
  const child = fork(script, { execArgv: [], serialization: 'advanced' })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const { reject } of waiting.values()) {
        reject(new CliError(`${script} ended with exit code ${code ?? 'none'}.`))
      }
      resolve()
    })
  })
  child.on('message', (answer: Answer) => {
    const { resolve, reject } = waiting.get(answer.id) ?? {}
    waiting.delete(answer.id)
    if (answer.failure === undefined) resolve?.(answer.result)
    else reject?.(new CliError(answer.failure))
  })
  const stop = async () => {
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), 8000)
    await ended
    clearTimeout(timer)
  }
  stops.push(stop)
  return {
    pid: child.pid ?? 0,
    call: <T>(method: string, argument?: unknown) =>
      new Promise<T>((resolve, reject) => {
        const id = ++calls
        waiting.set(id, { resolve: (result) => resolve(result as T), reject })
        child.send({ id, method, argument })
      }),
    stop,
  }
}
