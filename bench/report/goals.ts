import { BASELINE } from '../baselines/node-pg.ts'
import { sizeName, type Metrics } from '../sections/section.ts'
import { figure, type Table } from './table.ts'

/** What is aimed at: `≤ 1.2 ×`. The value is NaN if its section did not run. */
type Goal = [goal: string, aim: string, value: number]

/** Each goal with its figure. */
export function goalsTable(metrics: Metrics, sizes: readonly number[]): Table {
  const [small, large] = [sizeName(sizes[0]!), sizeName(sizes.at(-1)!)]
  const goals = [
    ...readGoals(metrics, small, large),
    ...writeGoals(metrics),
    ...costGoals(metrics),
    ...findingGoals(metrics),
  ]
  return {
    title: 'Goals',
    columns: ['Goal', 'Aim', 'Figure', 'Met?'],
    rows: goals.map(toRow),
    notes: [],
  }
}

function toRow([goal, aim, value]: Goal): string[] {
  if (Number.isNaN(value)) return [goal, aim, '', 'not measured']
  const [sign, bound, unit = ''] = aim.split(' ')
  const limit = Number(bound!.replaceAll(',', ''))
  const met = sign === '≤' ? value <= limit : value >= limit
  return [goal, aim, `${figure(value)} ${unit}`.trim(), met ? 'met' : 'not met']
}

const metricOf = (metrics: Metrics, name: string) => metrics[name] ?? Number.NaN

function readGoals(metrics: Metrics, small: string, large: string): Goal[] {
  const growth = (read: string, aim: string): Goal => [
    `${read}: time at ${large} against ${small}`,
    aim,
    metricOf(metrics, `scaling.${read}.1.growth`),
  ]
  return [
    growth('dashboard', '≤ 1.2 ×'),
    growth('list, first page', '≤ 1.2 ×'),
    growth('list, from the middle on', '≤ 1.2 ×'),
    growth('list, category and year', '≤ 1.2 ×'),
    growth('search, one row in 20,000', '≤ 1.2 ×'),
    growth('search, nothing there', '≤ 1.2 ×'),
    growth('search, one row in three', '≤ 2 ×'),
    [
      `dashboard at ${large}: ${BASELINE} against Edgebook`,
      '≥ 100 ×',
      metricOf(metrics, `baselines.dashboard.${large}.ratio`),
    ],
  ]
}

function writeGoals(metrics: Metrics): Goal[] {
  const metric = (name: string) => metricOf(metrics, name)
  const requests = ['scaling', 'writes']
    .map((section) => metric(`${section}.database requests`))
    .filter((count) => !Number.isNaN(count))
  const inserts = [
    'writes.one client.Edgebook: create with a key',
    `writes.one client.${BASELINE}: create`,
  ]
  const far = ['latency.Edgebook.create with a key.80', `latency.${BASELINE}.create.80`]
  const quotient = ([own, other]: string[]) => metric(`${own}.p50`) / metric(`${other}.p50`)
  return [
    [
      'Requests to the database for a read or a write of one transaction',
      '≤ 1',
      requests.length > 0 ? Math.max(...requests) : Number.NaN,
    ],
    [
      'The slowest of these with 80 ms to the database, against 80 ms',
      '≤ 1.1 ×',
      metric('latency.worst'),
    ],
    [`Create with a key, against the insert of ${BASELINE}`, '≤ 3 ×', quotient(inserts)],
    ['The same with 80 ms to the database', '≤ 1.05 ×', quotient(far)],
    ['Import of 20,000 rows', '≤ 10 s', metric('writes.import.seconds')],
    ['CPU of the Worker for 10,000 rows of it', '≤ 1 s', metric('writes.import.cpu')],
  ]
}

function costGoals(metrics: Metrics): Goal[] {
  const metric = (name: string) => metricOf(metrics, name)
  const mebibytes = (name: string) => metric(name) / 1024 ** 2
  /** The read that costs the database more. */
  const processorTime = (against: string) =>
    Math.max(
      ...['dashboard', 'list, first page'].map((read) => {
        const used = (who: string) => metric(`overhead.${read}.${who}.database`)
        return used('Edgebook') / used(against)
      }),
    )
  return [
    [
      'CPU of the database for a read, against its statements',
      '≤ 1.5 ×',
      processorTime('replayed'),
    ],
    ['The same against prepared statements', '≤ 1.5 ×', processorTime('replayed, prepared')],
    ['Isolate during the import of 20,000 rows', '≤ 128 MiB', mebibytes('memory.import.peak')],
    ['Isolate during the export of an account', '≤ 128 MiB', mebibytes('memory.export.peak')],
    [
      'In use in the second half of an export, against the first',
      '≤ 1.2 ×',
      metric('memory.export.growth'),
    ],
    [
      'Time for text that is slow to normalize, against its size',
      '≤ 1.2 ×',
      metric('input.growth'),
    ],
    ['Export', '≥ 20,000 rows/s', metric('memory.export.rate')],
    ...forecastGoals(metrics),
  ]
}

function findingGoals(metrics: Metrics): Goal[] {
  const metric = (name: string) => metricOf(metrics, `anomalies.${name}`)
  return [
    ['Recurring payments that are found', '≥ 97 %', 100 * metric('streams.recall')],
    ['Recurring payments that are ones', '≥ 97 %', 100 * metric('streams.precision')],
    ['Anomalies that are found', '≥ 90 %', 100 * metric('all.recall')],
    ['Anomalies that are ones', '≥ 80 %', 100 * metric('all.precision')],
    ['Anomalies in an ordinary account of two years', '≤ 2', metric('per quiet account')],
  ]
}

function forecastGoals(metrics: Metrics): Goal[] {
  const metric = (name: string) => metricOf(metrics, `forecast.${name}`)
  return [
    ['Forecasts of published series: mean MASE', '≤ 1.05', metric('mase')],
    ['Actual values in the 80 % interval, at least', '≥ 75 %', metric('cover')],
    ['Actual values in the 80 % interval, at most', '≤ 88 %', metric('cover')],
    ['CPU of 30 forecasts of 60 months', '≤ 30 ms', metric('cpu')],
  ]
}
