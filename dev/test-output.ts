import type { Reporter, Vitest } from 'vitest/node'

/** How messages of workerd itself begin; the plugin writes most of them to the standard output. */
const FROM_WORKERD =
  /^(?:uncaught exception; |exception = |console (?:warning|error); |A header value for )/

/**
 * What workerd says of that tests provoke on purpose: connections that the fault proxy drops, a
 * database that is away, a Durable Object whose method a test takes away.
 */
const EXPECTED = [
  /Network connection lost/,
  /disconnected: (?:Connection (?:reset|refused)|HTTP body: error reading|remote\.worker_do_not_log)/,
  /The RPC receiver does not implement the method "(?:take|attemptLogin)"/,
  /A header value for "(?:Authorization|Idempotency-Key)" contains non-ASCII characters/,
]

/**
 * Keeps expected messages of workerd out of the output of this process. Returns what else was written
 * as an error, which a green run does not have.
 */
export function watchErrorOutput(): string[] {
  const unexpected: string[] = []
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
      const fromWorkerd = FROM_WORKERD.test(text)
      if (fromWorkerd && EXPECTED.some((pattern) => pattern.test(text))) return true
      const isError = fromWorkerd || stream === process.stderr
      if (isError && text.trim() !== '') unexpected.push(text)
      return write(chunk, ...rest)
    }
  }
  return unexpected
}

/** What tests write by console.warn and console.error, which Vitest shows of tests that fail only. */
export function watchConsole(unexpected: string[]): Reporter {
  let vitest: Vitest
  return {
    onInit: (started) => void (vitest = started),
    onUserConsoleLog({ type, content, taskId = '' }) {
      const task = vitest.state.getReportedEntityById(taskId)
      const name = task?.type === 'module' ? task.relativeModuleId : (task?.fullName ?? '')
      if (type === 'stderr') unexpected.push(`${name}: ${content}`)
    },
  }
}
