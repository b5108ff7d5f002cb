import { randomUUID } from 'node:crypto'
import { addDays } from '../src/lib/calendar.ts'
import type { BenchUser } from './data/users.ts'
import { ABSENT_PAIR, ABSENT_WORD, COMMON_PAIR, COMMON_WORD, RARE_WORD } from './data/words.ts'
import { send, type Call } from './load/http.ts'
import { childrenOf } from './load/proc.ts'
import { newTransaction, newTransactions, type Service } from './service.ts'
import type { Stack } from './stack.ts'

export const TRANSACTIONS = '/v1/transactions'

const PAGE = 20
const JSON_TYPE = { 'content-type': 'application/json' }

/** The API. */
export function edgebook(stack: Stack): Service {
  const { lastDay } = stack
  return {
    name: 'Edgebook',
    // The child process runs Miniflare, which runs workerd.
    pid: childrenOf(stack.worker.pid)[0] ?? 0,
    origins: stack.apiOrigins,
    async reads(user) {
      const headers = await stack.authorization(user)
      const paths = await readPaths(stack, user)
      return Object.fromEntries(paths.map(([name, path]) => [name, { path, headers }]))
    },
    async writes(user) {
      const authorization = await stack.authorization(user)
      const { id } = await middleOf(stack, user)
      const post = (path: string, body: object, headers: Record<string, string> = {}): Call => ({
        method: 'POST',
        path,
        headers: { ...JSON_TYPE, ...authorization, ...headers },
        body: JSON.stringify(body),
      })
      const create = (headers?: Record<string, string>) =>
        post(TRANSACTIONS, newTransaction(lastDay), headers)
      return {
        create,
        'create with a key': () => create({ 'idempotency-key': randomUUID() }),
        update: () => ({
          ...post(`${TRANSACTIONS}/${id}`, { notes: randomUUID() }, { 'if-match': '*' }),
          method: 'PATCH',
        }),
        'bulk of 500': () => {
          const operations = newTransactions(lastDay).map((data) => ({ op: 'create', data }))
          return post(`${TRANSACTIONS}/bulk`, { operations })
        },
      }
    },
  }
}

/** A transaction in the middle of an account, and the cursor behind its page. */
async function middleOf(stack: Stack, user: BenchUser) {
  const date = addDays(stack.lastDay, -912)
  const text = await send(stack.apiOrigins[0]!, {
    path: `${TRANSACTIONS}?date_to=${date}`,
    headers: await stack.authorization(user),
  })
  const page = JSON.parse(text) as { data: { id: string }[]; next_cursor: string }
  return { date, id: page.data[0]!.id, cursor: page.next_cursor }
}

async function readPaths(stack: Stack, user: BenchUser): Promise<[name: string, path: string][]> {
  const { date, id, cursor } = await middleOf(stack, user)
  const day = (daysAgo: number) => addDays(stack.lastDay, -daysAgo)
  const year = `date_from=${day(730)}&date_to=${day(366)}`
  const all = `date_from=${day(1825)}&date_to=${day(0)}`
  const search = (text: string) => `${TRANSACTIONS}?q=${text}`
  return [
    ['dashboard', '/v1/dashboard'],
    ['dashboard, days at the edges', `/v1/dashboard?${year}`],
    ['summary', '/v1/dashboard/summary'],
    ['trends by month, 5 years', `/v1/dashboard/trends?interval=month&${all}`],
    ['trends by day, 5 years', `/v1/dashboard/trends?interval=day&${all}`],
    ['list, first page', TRANSACTIONS],
    ['list, from the middle on', `${TRANSACTIONS}?date_to=${date}&cursor=${cursor}`],
    ['list, oldest first', `${TRANSACTIONS}?sort=date`],
    ['list, largest first', `${TRANSACTIONS}?sort=-amount`],
    ['list, category and year', `${TRANSACTIONS}?category=Health&${year}`],
    ['list, type and month', `${TRANSACTIONS}?type=income&date_from=${day(60)}&date_to=${day(30)}`],
    ['list, amounts from 500 to 510', `${TRANSACTIONS}?min_amount=500&max_amount=510`],
    ['list with totals', `${TRANSACTIONS}?include=totals`],
    ['list, last page by number', `${TRANSACTIONS}?page=${Math.floor(user.rows / PAGE)}`],
    ['search, one row in three', search(COMMON_WORD)],
    ['search, one row in 20,000', search(RARE_WORD)],
    ['search, nothing there', search(ABSENT_WORD)],
    ['search, two letters', search(COMMON_PAIR)],
    ['search, two letters, nothing there', search(ABSENT_PAIR)],
    ['categories in use', '/v1/categories'],
    ['transaction by id', `${TRANSACTIONS}/${id}`],
  ]
}

/** A CSV file with new transactions, to be imported. Some resemble what the account has already. */
export async function importCall(stack: Stack, user: BenchUser, rows: number): Promise<Call> {
  const lines = newTransactions(stack.lastDay, rows).map((each) => Object.values(each).join(','))
  return {
    method: 'POST',
    path: `${TRANSACTIONS}/import?dry_run=false&likely_duplicates=create`,
    headers: { 'content-type': 'text/csv', ...(await stack.authorization(user)) },
    body: ['type,amount,currency,category,date,notes', ...lines, ''].join('\r\n'),
  }
}
