import type { BenchUser } from './data/users.ts'
import { CATEGORIES, FILLERS } from './data/words.ts'
import type { Call } from './load/http.ts'

/** Something that is measured: the API, or a baseline. */
export interface Service {
  name: string
  /** The process that serves the requests. */
  pid: number
  /** In the order of LATENCIES. */
  origins: string[]
  /** By the names in the tables. */
  reads(user: BenchUser): Promise<Record<string, Call>>
  /** By the names in the tables. Each call is another one. */
  writes(user: BenchUser): Promise<Record<string, () => Call>>
}

/** Some reads that stand for the others. */
export const TYPICAL_READS = [
  'dashboard',
  'list, first page',
  'list, from the middle on',
  'list with totals',
  'search, one row in 20,000',
  'transaction by id',
]

/** Writes of one transaction. */
export const SINGLE_WRITES = ['create', 'create with a key', 'update']

let created = 0

/** The fields of a transaction that was not written before. */
export function newTransaction(date: string) {
  const number = created++
  return {
    type: 'expense',
    amount: `${(number % 9000) + 1}.${10 + (number % 90)}`,
    currency: 'EUR',
    category: CATEGORIES[number % CATEGORIES.length]!,
    date,
    notes: `${FILLERS[number % FILLERS.length]} ${number}`,
  }
}

/** As many as one bulk write takes. */
export const newTransactions = (date: string, count = 500) =>
  Array.from({ length: count }, () => newTransaction(date))
