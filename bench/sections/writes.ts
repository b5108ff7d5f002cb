import { callOnce } from '../load/client.ts'
import { countCalls } from '../load/count-calls.ts'
import { compare, type Measured, type Subject } from '../load/compare.ts'
import { figure, ms, type Table } from '../report/table.ts'
import { CliError } from '../../dev/cli-error.ts'
import { openAccount } from './reads.ts'
import type { Bench, Findings } from './section.ts'
import { BULK_ROWS, newRow, newRows, writeCalls } from './write-calls.ts'

const IMPORT_ROWS = 20_000
const MANY = 16

/** What writes take: alone, with many writers at once, and as a file. */
export async function writes(bench: Bench): Promise<Findings> {
  const figures: Record<string, number> = {}
  const keep = (group: string, measured: readonly Measured[]) => {
    for (const { name, p50, p99, rate, failed } of measured) {
      const key = `writes.${group}.${name}`
      Object.assign(figures, { [`${key}.p50`]: p50, [`${key}.p99`]: p99, [`${key}.rate`]: rate })
      if (failed > 0) figures[`${key}.failed`] = failed
    }
  }
  const oneClient = await oneWriter(bench)
  const manyClients = await writersAtOnce(bench)
  const calls = await countCalls(bench.stack)
  const alone = await compare(oneClient.map(calls.counted), bench.pace(1))
  keep('one', alone)
  const [sameUser, manyUsers] = manyClients.map((subjects) => subjects.map(calls.counted))
  const same = await compare(sameUser!, bench.pace(MANY))
  keep('same user', same)
  const many = await compare(manyUsers!, bench.pace(MANY))
  keep('many users', many)
  figures['writes.calls per request'] = await calls.perRequest()
  const seconds = await importFile(bench)
  figures['writes.import.seconds'] = seconds
  return {
    tables: [
      table('Writes: one client', alone),
      table(`Writes: ${MANY} clients of one user`, same),
      table(`Writes: ${MANY} clients of ${MANY} users`, many),
      {
        title: 'Writes: a file',
        columns: ['Import', 'seconds', 'rows/s'],
        rows: [[`${IMPORT_ROWS} rows`, figure(seconds), figure(IMPORT_ROWS / seconds)]],
        notes: [],
      },
    ],
    figures,
  }
}

async function oneWriter({ stack, peers }: Bench): Promise<Subject[]> {
  const writer = stack.people.writers[0]!
  const own = await writeCalls(stack, writer)
  const { id } = await openAccount(stack, writer)
  const origin = stack.api[0]
  return [
    { name: 'Edgebook: create', origin, next: own.create },
    { name: 'Edgebook: create with a key', origin, next: own.createWithKey },
    { name: 'Edgebook: update', origin, next: () => own.update(id) },
    { name: `Edgebook: bulk of ${BULK_ROWS}`, origin, next: own.bulk },
    ...peers.flatMap((peer): Subject[] => {
      const { create, update, bulk } = peer.calls
      const rows = { name: `${peer.name}: bulk of ${BULK_ROWS}`, origin: peer.origin }
      return [
        {
          name: `${peer.name}: create`,
          origin: peer.origin,
          next: () => create(writer, newRow(stack.until)),
        },
        { name: `${peer.name}: update`, origin: peer.origin, next: () => update(writer, id) },
        ...(bulk ? [{ ...rows, next: () => bulk(writer, newRows(stack.until)) }] : []),
      ]
    }),
  ]
}

/** Creates by many clients: of one user, who are in each other's way, and of one user each. */
async function writersAtOnce({ stack, peers }: Bench): Promise<[Subject[], Subject[]]> {
  const { writers } = stack.people
  const own = await Promise.all(writers.map((writer) => writeCalls(stack, writer)))
  const subjects = (who: (client: number) => number): Subject[] => [
    {
      name: 'Edgebook: create',
      origin: stack.api[0],
      next: (client) => own[who(client)]!.create(),
    },
    ...peers.map((peer) => ({
      name: `${peer.name}: create`,
      origin: peer.origin,
      next: (client: number) => peer.calls.create(writers[who(client)]!, newRow(stack.until)),
    })),
  ]
  return [subjects(() => 0), subjects((client) => client % writers.length)]
}

/** Seconds, the better of two: the first one of a process warms it up. */
async function importFile({ stack }: Bench): Promise<number> {
  const own = await writeCalls(stack, stack.people.writers[1]!)
  const seconds: number[] = []
  for (let run = 0; run < 2; run++) {
    const call = own.importFile(IMPORT_ROWS)
    const start = performance.now()
    const { status, text } = await callOnce(stack.api[0], call)
    seconds.push((performance.now() - start) / 1000)
    const { created_count: created } = JSON.parse(text) as { created_count?: number }
    if (status !== 201 || created !== IMPORT_ROWS) {
      throw new CliError(`The import answered ${status} ${text.slice(0, 500)}`)
    }
  }
  return Math.min(...seconds)
}

const table = (title: string, measured: readonly Measured[]): Table => ({
  title,
  columns: ['p50 / p99 in ms', 'time', 'requests/s', 'failed'],
  rows: measured.map(({ name, p50, p99, rate, failed }) => [
    name,
    `${ms(p50)} / ${ms(p99)}`,
    figure(rate),
    String(failed),
  ]),
  notes: [],
})
