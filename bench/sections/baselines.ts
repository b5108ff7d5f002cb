import { compare, requests } from '../load/compare.ts'
import { ratio, type Table } from '../report/table.ts'
import { record, sizeName, type Bench, type Metrics } from './section.ts'

/** The reads that the baseline has too, on the smallest and the largest account. */
export async function baselines({ stack, edgebook, baseline, profile }: Bench) {
  const tables: Table[] = []
  const metrics: Metrics = {}
  const { accounts } = stack.users
  for (const account of new Set([accounts[0]!, accounts.at(-1)!])) {
    const size = sizeName(account.rows)
    const [own, other] = [await edgebook.reads(account), await baseline.reads(account)]
    const rows: string[][] = []
    for (const [name, call] of Object.entries(other)) {
      const measured = await compare(
        [
          requests(edgebook.name, edgebook.origins[0]!, () => own[name]!),
          requests(baseline.name, baseline.origins[0]!, () => call),
        ],
        profile(1),
      )
      const quotient = measured[1]!.p50 / measured[0]!.p50
      metrics[`baselines.${name}.${size}.ratio`] = quotient
      const cells = measured.map((each) =>
        record(metrics, `baselines.${name}.${size}.${each.name}`, each),
      )
      rows.push([name, ...cells, ratio(quotient)])
    }
    tables.push({
      title: `Baselines: account of ${size} rows, one client`,
      columns: [
        'p50 / p99 in ms',
        edgebook.name,
        baseline.name,
        `${baseline.name} ÷ ${edgebook.name}`,
      ],
      rows,
      notes: [],
    })
  }
  return { tables, metrics }
}
