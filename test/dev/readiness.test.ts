import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { CliError } from '../../dev/cli-error.ts'
import { waitUntilReady } from '../../dev/readiness.ts'

const never = new Promise<string>(() => {})

/** Waits for an API that responds with these statuses, the last one again and again. */
async function waitFor(
  statuses: Record<string, number[]>,
  { broken = never, body = '{"a":"body"}' }: { broken?: Promise<string>; body?: string } = {},
): Promise<string[]> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    const left = statuses[url] ?? [404]
    response.writeHead((left.length > 1 ? left.shift() : left[0]) ?? 404).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    await waitUntilReady(`http://127.0.0.1:${port}`, broken)
    return asked
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('The readiness check requests what is rate limited only when the Worker runs', async () => {
  const asked = await waitFor({ '/health': [503, 503, 200], '/health/ready': [503, 200] })
  expect(asked).toEqual(['/health', '/health', '/health', '/health/ready', '/health/ready'])
})

it('A response of the rate limiter counts as ready', async () => {
  const asked = await waitFor({ '/health': [200], '/health/ready': [429] })
  expect(asked).toEqual(['/health', '/health/ready'])
})

it('The start fails at once with the settings that the Worker refuses', async () => {
  const detail = 'RATE_LIMIT_READ must read "requests/seconds".'
  const body = JSON.stringify({ code: 'not_configured', detail })
  const waiting = waitFor({ '/health': [200], '/health/ready': [500] }, { body })
  await expect(waiting).rejects.toThrow(new CliError(detail))
})

it('The start fails at once when the Worker fails for another reason, or a part ends', async () => {
  const reason = 'It responded with 500 {"a":"body"}'
  await expect(waitFor({ '/health': [500] })).rejects.toThrow(reason)
  const broken = Promise.resolve('PostgreSQL has ended by itself.')
  await expect(waitFor({ '/health': [503] }, { broken })).rejects.toThrow('PostgreSQL has ended')
})
