import { fork } from 'node:child_process'
import type { Cleanups } from '../../dev/cleanups.ts'
import { CliError, messageOf } from '../../dev/cli-error.ts'

// Calls between the bench and its child processes: what runs in a process of its own does not take
// turns with the load generator.

interface Request {
  id: number
  method: string
  argument: never
}

interface Response {
  id: number
  result?: unknown
  error?: string
}

/** A child process that serves calls. */
export interface Child {
  pid: number
  call<T>(method: string, argument?: unknown): Promise<T>
  stop(): Promise<void>
}

export function startChild(script: string, stops: Cleanups): Child {
  const child = fork(script, { execArgv: [], serialization: 'advanced' })
  const waiting = new Map<number, (response: Omit<Response, 'id'>) => void>()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const respond of waiting.values()) respond({ error: `${script} ended with ${code}.` })
      resolve()
    })
  })
  child.on('message', (response: Response) => {
    waiting.get(response.id)?.(response)
    waiting.delete(response.id)
  })
  const stop = async () => {
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), 8000)
    await ended
    clearTimeout(timer)
  }
  stops.push(stop)
  let calls = 0
  const call = <T>(method: string, argument?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = ++calls
      waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as T) : reject(new CliError(error)),
      )
      child.send({ id, method, argument })
    })
  return { pid: child.pid ?? 0, call, stop }
}

/** Serves the calls of the process that started this one, until that process ends or stops it. */
export function serve(
  handlers: Record<string, (argument: never) => unknown>,
  stop: () => Promise<unknown>,
): void {
  const respond = async ({ id, method, argument }: Request) => {
    try {
      process.send?.({ id, result: await handlers[method]!(argument) })
    } catch (error) {
      process.send?.({ id, error: messageOf(error) })
    }
  }
  process.on('message', (request: Request) => void respond(request))
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 5000).unref()
    void stop().finally(() => process.exit(0))
  })
  // Ctrl-C reaches all processes of a terminal; the parent stops this one.
  process.on('SIGINT', () => {})
}
