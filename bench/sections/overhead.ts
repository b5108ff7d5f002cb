import type { Client } from 'pg'
import { asSuperuser } from '../../dev/local-database.ts'
import type { WireRequest } from '../../dev/neon-wire.ts'
import { TRANSACTIONS } from '../edgebook.ts'
import { compare, requests, type Subject } from '../load/compare.ts'
import { send, type Call } from '../load/http.ts'
import { cpuOf, cpuOfPostgres } from '../load/proc.ts'
import { openReplay } from '../load/replay.ts'
import { figure, type Table } from '../report/table.ts'
import type { Service } from '../service.ts'
import { record, type Bench, type Metrics } from './section.ts'

const OPERATIONS = ['dashboard', 'list, first page', 'transaction by id', 'create']
const PROCESSES = ['server', 'endpoint', 'database'] as const

/** What the API adds to the work of its database, in time and in processor time. */
export async function overhead(bench: Bench) {
  const metrics: Metrics = {}
  const rows: string[][] = []
  await asSuperuser(bench.stack.superuserUrl, async (client) => {
    const postmaster = await postmasterOf(client)
    // Autovacuum would count as work for a request.
    await client.query('alter system set autovacuum = off')
    await client.query('select pg_reload_conf()')
    try {
      for (const operation of OPERATIONS) {
        rows.push(...(await measure(bench, operation, postmaster, metrics)))
      }
    } finally {
      await client.query('alter system reset autovacuum')
      await client.query('select pg_reload_conf()')
    }
  })
  const work: Table = {
    title: 'Overhead: time and processor time of a request',
    columns: ['ms', 'p50 / p99', ...PROCESSES.map((each) => `CPU ${each}`)],
    rows,
    notes: [
      'Replayed: the statements of the API on one open connection, parsed and planned each time ' +
        'as at the endpoint, or prepared. Processor time needs Linux.',
    ],
  }
  return { tables: [work, await withoutDatabase(bench), await leases(bench, metrics)], metrics }
}

/** The id of the main process. */
async function postmasterOf(superuser: Client): Promise<number> {
  const { rows } = await superuser.query<{ file: string }>(
    `select pg_read_file('postmaster.pid') as file`,
  )
  return Number.parseInt(rows[0]!.file)
}

async function measure(
  { stack, edgebook, baseline, profile }: Bench,
  operation: string,
  postmaster: number,
  metrics: Metrics,
): Promise<string[][]> {
  const { accounts, writers } = stack.users
  const callOf = async (service: Service): Promise<() => Call> => {
    if (operation === 'create') return (await service.writes(writers[2]!))[operation]!
    const call = (await service.reads(accounts.at(-1)!))[operation]!
    return () => call
  }
  const metered = (server: number, subject: Subject): Subject => ({
    ...subject,
    meter: () => [server && cpuOf(server), cpuOf(stack.endpoint.pid), cpuOfPostgres(postmaster)],
  })
  const subjects = await Promise.all(
    [edgebook, baseline].map(async (each) =>
      metered(each.pid, requests(each.name, each.origins[0]!, await callOf(each))),
    ),
  )
  await send(stack.apiOrigins[0]!, (await callOf(edgebook))())
  const statements = await stack.endpoint.call<WireRequest>('lastRequest')
  // A write cannot be replayed: its id exists already.
  const modes = operation === 'create' ? [] : [true, false]
  const replays = await Promise.all(
    modes.map((prepared) => openReplay(stack.appUrl, statements, prepared)),
  )
  replays.forEach(({ run }, i) => {
    subjects.push(metered(0, { name: i === 0 ? 'replayed, prepared' : 'replayed', run }))
  })
  const { sliceMs, ...rest } = profile(1)
  // The clock of processor time ticks every 10 ms.
  const measured = await compare(subjects, { ...rest, sliceMs: sliceMs * 4 })
  await Promise.all(replays.map((each) => each.close()))
  return measured.map((each) => {
    const name = `overhead.${operation}.${each.name}`
    const times = each.metered.map((time) => time / each.count)
    PROCESSES.forEach((process, i) => (metrics[`${name}.${process}`] = times[i]!))
    return [`${operation}: ${each.name}`, record(metrics, name, each), ...times.map(figure)]
  })
}

async function withoutDatabase({ stack, edgebook, profile }: Bench): Promise<Table> {
  const headers = await stack.authorization(stack.users.others[0]!)
  const origin = edgebook.origins[0]!
  const measured = await compare(
    [
      requests('`/health`', origin, () => ({ path: '/health' })),
      requests('Refused by role', origin, () => ({ path: '/v1/users', headers }), 403),
    ],
    profile(1),
  )
  return {
    title: 'Overhead: requests that do not reach the database',
    columns: ['p50 / p99 in ms', 'time'],
    rows: measured.map((each) => [each.name, record({}, '', each)]),
    notes: [],
  }
}

const VISIT = 10

/** What leases save when the rate limiter is 20 ms away from the Worker. */
async function leases({ stack, profile }: Bench, metrics: Metrics): Promise<Table> {
  const { accounts, others } = stack.users
  const call = { path: TRANSACTIONS, headers: await stack.authorization(accounts[0]!) }
  const visitors = await Promise.all(others.map((user) => stack.authorization(user)))
  const origins = Object.entries(stack.farLimiterOrigins)
  const steady = origins.map(([name, origin]) => requests(name, origin, () => call))
  const visits = origins.map(([name, origin]): Subject => {
    let visit = 0
    const run = async () => {
      const headers = visitors[visit++ % visitors.length]!
      for (let i = 0; i < VISIT; i++) await send(origin, { path: TRANSACTIONS, headers })
    }
    return { name, run }
  })
  const patterns = {
    'One request after the other': await compare(steady, profile(1)),
    '16 requests at once, one user': await compare(steady, profile(16)),
    [`First ${VISIT} requests of a user, together`]: await compare(visits, profile(1)),
  }
  return {
    title: 'Overhead: a rate limiter 20 ms away',
    columns: ['Mean in ms', 'leases', 'no leases', 'saved'],
    rows: Object.entries(patterns).map(([pattern, measured]) => {
      for (const each of measured) record(metrics, `overhead.${pattern}.${each.name}`, each)
      const [leased, counted] = measured.map(({ mean }) => mean)
      return [pattern, ...[leased!, counted!, counted! - leased!].map(figure)]
    }),
    notes: ['Each request is the first page of a list, with the database at 0 ms.'],
  }
}
