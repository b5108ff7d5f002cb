import { PASSWORD } from '../data/people.ts'
import type { Call } from '../load/client.ts'
import { compare, type Measured } from '../load/compare.ts'
import type { PeerCalls, RunningPeer } from '../peers/peer.ts'
import { figure, ms, times, type Table } from '../report/table.ts'
import { DISTANCES, type Stack } from '../stack.ts'
import { openAccount, readCalls, type ReadName } from './reads.ts'
import type { Bench, Findings } from './section.ts'
import { BULK_ROWS, loginCall, newRow, newRows, writeCalls } from './write-calls.ts'

const READS: readonly ReadName[] = [
  'dashboard',
  'list, first page',
  'list, from the middle on',
  'list with totals',
  'search, one row in 20,000',
  'transaction by id',
]
const FAR = DISTANCES[2]

/** By name: what is sent, always the same or made anew. */
type Operations = Record<string, () => Call>

const CREATE = 'create'
export const SINGLE = [CREATE, 'create with a key', 'update'] as const

async function ownOperations(stack: Stack): Promise<Operations> {
  const reader = await readCalls(stack, stack.people.accounts.at(-1)!)
  const [writer] = stack.people.writers
  const writes = await writeCalls(stack, writer!)
  const { id } = await openAccount(stack, writer!)
  return {
    ...Object.fromEntries(READS.map((name) => [name, () => reader.call(name)])),
    [CREATE]: writes.create,
    'create with a key': writes.createWithKey,
    update: () => writes.update(id),
    [`bulk of ${BULK_ROWS}`]: writes.bulk,
    login: () => loginCall(writer!),
  }
}

async function peerOperations(stack: Stack, calls: PeerCalls): Promise<Operations> {
  const reads = calls.reads(await openAccount(stack, stack.people.accounts.at(-1)!), stack.until)
  const writer = stack.people.writers[0]!
  const { id } = await openAccount(stack, writer)
  const { login, bulk } = calls
  const asked = READS.flatMap((name) => {
    const call = reads[name]
    return call ? [[name, () => call] as const] : []
  })
  return {
    ...Object.fromEntries(asked),
    [CREATE]: () => calls.create(writer, newRow(stack.until)),
    update: () => calls.update(writer, id),
    ...(bulk && { [`bulk of ${BULK_ROWS}`]: () => bulk(writer, newRows(stack.until)) }),
    ...(login && { login: () => login(writer, PASSWORD) }),
  }
}

/** What the distance itself takes, with the timers that make it. */
const bareCall = (stack: Stack): Call => ({
  method: 'POST',
  path: '/sql',
  headers: { 'neon-connection-string': stack.appUrl, 'neon-raw-text-output': 'true' },
  body: JSON.stringify({ query: 'select 1', params: [] }),
})

/** What an operation takes when the database is further and further away. */
export async function distance(bench: Bench): Promise<Findings> {
  const { stack, effort } = bench
  const figures: Record<string, number> = {}
  // One request each, in turn: most of the time is waiting.
  const pace = {
    clients: 1,
    rounds: { full: 12, quick: 3, tiny: 1 }[effort],
    sliceMs: 1,
    budgetMs: 3000,
  }
  const measure = async (who: string, origins: readonly string[], operations: Operations) => {
    const rows: string[][] = []
    for (const [name, next] of Object.entries(operations)) {
      const subjects = origins.map((origin) => ({ name: `${who}, ${name}`, origin, next }))
      const measured = await compare(subjects, pace)
      DISTANCES.forEach((each, index) => {
        figures[`distance.${who}.${name}.${each}`] = measured[index]!.p50
      })
      rows.push(row(name, measured))
    }
    return rows
  }
  const ours = DISTANCES.map((each) => stack.api[each])
  const bare = DISTANCES.map((each) => stack.endpoints[each])
  const own = [
    ...(await measure('Endpoint', bare, { 'select 1, without Worker': () => bareCall(stack) })),
    ...(await measure('Edgebook', ours, await ownOperations(stack))),
  ]
  const tables = [table('Edgebook', own)]
  for (const peer of bench.peers) {
    const origins = await originsOf(peer)
    const rows = await measure(peer.name, origins, await peerOperations(stack, peer.calls))
    tables.push(table(peer.name, rows))
  }
  const farthest = [...READS, ...SINGLE].map((name) => figures[`distance.Edgebook.${name}.${FAR}`]!)
  figures['distance.worst'] = Math.max(...farthest) / FAR
  return { tables, figures }
}

const originsOf = async (peer: RunningPeer) => {
  const origins: string[] = []
  for (const each of DISTANCES) origins.push(await peer.startAt(each))
  return origins
}

function row(name: string, measured: readonly Measured[]): string[] {
  const [near, , far] = measured
  const trips = (far!.p50 - near!.p50) / FAR
  return [name, ...measured.map(({ p50 }) => ms(p50)), times(far!.p50 / FAR), figure(trips)]
}

const table = (who: string, rows: string[][]): Table => ({
  title: `Distance: ${who}`,
  columns: [
    'p50 in ms',
    ...DISTANCES.map((each) => `at ${each} ms`),
    `against ${FAR} ms`,
    'round trips',
  ],
  rows,
  notes: [],
})
