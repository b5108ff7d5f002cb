import { get } from 'node:http'
import { addDays } from '../../src/lib/calendar.ts'
import { CliError } from '../../dev/cli-error.ts'
import { importCall, TRANSACTIONS } from '../edgebook.ts'
import { watchHeap, type Heap } from '../load/heap.ts'
import { send } from '../load/http.ts'
import { figure, mib, type Table } from '../report/table.ts'
import type { Bench, Metrics, SectionResult } from './section.ts'

const IMPORT_ROWS = 20_000

/** What the isolate of the API holds during an export of the largest account and an import. */
export async function memory({ stack }: Bench): Promise<SectionResult> {
  const { child, origin, worker, inspector } = await stack.startInspected()
  const largest = stack.users.accounts.at(-1)!
  const headers = await stack.authorization(largest)
  const csv = `${origin}${TRANSACTIONS}/export`
  const watch = async (collect: boolean, work: () => Promise<number>) => {
    const start = performance.now()
    const everyMs = collect ? 200 : 20
    const { result, heaps } = await watchHeap({ inspector, worker, everyMs, collect }, work)
    return { heaps, rows: result, rate: (result / (performance.now() - start)) * 1000 }
  }
  const list = () => send(origin, { path: TRANSACTIONS, headers }).then(() => 1)
  try {
    await list()
    const idle = await watch(false, list)
    const exported = await watch(false, () => countLines(csv, headers))
    if (exported.rows !== largest.rows) throw new CliError(`Exported ${exported.rows} rows.`)
    const call = await importCall(stack, stack.users.writers[3]!, IMPORT_ROWS)
    const imported = await watch(false, () => send(origin, call, 201).then(() => IMPORT_ROWS))
    // Collections take time, so this is a measurement of its own, over two of the five years.
    const from = addDays(stack.lastDay, -730)
    const live = await watch(true, () => countLines(`${csv}?date_from=${from}`, headers))
    return resultOf(idle, exported, imported, live)
  } finally {
    await child.stop()
  }
}

/** Reads a CSV file without keeping it. Returns the number of records. */
function countLines(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (response) => {
      let lines = 0
      response.on('data', (bytes: Uint8Array) => {
        for (const byte of bytes) if (byte === 10) lines++
      })
      response.once('end', () => resolve(lines - 1)).once('error', reject)
    })
    request.once('error', reject)
  })
}

interface Watched {
  heaps: Heap[]
  rows: number
  rate: number
}

const peak = (heaps: readonly Heap[], of: (heap: Heap) => number) => Math.max(...heaps.map(of))

/** Everything that counts against the limit of an isolate. */
const held = ({ total, buffers }: Heap) => total + buffers
const inUse = ({ used, buffers }: Heap) => used + buffers

function resultOf(idle: Watched, exported: Watched, imported: Watched, live: Watched) {
  const row = (name: string, { heaps, rows, rate }: Watched) => [
    name,
    ...[
      ({ used }: Heap) => used,
      ({ total }: Heap) => total,
      ({ buffers }: Heap) => buffers,
      held,
    ].map((of) => mib(peak(heaps, of))),
    rows > 1 ? figure(rate) : '',
  ]
  const count = (rows: number) => rows.toLocaleString('en')
  const half = live.heaps.length >> 1
  const [first, second] = [live.heaps.slice(0, half), live.heaps.slice(half)]
  const table: Table = {
    title: 'Memory of the isolate',
    columns: ['Peak', 'objects', 'heap', 'buffers', 'heap and buffers', 'rows/s'],
    rows: [
      row('one page of a list', idle),
      row(`export of ${count(exported.rows)} rows`, exported),
      row(`import of ${count(imported.rows)} rows`, imported),
    ],
    notes: [
      `In use during an export of ${count(live.rows)} rows, after a collection each time: at most ` +
        `${mib(peak(first, inUse))} in its first half and ${mib(peak(second, inUse))} in its second.`,
      'The heap is what was reserved, including objects that are not collected yet: this workerd ' +
        'has no limit and collects late.',
    ],
  }
  const metrics: Metrics = {
    'memory.export.peak': peak(exported.heaps, held),
    'memory.export.rate': exported.rate,
    'memory.import.peak': peak(imported.heaps, held),
  }
  // A short export has too few samples.
  if (live.heaps.length >= 10) {
    metrics['memory.export.growth'] = peak(second, inUse) / peak(first, inUse)
  }
  return { tables: [table], metrics }
}
