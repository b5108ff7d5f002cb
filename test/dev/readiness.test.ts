import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { waitUntilReady } from '../../dev/readiness.ts'

const never = new Promise<string>(() => {})

/** Waits for an API that answers with these statuses, the last one again and again. */
async function waitFor(
  statuses: Record<string, number[]>,
  { broken = never, fault = () => null }: { broken?: Promise<string>; fault?: () => string | null },
): Promise<string[]> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    const left = statuses[url] ?? [404]
    response.writeHead((left.length > 1 ? left.shift() : left[0]) ?? 404).end('{"an":"answer"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    await waitUntilReady(`http://127.0.0.1:${port}`, broken, fault)
    return asked
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it('asks what is counted no sooner than the Worker runs', async () => {
  const asked = await waitFor({ '/health': [503, 503, 200], '/health/ready': [503, 200] }, {})
  expect(asked).toEqual(['/health', '/health', '/health', '/health/ready', '/health/ready'])
})

it('takes the rate limiter at its word', async () => {
  const asked = await waitFor({ '/health': [200], '/health/ready': [429] }, {})
  expect(asked).toEqual(['/health', '/health/ready'])
})

it('stops at once with what the Worker says of its settings, which comes a little later', async () => {
  let said: string | null = null
  setTimeout(() => (said = 'RATE_LIMIT_READ: must read "requests/seconds"'), 200)
  const waiting = waitFor({ '/health': [500] }, { fault: () => said })
  await expect(waiting).rejects.toThrow('RATE_LIMIT_READ: must read')
})

it('stops at once when the Worker fails for another reason, or a part has ended', async () => {
  await expect(waitFor({ '/health': [500] }, {})).rejects.toThrow('It answered 500 {"an":"answer"}')
  const broken = Promise.resolve('PostgreSQL has ended by itself.')
  await expect(waitFor({ '/health': [503] }, { broken })).rejects.toThrow('PostgreSQL has ended')
})
