import path from 'node:path'
import { addDays, monthEnd, monthStart } from '../../../src/lib/calendar.ts'
import { ABSENT_PAIR, ABSENT_WORD, COMMON_PAIR, COMMON_WORD, RARE_WORD } from '../../data/words.ts'
import type { Person } from '../../data/people.ts'
import type { Call } from '../../load/client.ts'
import type { Peer, PeerCalls, PeerSettings } from '../peer.ts'
import { prepareSchema } from './schema.ts'
import { issueToken } from './token.ts'

/** Pages by number and sums on read, with an index on user and date. */
export const nodePg: Peer = {
  name: 'Node and pg',
  script: path.join(import.meta.dirname, 'server.child.ts'),
  prepare: prepareSchema,
  calls,
}

const JSON_TYPE = { 'content-type': 'application/json' }

function calls({ secret }: PeerSettings): PeerCalls {
  const headersOf = ({ id, role }: Person) => {
    const exp = Math.floor(Date.now() / 1000) + 3600
    return { authorization: `Bearer ${issueToken({ sub: id, role, exp }, secret)}` }
  }
  const send = (person: Person, method: string, to: string, body: unknown): Call => ({
    method,
    path: to,
    headers: { ...headersOf(person), ...JSON_TYPE },
    body: JSON.stringify(body),
  })
  return {
    login: ({ email }, password) => ({
      method: 'POST',
      path: '/login',
      headers: JSON_TYPE,
      body: JSON.stringify({ email, password }),
    }),
    reads({ person, id, middle, lastPage }, until) {
      const headers = headersOf(person)
      const get = (to: string): Call => ({ path: to, headers })
      const list = (query: string) => get(`/transactions?${query}`)
      const to = monthEnd(until)
      const from = monthStart(to, -11)
      const year = `from=${addDays(until, -730)}&to=${addDays(until, -366)}`
      return {
        dashboard: get(`/dashboard?from=${from}&to=${to}&before=${monthStart(from, -12)}`),
        'list, first page': list(''),
        'list, from the middle on': list(`to=${middle}&page=2`),
        'list, oldest first': list('sort=date'),
        'list, largest first': list('sort=-amount'),
        'list, category and year': list(`category=Health&${year}`),
        'list, amounts from 500 to 510': list('min=500&max=510'),
        'list, last page by number': list(`page=${lastPage}`),
        'search, one row in three': list(`q=${COMMON_WORD}`),
        'search, one row in 20,000': list(`q=${RARE_WORD}`),
        'search, nothing there': list(`q=${ABSENT_WORD}`),
        'search, two letters': list(`q=${COMMON_PAIR}`),
        'search, two letters, nothing there': list(`q=${ABSENT_PAIR}`),
        'transaction by id': get(`/transactions/${id}`),
      }
    },
    create: (person, row) => send(person, 'POST', '/transactions', row),
    update: (person, id) =>
      send(person, 'PATCH', `/transactions/${id}`, { notes: `changed ${Math.random()}` }),
    bulk: (person, rows) => send(person, 'POST', '/bulk', rows),
  }
}
