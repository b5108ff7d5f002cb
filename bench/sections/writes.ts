import { importCall } from '../edgebook.ts'
import { compare, requests, type Subject } from '../load/compare.ts'
import { send } from '../load/http.ts'
import { cpuOf } from '../load/proc.ts'
import { figure, type Table } from '../report/table.ts'
import { SINGLE_WRITES, type Service } from '../service.ts'
import { databaseRequests, record, type Bench, type Metrics } from './section.ts'

const IMPORT_ROWS = 20_000
const CLIENTS = 16

/** What writes take: by one client, by many at once, and as a file. */
export async function writes(bench: Bench) {
  const { stack, edgebook, baseline, profile } = bench
  const own = await edgebook.writes(stack.users.writers[0]!)
  const calls = SINGLE_WRITES.map((name) => own[name]!())
  const metrics: Metrics = { 'writes.database requests': await databaseRequests(bench, calls) }
  const measure = async (
    title: string,
    clients: number,
    subjects: (service: Service) => Promise<Subject[]>,
  ): Promise<Table> => {
    const all = [...(await subjects(edgebook)), ...(await subjects(baseline))]
    const measured = await compare(all, profile(clients))
    return {
      title: `Writes: ${title}`,
      columns: ['p50 / p99 in ms', 'time', 'requests/s', 'failed'],
      rows: measured.map((each) => {
        const time = record(metrics, `writes.${title}.${each.name}`, each)
        return [each.name, time, figure(each.rate), String(each.failed)]
      }),
      notes: [],
    }
  }
  const single = await measure('one client', 1, async ({ name: service, origins, writes: of }) =>
    Object.entries(await of(stack.users.writers[0]!)).map(([name, next]) =>
      requests(`${service}: ${name}`, origins[0]!, next),
    ),
  )
  const creates = (users: number) => async (service: Service) => {
    const writers = stack.users.writers.slice(0, users)
    const each = await Promise.all(writers.map((writer) => service.writes(writer)))
    const next = (client: number) => each[client % users]!['create']!()
    return [requests(`${service.name}: create`, service.origins[0]!, next)]
  }
  const oneUser = await measure(`${CLIENTS} clients of one user`, CLIENTS, creates(1))
  const manyUsers = await measure(
    `${CLIENTS} clients of ${CLIENTS} users`,
    CLIENTS,
    creates(CLIENTS),
  )
  const { seconds, cpu } = await importFile(bench)
  metrics['writes.import.seconds'] = seconds
  metrics['writes.import.cpu'] = (cpu / IMPORT_ROWS) * 10_000
  single.notes.push(
    `${IMPORT_ROWS.toLocaleString('en')} rows were imported in ${figure(seconds)} s, with ${figure(cpu)} s of CPU in the Worker.`,
  )
  return { tables: [single, oneUser, manyUsers], metrics }
}

/** Time and CPU of the Worker in seconds, the less of two: the first import warms the process up. */
async function importFile({ stack, edgebook }: Bench): Promise<{ seconds: number; cpu: number }> {
  const seconds: number[] = []
  const cpu: number[] = []
  for (let run = 0; run < 2; run++) {
    const call = await importCall(stack, stack.users.writers[1]!, IMPORT_ROWS)
    const cpuBefore = cpuOf(edgebook.pid)
    const start = performance.now()
    await send(edgebook.origins[0]!, call, 201)
    seconds.push((performance.now() - start) / 1000)
    cpu.push((cpuOf(edgebook.pid) - cpuBefore) / 1000)
  }
  return { seconds: Math.min(...seconds), cpu: Math.min(...cpu) }
}
