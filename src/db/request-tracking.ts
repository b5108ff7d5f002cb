import { neonConfig } from '@neondatabase/serverless'

/** One HTTP request of the driver to the database. */
export interface DatabaseRequest {
  signal: AbortSignal
  /** Where to; undefined where the driver finds Neon from the connection string. */
  endpoint: string | undefined
  /** Whether it has left the Worker. What fails before that has certainly changed nothing. */
  sent: boolean
}

// The driver hands the options of a call on as they are, so the signal says which call it is.
const requests = new WeakMap<AbortSignal, DatabaseRequest>()

/** Sends what the driver made, and takes down that it was sent. */
const send = (url: string, init: RequestInit): Promise<Response> => {
  const request = init.signal ? requests.get(init.signal) : undefined
  if (request) request.sent = true
  return fetch(request?.endpoint ?? url, init)
}

/** Begins a request that is aborted after `deadlineMs`. */
export function startRequest(endpoint: string | undefined, deadlineMs: number): DatabaseRequest {
  // The configuration belongs to the whole isolate; what differs by request is looked up above.
  neonConfig.fetchFunction = send
  const request = { signal: AbortSignal.timeout(deadlineMs), endpoint, sent: false }
  requests.set(request.signal, request)
  return request
}
