import type { WireRequest } from '../../dev/neon-wire.ts'
import { callOnce, type Call } from '../load/client.ts'
import { compare, type Subject } from '../load/compare.ts'
import { openReplay } from '../load/replay.ts'
import { ms, times, type Table } from '../report/table.ts'
import type { Stack } from '../stack.ts'
import { readCalls, type ReadName } from './reads.ts'
import type { Bench, Findings } from './section.ts'

const READS: readonly ReadName[] = [
  'dashboard',
  'summary',
  'list, first page',
  'list, from the middle on',
  'list with totals',
  'search, one row in 20,000',
  'categories in use',
  'transaction by id',
]

/** What the Worker asks its database for this call, as it asks it. */
export async function recordWork(stack: Stack, call: Call): Promise<WireRequest> {
  await callOnce(stack.api[0], call)
  return stack.endpoint.call<WireRequest>('lastWork')
}

/** How near the API comes to its database, and what a request costs that asks it nothing. */
export async function limit(bench: Bench): Promise<Findings> {
  const { stack } = bench
  const figures: Record<string, number> = {}
  const reader = await readCalls(stack, stack.people.accounts.at(-1)!)
  const rows: string[][] = []
  for (const name of READS) {
    const call = reader.call(name)
    const work = await recordWork(stack, call)
    const replay = await openReplay(stack.appUrl, work, { prepared: true })
    const [api, straight] = await compare(
      [
        { name: 'API', origin: stack.api[0], next: () => call },
        { name: 'database', run: replay.run },
      ],
      bench.pace(1),
    )
    await replay.close()
    figures[`limit.${name}.API`] = api!.p50
    figures[`limit.${name}.database`] = straight!.p50
    const cells = [api!, straight!].map(({ p50, p99 }) => `${ms(p50)} / ${ms(p99)}`)
    rows.push([name, ...cells, ms(api!.p50 - straight!.p50), times(api!.p50 / straight!.p50)])
  }
  const table: Table = {
    title: 'Limit: the API against its database',
    columns: ['p50 / p99 in ms', 'API', 'database alone', 'difference', 'ratio'],
    rows,
    notes: [
      'Database alone: the same statements in one transaction, prepared, on one connection as the role `app`.',
    ],
  }
  return { tables: [table, await withoutDatabase(bench, figures)], figures }
}

/** What a request costs before it gets to the database. */
async function withoutDatabase(bench: Bench, figures: Record<string, number>): Promise<Table> {
  const { stack } = bench
  const analyst = stack.people.others[0]!
  const headers = { authorization: `Bearer ${await stack.token(analyst)}` }
  const origin = stack.api[0]
  const subjects: Subject[] = [
    { name: 'A Worker that answers hello', origin: stack.hello, next: () => ({ path: '/' }) },
    { name: '`/health`', origin, next: () => ({ path: '/health' }) },
    {
      name: 'Token and limit checked, refused by role',
      origin,
      status: 403,
      next: () => ({ path: '/v1/users', headers }),
    },
  ]
  const measured = await compare(subjects, bench.pace(1))
  for (const { name, p50 } of measured) figures[`limit.${name}`] = p50
  return {
    title: 'Limit: without the database',
    columns: ['p50 / p99 in ms', 'time'],
    rows: measured.map(({ name, p50, p99 }) => [name, `${ms(p50)} / ${ms(p99)}`]),
    notes: [],
  }
}
