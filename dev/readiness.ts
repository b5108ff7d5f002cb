import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, messageOf } from './cli-error.ts'

/**
 * Waits until the API responds and is ready.
 *
 * @param broken Resolves with a reason when a part of the stack ends
 * @throws CliError when it does not become ready, at once when its settings are invalid
 */
export async function waitUntilReady(apiUrl: string, broken: Promise<string>): Promise<void> {
  let reason: string | null = null
  void broken.then((text) => (reason = text))
  let end = Date.now() + 60_000
  let last = 'no response'
  // The rate limiter counts /health/ready, but not /health.
  let page = '/health'
  while (Date.now() < end) {
    if (reason !== null) throw new CliError(reason)
    const { status, text } = await get(apiUrl + page)
    if (status === 500) throw new CliError(explain(text))
    // The rate limiter keeps its counts over a restart, so 429 is a sign of life.
    if (page === '/health/ready' && (status === 200 || status === 429)) return
    if (page === '/health' && status === 200) {
      page = '/health/ready'
      // The Worker runs, so waiting long would not bring what is missing.
      end = Math.min(end, Date.now() + 15_000)
      continue
    }
    last = `${page}: ${status} ${text.slice(0, 500)}`
    await sleep(page === '/health' ? 100 : 500)
  }
  throw new CliError(`The API did not become ready. The last response: ${last}`)
}

async function get(url: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    return { status: 0, text: messageOf(error) }
  }
}

function explain(text: string): string {
  const problem = text.startsWith('{')
    ? (JSON.parse(text) as { code?: string; detail?: string })
    : {}
  if (problem.code === 'not_configured' && problem.detail) return problem.detail
  return `The API fails, see its log lines above. It responded with 500 ${text.slice(0, 500)}`
}
