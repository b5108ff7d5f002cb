import { compare, requests } from '../load/compare.ts'
import { ratio, type Table } from '../report/table.ts'
import type { Service } from '../service.ts'
import { databaseRequests, record, sizeName, type Bench, type Metrics } from './section.ts'

const ALL_USERS = 'dashboard of all users'

/** Each read on accounts of each size. */
export async function scaling(bench: Bench) {
  const { accounts } = bench.stack.users
  const reads = await Promise.all(accounts.map((account) => bench.edgebook.reads(account)))
  const perRead = await databaseRequests(bench, Object.values(reads[0]!))
  const metrics: Metrics = { 'scaling.database requests': perRead }
  const one = await scale(bench, reads, 1, metrics)
  one.rows.push(await measureAllUsers(bench, metrics))
  one.notes.push(
    `Growth is the p50 of the largest account divided by the p50 of the smallest.`,
    `Requests to the database for a read: ${perRead} at most.`,
  )
  return { tables: [one, await scale(bench, reads, 16, metrics)], metrics }
}

type Reads = Awaited<ReturnType<Service['reads']>>[]

async function scale(
  bench: Bench,
  reads: Reads,
  clients: number,
  metrics: Metrics,
): Promise<Table> {
  const sizes = bench.sizes.map(sizeName)
  const rows: string[][] = []
  for (const name of Object.keys(reads[0]!)) {
    const measured = await compare(
      reads.map((calls, index) =>
        requests(sizes[index]!, bench.edgebook.origins[0]!, () => calls[name]!),
      ),
      bench.profile(clients),
    )
    const growth = measured.at(-1)!.p50 / measured[0]!.p50
    metrics[`scaling.${name}.${clients}.growth`] = growth
    const cells = measured.map((each) =>
      record(metrics, `scaling.${name}.${clients}.${each.name}`, each),
    )
    rows.push([name, ...cells, ratio(growth)])
  }
  return {
    title: clients === 1 ? 'Scaling: one client' : `Scaling: ${clients} clients at once`,
    columns: ['p50 / p99 in ms', ...sizes.map((size) => `${size} rows`), 'growth'],
    rows,
    notes: [],
  }
}

/** All users together are one account, so there is one size. */
async function measureAllUsers({ stack, edgebook, sizes, profile }: Bench, metrics: Metrics) {
  const headers = await stack.authorization(stack.users.accounts[0]!)
  const next = () => ({ path: '/v1/dashboard?scope=all', headers })
  const [measured] = await compare([requests(ALL_USERS, edgebook.origins[0]!, next)], profile(1))
  const cell = record(metrics, `scaling.${ALL_USERS}`, measured!)
  return [ALL_USERS, ...sizes.slice(1).map(() => ''), cell, '']
}
