import type { TestResponse, Call, RequestOptions } from './app.ts'

const MAX_TRIES = 60

/** Whether the response says what became of the write. */
const isDefinite = ({ status, body }: TestResponse) =>
  status !== 503 && body?.code !== 'idempotency_in_progress'

const pause = () => new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20))

/**
 * Sends a write with one key until the response is definite, as a client does that retries; but for the two
 * seconds of `Retry-After`, which no test has. Every response on the way goes to `seen`.
 */
export async function untilDefinite(
  call: Call,
  [method, path, options]: readonly [method: string, path: string, options: RequestOptions],
  key: string,
  seen: (response: TestResponse) => void,
): Promise<TestResponse> {
  const headers = { ...options.headers, 'Idempotency-Key': key }
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const response = await call(method, path, { ...options, headers })
    seen(response)
    if (isDefinite(response)) return response
    await pause()
  }
  throw new Error(`No definite response in ${MAX_TRIES} tries`)
}
