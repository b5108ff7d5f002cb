import { v5 } from 'uuid'

/** A user with one session and a number of transactions. */
export interface BenchUser {
  id: string
  sessionId: string
  email: string
  name: string
  role: 'admin' | 'analyst'
  rows: number
}

export interface BenchUsers {
  /** One for each size, the smallest first. Reads are measured on these; nothing writes to them. */
  accounts: BenchUser[]
  /** Writes are measured on these. */
  writers: BenchUser[]
  /** Their rows lie between the rows of the accounts. */
  others: BenchUser[]
}

/** The same name always has the same id. */
const idOf = (name: string) => v5(name, v5.URL)

const user = (name: string, role: BenchUser['role'], rows: number): BenchUser => ({
  id: idOf(`user ${name}`),
  sessionId: idOf(`session ${name}`),
  email: `${name}@example.com`,
  name,
  role,
  rows,
})

const several = (count: number, name: string, role: BenchUser['role'], rows: number) =>
  Array.from({ length: count }, (_, index) => user(`${name}-${index + 1}`, role, rows))

/** Accounts of these sizes, 16 writers, and a tenth of the largest account in rows of 200 others. */
export function createUsers(sizes: readonly number[]): BenchUsers {
  return {
    accounts: sizes.map((size) => user(`account-${size}`, 'admin', size)),
    writers: several(16, 'writer', 'admin', 1000),
    others: several(200, 'other', 'analyst', Math.ceil(Math.max(...sizes) / 2000)),
  }
}
