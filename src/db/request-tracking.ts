import { neonConfig } from '@neondatabase/serverless'

/** One HTTP request of the driver to the database. */
export interface DatabaseRequest {
  signal: AbortSignal
  /** URL; undefined if the driver derives it from the connection string. */
  endpoint: string | undefined
  /** Whether it has left the Worker. An earlier failure has changed nothing. */
  sent: boolean
}

// The driver passes its fetch options through unchanged, so the signal identifies the request.
const requests = new WeakMap<AbortSignal, DatabaseRequest>()

const send = (url: string, init: RequestInit): Promise<Response> => {
  const request = init.signal ? requests.get(init.signal) : undefined
  if (request) request.sent = true
  return fetch(request?.endpoint ?? url, init)
}

/** Starts a request that is aborted after `deadlineMs`. */
export function startRequest(endpoint: string | undefined, deadlineMs: number): DatabaseRequest {
  // neonConfig is global to the isolate; `send` looks up what differs by request.
  neonConfig.fetchFunction = send
  const request = { signal: AbortSignal.timeout(deadlineMs), endpoint, sent: false }
  requests.set(request.signal, request)
  return request
}
