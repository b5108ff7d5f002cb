/** What a child process can be asked to do, by name. */
export type Handlers = Record<string, (argument: never) => unknown>

interface Call {
  id: number
  method: string
  argument: never
}

/**
 * Answers the calls of the process that forked this one, and ends with it.
 *
 * @param stop Clears up before the end
 */
export function serve(handlers: Handlers, stop: () => Promise<void> | void): void {
  const answer = async ({ id, method, argument }: Call) => {
    try {
      const handler = handlers[method]
      if (handler === undefined) throw new Error(`There is no call ${method}`)
      process.send?.({ id, result: await handler(argument) })
    } catch (error) {
      process.send?.({ id, failure: error instanceof Error ? error.message : String(error) })
    }
  }
  process.on('message', (call: Call) => void answer(call))
  process.once('disconnect', () => {
    // Should something hang, it ends all the same.
    setTimeout(() => process.exit(1), 5000).unref()
    void (async () => {
      await stop()
      process.exit(0)
    })()
  })
  // Ctrl-C in the terminal is for the parent, who ends us in order.
  process.on('SIGINT', () => {})
}
