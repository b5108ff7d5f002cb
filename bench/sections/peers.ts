import { compare, type Measured, type Subject } from '../load/compare.ts'
import type { RunningPeer } from '../peers/peer.ts'
import { ms, times, type Table } from '../report/table.ts'
import { READ_NAMES, readCalls } from './reads.ts'
import { sizeName, type Bench, type Findings } from './section.ts'

/** The reads that both have, beside each other, on the smallest and on the largest account. */
export async function peers(bench: Bench): Promise<Findings> {
  const { stack } = bench
  const figures: Record<string, number> = {}
  const tables: Table[] = []
  const { accounts } = stack.people
  for (const person of new Set([accounts[0]!, accounts.at(-1)!])) {
    const own = await readCalls(stack, person)
    const theirs = bench.peers.map((peer) => ({
      peer,
      calls: peer.calls.reads(own.account, stack.until),
    }))
    const size = sizeName(person.rows)
    const rows: string[][] = []
    for (const name of READ_NAMES) {
      const subjects: Subject[] = theirs.flatMap(({ peer, calls }) => {
        const call = calls[name]
        return call ? [{ name: peer.name, origin: peer.origin, next: () => call }] : []
      })
      if (subjects.length === 0) continue
      const ours = { name: 'Edgebook', origin: stack.api[0], next: () => own.call(name) }
      const measured = await compare([ours, ...subjects], bench.pace(1))
      rows.push(row(name, measured, bench.peers))
      for (const each of measured) figures[`peers.${name}.${size}.${each.name}.p50`] = each.p50
    }
    tables.push({
      title: `Peers: account of ${size} rows, one client`,
      columns: [
        'p50 / p99 in ms',
        'Edgebook',
        ...bench.peers.flatMap(({ name }) => [name, `${name} ÷ Edgebook`]),
      ],
      rows,
      notes: [],
    })
  }
  return { tables, figures }
}

function row(name: string, measured: readonly Measured[], all: readonly RunningPeer[]) {
  const [ours] = measured
  const cell = ({ p50, p99 }: Measured) => `${ms(p50)} / ${ms(p99)}`
  const others = all.flatMap((peer) => {
    const theirs = measured.find((each) => each.name === peer.name)
    return theirs ? [cell(theirs), times(theirs.p50 / ours!.p50)] : ['', '']
  })
  return [name, cell(ours!), ...others]
}
