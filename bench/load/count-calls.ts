import type { Stack } from '../stack.ts'
import type { Subject } from './compare.ts'

/** Counts requests, and the calls of the database that come of them. */
export interface CallCount {
  /** The same subject, counted where it is the API without distance. */
  counted(subject: Subject): Subject
  /** Calls of the database for each of those requests; nothing else may ask meanwhile. */
  perRequest(): Promise<number>
}

export async function countCalls({ endpoint, api }: Stack): Promise<CallCount> {
  const before = await endpoint.call<number>('count')
  let requests = 0
  return {
    counted: (subject) => {
      const { next } = subject
      if (next === undefined || subject.origin !== api[0]) return subject
      return {
        ...subject,
        next: (client) => {
          requests++
          return next(client)
        },
      }
    },
    perRequest: async () => ((await endpoint.call<number>('count')) - before) / requests,
  }
}
