import path from 'node:path'
import { addDays, monthEnd, monthStart } from '../../src/lib/calendar.ts'
import { urlFor } from '../../dev/settings.ts'
import type { BenchUser } from '../data/users.ts'
import { ABSENT_WORD, COMMON_WORD, RARE_WORD } from '../data/words.ts'
import { startDelay } from '../load/delay.ts'
import { send, type Call } from '../load/http.ts'
import { startChild } from '../processes/rpc.ts'
import { newTransaction, newTransactions, type Service } from '../service.ts'
import { LATENCIES, type Stack } from '../stack.ts'
import { createSchema } from './node-pg.schema.ts'

export const BASELINE = 'Node and pg'

/** Starts the service written by hand: pages by number, sums on read, an index on user and date. */
export async function startNodePg(stack: Stack): Promise<Service> {
  const { secret, superuserUrl, stops } = stack
  const { role, password } = await createSchema(superuserUrl)
  const databaseUrl = urlFor(superuserUrl, role, password)
  const child = startChild(path.join(import.meta.dirname, 'node-pg.child.ts'), stops)
  const origins: string[] = []
  for (const latency of LATENCIES) {
    const url = new URL(databaseUrl)
    if (latency > 0) {
      const delay = await startDelay(Number(url.port), latency)
      stops.push(() => delay.stop())
      url.port = String(delay.port)
    }
    origins.push(await child.call<string>('start', { databaseUrl: url.href, secret }))
  }
  return {
    name: BASELINE,
    pid: child.pid,
    origins,
    reads: (user) => readsOf(stack, origins[0]!, user),
    writes: (user) => writesOf(stack, origins[0]!, user),
  }
}

const middleOf = (stack: Stack) => `to=${addDays(stack.lastDay, -912)}`

/** The id of a transaction in the middle of an account. */
async function findId(stack: Stack, origin: string, user: BenchUser): Promise<string> {
  const headers = await stack.authorization(user)
  const text = await send(origin, { path: `/transactions?${middleOf(stack)}`, headers })
  return (JSON.parse(text) as { data: { id: string }[] }).data[0]!.id
}

async function readsOf(stack: Stack, origin: string, user: BenchUser) {
  const headers = await stack.authorization(user)
  const last = monthEnd(stack.lastDay)
  const first = monthStart(last, -11)
  const year = `from=${addDays(stack.lastDay, -730)}&to=${addDays(stack.lastDay, -366)}`
  const list = (query: string): Call => ({ path: `/transactions?${query}`, headers })
  return {
    dashboard: {
      path: `/dashboard?from=${first}&to=${last}&before=${monthStart(first, -12)}`,
      headers,
    },
    'list, first page': list(''),
    'list, from the middle on': list(`${middleOf(stack)}&page=2`),
    'list, category and year': list(`category=Health&${year}`),
    'list, last page by number': list(`page=${Math.floor(user.rows / 20)}`),
    'search, one row in three': list(`q=${COMMON_WORD}`),
    'search, one row in 20,000': list(`q=${RARE_WORD}`),
    'search, nothing there': list(`q=${ABSENT_WORD}`),
    'transaction by id': { path: `/transactions/${await findId(stack, origin, user)}`, headers },
  }
}

async function writesOf(stack: Stack, origin: string, user: BenchUser) {
  const authorization = await stack.authorization(user)
  const id = await findId(stack, origin, user)
  const headers = { 'content-type': 'application/json', ...authorization }
  const call = (method: string, to: string, body: object): Call => ({
    method,
    path: to,
    headers,
    body: JSON.stringify(body),
  })
  return {
    create: () => call('POST', '/transactions', newTransaction(stack.lastDay)),
    update: () => call('PATCH', `/transactions/${id}`, { notes: `changed ${Math.random()}` }),
    'bulk of 500': () => call('POST', '/bulk', newTransactions(stack.lastDay)),
  }
}
