import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, messageOf } from './cli-error.ts'

/**
 * Waits until the API answers and is ready.
 *
 * @param broken Resolves with a reason when a part of the stack ends
 * @param fault What the Worker has said to be wrong with its settings, if anything
 * @throws Failure when it does not become ready, at once where its settings are wrong
 */
export async function waitUntilReady(
  apiUrl: string,
  broken: Promise<string>,
  issue: () => string | null,
): Promise<void> {
  let reason: string | null = null
  void broken.then((text) => (reason = text))
  let end = Date.now() + 60_000
  let last = 'no answer'
  // Whether the Worker runs is asked first, for that question is not counted by its rate limiter.
  let question = '/health'
  while (Date.now() < end) {
    if (reason !== null) throw new CliError(reason)
    try {
      const response = await ask(apiUrl + question)
      if (response.status === 500) throw new CliError(await explain(response.text, issue))
      // Too many requests is an answer of the rate limiter, which keeps its counts over a restart.
      if (question === '/health/ready' && [200, 429].includes(response.status)) return
      if (question === '/health' && response.status === 200) {
        question = '/health/ready'
        // It runs, so what it misses is not going to come from waiting long.
        end = Math.min(end, Date.now() + 15_000)
        continue
      }
      last = `${question} answered ${response.status} ${response.text.slice(0, 500)}`
    } catch (error) {
      if (error instanceof CliError) throw error
      last = `${question}: ${messageOf(error)}`
    }
    await sleep(question === '/health' ? 100 : 500)
  }
  throw new CliError(`The API did not become ready. The last answer: ${last}`)
}

async function ask(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  return { status: response.status, text: await response.text() }
}

/** The Worker says in its log what its answer keeps to itself; the log may come a little later. */
async function explain(response: string, issue: () => string | null): Promise<string> {
  for (let tries = 0; tries < 20 && issue() === null; tries++) await sleep(50)
  return (
    issue() ?? `The API fails, see its log lines above. It answered 500 ${response.slice(0, 500)}`
  )
}
