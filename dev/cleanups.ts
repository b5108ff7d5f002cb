import { CliError, messageOf } from './cli-error.ts'

/** How the parts of a program are stopped. The last one is stopped first. */
export type Cleanups = (() => Promise<void> | void)[]

/**
 * Runs a program and then its cleanups: when it ends, fails, or is stopped by a signal, which
 * aborts it first. Ends this process, after a signal with `stoppedCode` if that is set.
 */
export async function runWithCleanups(
  program: (cleanups: Cleanups, signal: AbortSignal) => Promise<void>,
  { stoppedCode }: { stoppedCode?: number } = {},
): Promise<void> {
  const cleanups: Cleanups = []
  const aborting = new AbortController()
  const stop = async (exitCode: number) => {
    if (aborting.signal.aborted) return
    aborting.abort()
    // The exit handlers end by force what hangs.
    setTimeout(() => process.exit(exitCode || 1), 20_000).unref()
    // A part that is just starting may still add a cleanup.
    for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) {
      try {
        await cleanup()
      } catch (error) {
        console.error(messageOf(error))
      }
    }
    process.exit(exitCode)
  }
  const fail = (error: unknown) => {
    if (aborting.signal.aborted) return
    const known = error instanceof CliError
    console.error(known ? `\n${error.message}` : error)
    void stop(known ? error.exitCode : 1)
  }
  for (const [name, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 143],
  ] as const) {
    process.on(name, () => {
      if (!aborting.signal.aborted) console.log('\nStopping')
      void stop(stoppedCode ?? exitCode)
    })
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  try {
    await program(cleanups, aborting.signal)
    await stop(0)
  } catch (error) {
    fail(error)
  }
}
