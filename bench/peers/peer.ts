import type { Person } from '../data/people.ts'
import type { Call } from '../load/client.ts'
import type { ReadName } from '../sections/reads.ts'

/** Where a peer finds its database, and what it signs tokens with. */
export interface PeerSettings {
  databaseUrl: string
  secret: string
}

/** What a row is made of when one is written. */
export interface NewRow {
  type: 'income' | 'expense'
  amount: string
  currency: string
  category: string
  date: string
  notes: string
}

/** The questions that a peer is asked; what it cannot do it leaves out. */
export interface PeerCalls {
  login?(person: Person, password: string): Call
  /** By the names of the tables; `account` is what the reads of our own are made from. */
  reads(
    account: { person: Person; id: string; middle: string; lastPage: number },
    until: string,
  ): Partial<Record<ReadName, Call>>
  create(person: Person, row: NewRow): Call
  update(person: Person, id: string): Call
  bulk?(person: Person, rows: readonly NewRow[]): Call
}

/** Something that does what Edgebook does, in another way: see bench/README.md. */
export interface Peer {
  name: string
  /** The script of its server, which answers `start(settings)` with its origin: see processes/child.ts. */
  script: string
  /** Makes its tables, with the rows of `data.transactions`. Returns how its server logs in. */
  prepare(superuserUrl: string): Promise<{ user: string; password: string }>
  calls(settings: PeerSettings): PeerCalls
}

/** A peer whose server runs. */
export interface RunningPeer {
  name: string
  pid: number
  origin: string
  calls: PeerCalls
  /** One more server of it, so far away from its database. Returns its origin. */
  startAt(latencyMs: number): Promise<string>
}
