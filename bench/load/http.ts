import { request } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { CliError } from '../../dev/cli-error.ts'

/** An HTTP request. */
export interface Call {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/**
 * Sends a request and reads the response. Connections stay open; each request that is under way has
 * one of its own.
 *
 * @param status The expected status; without it, any success
 * @throws Failure for another status
 */
export async function send(origin: string, call: Call, status?: number): Promise<string> {
  const { method = 'GET', path, headers = {}, body } = call
  const [received, text] = await new Promise<[number, string]>((resolve, reject) => {
    const sent = request(origin + path, { method, headers }, (response) => {
      textOf(response).then((read) => resolve([response.statusCode ?? 0, read]), reject)
    })
    sent.once('error', reject).end(body)
  })
  if (status === undefined ? received >= 200 && received < 300 : received === status) return text
  throw new CliError(`${method} ${origin}${path} returned ${received} ${text.slice(0, 500)}`)
}
