import { addDays } from '../../src/lib/calendar.ts'
import { CliError } from '../../dev/cli-error.ts'
import { ABSENT_PAIR, ABSENT_WORD, COMMON_PAIR, COMMON_WORD, RARE_WORD } from '../data/words.ts'
import type { Person } from '../data/people.ts'
import { callOnce, type Call } from '../load/client.ts'
import type { Stack } from '../stack.ts'

/** The reads that are measured, by the names that the tables show. */
export const READ_NAMES = [
  'dashboard',
  'dashboard, days at the edges',
  'summary',
  'categories of the dashboard',
  'trends by month, 5 years',
  'trends by day, 5 years',
  'list, first page',
  'list, from the middle on',
  'list, oldest first',
  'list, largest first',
  'list, smallest first',
  'list, category and year',
  'list, type and month',
  'list, amounts from 500 to 510',
  'list with totals',
  'list, page 1 by number',
  'list, last page by number',
  'search, one row in three',
  'search, one row in 20,000',
  'search, nothing there',
  'search, two letters',
  'search, two letters, nothing there',
  'categories in use',
  'transaction by id',
] as const
export type ReadName = (typeof READ_NAMES)[number]

/** What has to be known of an account to read it. */
export interface Account {
  person: Person
  /** The id of a row in the middle. */
  id: string
  middle: string
  /** Of the list that ends at the middle: its second page. */
  cursor: string
  lastPage: number
}

const LIMIT = 20

/** Looks into the middle of an account. */
export async function openAccount(stack: Stack, person: Person): Promise<Account> {
  const middle = addDays(stack.until, -912)
  const { text } = await callOnce(stack.api[0], {
    path: `/v1/transactions?date_to=${middle}`,
    headers: { authorization: `Bearer ${await stack.token(person)}` },
  })
  const page = JSON.parse(text) as { data?: { id: string }[]; next_cursor?: string }
  const id = page.data?.[0]?.id
  if (id === undefined || page.next_cursor === undefined) {
    throw new CliError(`${person.name} has no middle: ${text.slice(0, 500)}`)
  }
  return { person, id, middle, cursor: page.next_cursor, lastPage: Math.floor(person.rows / LIMIT) }
}

/** Where each read of an account is. */
export function readPaths(account: Account, until: string): Record<ReadName, string> {
  const { id, middle, cursor, lastPage } = account
  const year = `date_from=${addDays(until, -730)}&date_to=${addDays(until, -366)}`
  const month = `date_from=${addDays(until, -60)}&date_to=${addDays(until, -30)}`
  const all = `date_from=${addDays(until, -1825)}&date_to=${until}`
  const list = (query: string) => `/v1/transactions${query === '' ? '' : `?${query}`}`
  return {
    dashboard: '/v1/dashboard',
    'dashboard, days at the edges': `/v1/dashboard?${year}`,
    summary: '/v1/dashboard/summary',
    'categories of the dashboard': '/v1/dashboard/categories',
    'trends by month, 5 years': `/v1/dashboard/trends?interval=month&${all}`,
    'trends by day, 5 years': `/v1/dashboard/trends?interval=day&${all}`,
    'list, first page': list(''),
    'list, from the middle on': list(`date_to=${middle}&cursor=${cursor}`),
    'list, oldest first': list('sort=date'),
    'list, largest first': list('sort=-amount'),
    'list, smallest first': list('sort=amount'),
    'list, category and year': list(`category=Health&${year}`),
    'list, type and month': list(`type=income&${month}`),
    'list, amounts from 500 to 510': list('min_amount=500&max_amount=510'),
    'list with totals': list('include=totals'),
    'list, page 1 by number': list('page=1'),
    'list, last page by number': list(`page=${lastPage}`),
    'search, one row in three': list(`q=${COMMON_WORD}`),
    'search, one row in 20,000': list(`q=${RARE_WORD}`),
    'search, nothing there': list(`q=${ABSENT_WORD}`),
    'search, two letters': list(`q=${COMMON_PAIR}`),
    'search, two letters, nothing there': list(`q=${ABSENT_PAIR}`),
    'categories in use': '/v1/categories',
    'transaction by id': `/v1/transactions/${id}`,
  }
}

/** The call of a read, with the token of its reader. */
export async function readCalls(
  stack: Stack,
  person: Person,
): Promise<{ account: Account; call(name: ReadName): Call }> {
  const account = await openAccount(stack, person)
  const paths = readPaths(account, stack.until)
  const headers = { authorization: `Bearer ${await stack.token(person)}` }
  return { account, call: (name) => ({ path: paths[name], headers }) }
}
