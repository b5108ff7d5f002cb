import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { CliError } from '../../dev/cli-error.ts'
import { callOnce, type Call } from '../load/client.ts'
import { compare, type Subject } from '../load/compare.ts'
import { CAN_READ_PROC, childNamed, cpuOf, cpuOfPostgres } from '../load/proc.ts'
import { openReplay, type ReplayOptions } from '../load/replay.ts'
import { ms, type Table } from '../report/table.ts'
import type { Stack } from '../stack.ts'
import { recordWork } from './limit.ts'
import { readCalls } from './reads.ts'
import type { Bench, Findings } from './section.ts'
import { newRow, writeCalls } from './write-calls.ts'

const COLUMNS = ['server', 'endpoint', 'database'] as const
type Used = Record<(typeof COLUMNS)[number], number>

/** Milliseconds of processor time a request, by process. */
export async function cpu(bench: Bench): Promise<Findings> {
  const table: Table = {
    title: 'Processor time of a request',
    columns: ['ms', ...COLUMNS],
    rows: [],
    notes: [
      'Straight: the statements that the API sends, prepared, on a connection that is kept. ' +
        'As the endpoint: parsed and planned each time.',
    ],
  }
  if (!CAN_READ_PROC) {
    return { tables: [{ ...table, notes: ['Not measured here: this needs Linux.'] }], figures: {} }
  }
  const figures: Record<string, number> = {}
  const superuser = new Client({ connectionString: bench.stack.superuserUrl })
  await superuser.connect()
  try {
    // Its work would be counted as that of whoever is measured.
    await setAutovacuum(superuser, 'off')
    const read = await processorTimes(superuser, bench.stack)
    for (const [name, operation] of Object.entries(await operations(bench.stack))) {
      const used = await measure(bench, operation, read)
      table.rows = [...table.rows, ...rowsOf(name, used)]
      Object.assign(figures, figuresOf(name, used))
    }
  } finally {
    await setAutovacuum(superuser, 'on')
    await superuser.end()
  }
  return { tables: [table], figures }
}

const rowsOf = (name: string, used: ReadonlyMap<string, Used>) =>
  [...used].map(([who, times]) => [`${name}: ${who}`, ...COLUMNS.map((each) => ms(times[each]))])

const figuresOf = (name: string, used: ReadonlyMap<string, Used>) =>
  Object.fromEntries(
    [...used].flatMap(([who, times]) =>
      COLUMNS.map((each) => [`cpu.${name}.${who}.${each}`, times[each]]),
    ),
  )

async function setAutovacuum(superuser: Client, to: 'on' | 'off'): Promise<void> {
  await superuser.query(`alter system set autovacuum = ${to}`)
  await superuser.query('select pg_reload_conf()')
}

type Times = (server: number) => Used

/** Reads what the processes have used so far. */
async function processorTimes(superuser: Client, { endpoint }: Stack): Promise<Times> {
  const found = await superuser.query<{ file: string }>(
    `select pg_read_file('postmaster.pid') as file`,
  )
  const postmaster = Number(found.rows[0]?.file.split('\n')[0])
  return (server) => ({
    server: server === 0 ? Number.NaN : cpuOf(server),
    endpoint: cpuOf(endpoint.pid),
    database: cpuOfPostgres(postmaster),
  })
}

interface Operation {
  own: () => Call
  peer: (calls: Bench['peers'][number]['calls']) => (() => Call) | undefined
}

async function operations(stack: Stack): Promise<Record<string, Operation>> {
  const person = stack.people.accounts.at(-1)!
  const reader = await readCalls(stack, person)
  const writer = stack.people.writers[2]!
  const writes = await writeCalls(stack, writer)
  const read = (name: 'dashboard' | 'list, first page'): Operation => ({
    own: () => reader.call(name),
    peer: (calls) => {
      const call = calls.reads(reader.account, stack.until)[name]
      return call && (() => call)
    },
  })
  return {
    dashboard: read('dashboard'),
    'list, first page': read('list, first page'),
    create: {
      own: writes.create,
      peer: (calls) => () => calls.create(writer, newRow(stack.until)),
    },
  }
}

async function measure({ stack, peers, pace }: Bench, operation: Operation, read: Times) {
  const workerd = childNamed(stack.worker.pid, 'workerd')
  if (workerd === null) throw new CliError('There is no workerd.')
  const kept = await openStraight(stack, operation.own(), { prepared: true })
  const unprepared = await openStraight(stack, operation.own(), { prepared: false })
  const servers = new Map<Subject, number>([
    [{ name: 'Edgebook', origin: stack.api[0], next: operation.own }, workerd],
    [{ name: 'straight', run: kept.run }, 0],
    [{ name: 'straight, as the endpoint', run: unprepared.run }, 0],
  ])
  for (const peer of peers) {
    const next = operation.peer(peer.calls)
    if (next) servers.set({ name: peer.name, origin: peer.origin, next }, peer.pid)
  }
  const used = new Map<string, Used>()
  const subjects = [...servers].map(([subject, server]) =>
    metered(subject, () => read(server), used),
  )
  const measured = await compare(subjects, {
    ...pace(1),
    sliceMs: pace(1).sliceMs * 4,
    budgetMs: pace(1).budgetMs * 2,
  })
  await kept.close()
  await unprepared.close()
  for (const { name: who, count } of measured) {
    const times = used.get(who)!
    for (const each of COLUMNS) times[each] /= count
  }
  return used
}

/** Adds what is used while a subject is measured to `used`. */
function metered(subject: Subject, read: () => Used, used: Map<string, Used>): Subject {
  const sum: Used = { server: 0, endpoint: 0, database: 0 }
  used.set(subject.name, sum)
  let before = read()
  return {
    ...subject,
    meter: {
      begin: () => (before = read()),
      end: () => {
        const after = read()
        for (const each of COLUMNS) sum[each] += after[each] - before[each]
      },
    },
  }
}

/** What a call asks the database; a row that it has made is made once more under another id. */
async function openStraight(stack: Stack, call: Call, options: ReplayOptions) {
  if (call.method === undefined) {
    return openReplay(stack.appUrl, await recordWork(stack, call), options)
  }
  const { text } = await callOnce(stack.api[0], call)
  const { id } = JSON.parse(text) as { id?: string }
  const work = await stack.endpoint.call<Parameters<typeof openReplay>[1]>('lastWork')
  const replace = (value: unknown) => (value === id ? randomUUID() : value)
  return openReplay(stack.appUrl, work, { ...options, replace })
}
