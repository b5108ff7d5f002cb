import { createHash } from 'node:crypto'

/** A user with a session and so many rows. */
export interface Person {
  id: string
  sessionId: string
  email: string
  name: string
  role: 'admin' | 'analyst'
  passwordHash: string
  rows: number
}

/** Everybody in the book. */
export interface People {
  /** One for each size, the smallest first; reads are measured on these, which nobody writes to. */
  accounts: Person[]
  /** Those that writes are measured on. */
  writers: Person[]
  /** Whose rows lie between the others'. */
  others: Person[]
}

/** The password of all of them. */
export const PASSWORD = 'seven wet umbrellas'
/** bcrypt of it, at the cost that the API uses. */
const PASSWORD_HASH = '$2b$10$q8ZMdf./xyPVqTeThUagCOFp3nocJu5zQebL2KrvYarVO79pNWT8a'

const WRITERS = 16

/** An id that is always the same for a name. */
const idOf = (name: string) => {
  const hex = createHash('sha256').update(name).digest('hex')
  return [
    '01900000',
    hex.slice(0, 4),
    `7${hex.slice(4, 7)}`,
    `8${hex.slice(7, 10)}`,
    hex.slice(10, 22),
  ].join('-')
}

const person = (name: string, role: Person['role'], rows: number): Person => ({
  id: idOf(`user ${name}`),
  sessionId: idOf(`session ${name}`),
  email: `${name}@example.com`,
  name,
  role,
  passwordHash: PASSWORD_HASH,
  rows,
})

/** Accounts of these sizes, and beside them a tenth of the largest in other people's rows. */
export function makePeople(sizes: readonly number[]): People {
  const others = 200
  const each = Math.ceil(Math.max(...sizes) / 10 / others)
  const several = (count: number, name: string, role: Person['role'], rows: number) =>
    Array.from({ length: count }, (_, index) => person(`${name}-${index + 1}`, role, rows))
  return {
    accounts: sizes.map((size) => person(`account-${size}`, 'admin', size)),
    writers: several(WRITERS, 'writer', 'admin', 1000),
    others: several(others, 'other', 'analyst', each),
  }
}
