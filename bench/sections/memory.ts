import { get } from 'node:http'
import { addDays } from '../../src/lib/calendar.ts'
import { CliError } from '../../dev/cli-error.ts'
import { callOnce } from '../load/client.ts'
import { watchHeap, type Heap, type Watching } from '../load/heap.ts'
import { CAN_READ_PROC, childNamed, memoryOf } from '../load/proc.ts'
import { figure, mib, type Table } from '../report/table.ts'
import type { Stack } from '../stack.ts'
import type { Bench, Findings } from './section.ts'
import { writeCalls } from './write-calls.ts'

const IMPORT_ROWS = 20_000
const EVERY_MS = 20
/** Apart, because collecting takes time, and hides what is held until it is collected. */
const COLLECT_EVERY_MS = 200

/** What the isolate of the API holds while it carries a whole book, and while it takes a file in. */
export async function memory({ stack }: Bench): Promise<Findings> {
  const { child, origin, inspector } = await stack.startInspected()
  const workerd = CAN_READ_PROC ? childNamed(child.pid, 'workerd') : null
  const held = () => (workerd === null ? Number.NaN : memoryOf(workerd))
  const look = (collect: boolean, work: () => Promise<number>) =>
    watched(inspector, { everyMs: collect ? COLLECT_EVERY_MS : EVERY_MS, collect }, held, work)
  const largest = stack.people.accounts.at(-1)!
  const headers = { authorization: `Bearer ${await stack.token(largest)}` }
  const list = async () => {
    await callOnce(origin, { path: '/v1/transactions', headers })
    return 1
  }
  const exportUrl = `${origin}/v1/transactions/export`
  const exportAll = async () => {
    const rows = await drain(exportUrl, headers)
    if (rows !== largest.rows) throw new CliError(`Exported ${rows} of ${largest.rows} rows`)
    return rows
  }
  try {
    await list()
    return findings({
      idle: await look(false, list),
      exported: await look(false, exportAll),
      imported: await look(false, () => importFile(stack, origin)),
      // Two years of five: with collections it takes longer, and shows no more.
      live: await look(true, () =>
        drain(`${exportUrl}?date_from=${addDays(stack.until, -730)}`, headers),
      ),
    })
  } finally {
    await child.stop()
  }
}

interface Watched {
  rows: number
  seconds: number
  heaps: Heap[]
  resident: number
}

/** Does work and looks at what is held meanwhile. */
async function watched(
  inspector: string,
  watching: Watching,
  held: () => number,
  work: () => Promise<number>,
): Promise<Watched> {
  const watch = await watchHeap(inspector, 'api-0', watching)
  let resident = held()
  const timer = setInterval(() => (resident = Math.max(resident, held())), EVERY_MS)
  try {
    const start = performance.now()
    const rows = await work()
    const seconds = (performance.now() - start) / 1000
    return { rows, seconds, heaps: watch.take(), resident }
  } finally {
    clearInterval(timer)
    await watch.stop()
  }
}

/** Reads a CSV to its end and keeps nothing. Answers how many records came behind the header. */
function drain(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (response) => {
      let lines = 0
      response.on('data', (bytes: Uint8Array) => {
        for (const byte of bytes) if (byte === 10) lines++
      })
      response.once('end', () => resolve(lines - 1))
      response.once('error', reject)
    })
    request.once('error', reject)
  })
}

async function importFile(stack: Stack, origin: string): Promise<number> {
  const writes = await writeCalls(stack, stack.people.writers[3]!)
  const { status, text } = await callOnce(origin, writes.importFile(IMPORT_ROWS))
  if (status !== 201) throw new CliError(`The import answered ${status} ${text.slice(0, 500)}`)
  return IMPORT_ROWS
}

const most = (heaps: readonly Heap[], of: (heap: Heap) => number) =>
  heaps.reduce((peak, heap) => Math.max(peak, of(heap)), Number.NEGATIVE_INFINITY)

/** Everything that counts against the limit. */
const whole = ({ total, buffers }: Heap) => total + buffers

const halfPeaks = (heaps: readonly Heap[], of: (heap: Heap) => number) => {
  const half = Math.floor(heaps.length / 2)
  return [most(heaps.slice(0, half), of), most(heaps.slice(half), of)] as const
}

function findings(all: Record<'idle' | 'exported' | 'imported' | 'live', Watched>): Findings {
  const { idle, exported, imported, live } = all
  const inUse = ({ used, buffers }: Heap) => used + buffers
  const [first, second] = halfPeaks(live.heaps, inUse)
  const row = (name: string, { heaps, resident, seconds, rows }: Watched) => [
    name,
    mib(most(heaps, ({ used }) => used)),
    mib(most(heaps, ({ total }) => total)),
    mib(most(heaps, ({ buffers }) => buffers)),
    mib(most(heaps, whole)),
    mib(resident),
    rows > 1 ? figure(rows / seconds) : '',
  ]
  const rows = exported.rows.toLocaleString('en')
  const table: Table = {
    title: 'Memory of the isolate',
    columns: ['Peak', 'objects', 'heap', 'buffers', 'heap and buffers', 'workerd', 'rows/s'],
    rows: [
      row('one page of a list', idle),
      row(`export of ${rows} rows`, exported),
      row(`import of ${IMPORT_ROWS.toLocaleString('en')} rows`, imported),
    ],
    notes: [
      `In use during an export of ${live.rows.toLocaleString('en')} rows, looked at ` +
        `${live.heaps.length} times after a collection: at most ${mib(first)} in its first half, ` +
        `${mib(second)} in its second.`,
      'The heap is what was taken for objects, with those that are not collected yet; workerd on ' +
        'this machine has no limit and collects late. The column workerd is the whole process ' +
        '(resident), which has more isolates.',
    ],
  }
  return {
    tables: [table],
    figures: {
      'memory.export.peak': most(exported.heaps, whole),
      'memory.export.in use': Math.max(first, second),
      // Of a short export there is too little to see.
      ...(live.heaps.length >= 10 && { 'memory.export.growth': second / first }),
      'memory.export.rate': exported.rows / exported.seconds,
      'memory.import.peak': most(imported.heaps, whole),
    },
  }
}
