import { neonConfig } from '@neondatabase/serverless'

/** One HTTP request of the driver to the database. */
export interface Trip {
  signal: AbortSignal
  /** Where to; undefined where the driver finds Neon from the connection string. */
  endpoint: string | undefined
  /** Whether it has left the Worker. What fails before that has certainly changed nothing. */
  sent: boolean
}

// The driver hands the options of a call on as they are, so the signal says which call it is.
const trips = new WeakMap<AbortSignal, Trip>()

/** Sends what the driver made, and takes down that it was sent. */
const send = (url: string, init: RequestInit): Promise<Response> => {
  const trip = init.signal ? trips.get(init.signal) : undefined
  if (trip) trip.sent = true
  return fetch(trip?.endpoint ?? url, init)
}

/** Begins a request that is aborted after `deadlineMs`. */
export function beginTrip(endpoint: string | undefined, deadlineMs: number): Trip {
  // The configuration belongs to the whole isolate; what differs by request is looked up above.
  neonConfig.fetchFunction = send
  const trip = { signal: AbortSignal.timeout(deadlineMs), endpoint, sent: false }
  trips.set(trip.signal, trip)
  return trip
}
