import { figure, type Table } from './table.ts'
import { nodePg } from '../peers/node-pg/peer.ts'
import { sizeName } from '../sections/section.ts'

type Figures = Readonly<Record<string, number>>

/** What is aimed at. A figure that is not there was not measured. */
interface Goal {
  goal: string
  measured: (figures: Figures) => number | undefined
  unit: string
  atMost?: number
  atLeast?: number
}

const quotient = (figures: Figures, above: string, below: string) => {
  const [dividend, divisor] = [figures[above], figures[below]]
  return dividend === undefined || divisor === undefined ? undefined : dividend / divisor
}

/** Of those that were measured. */
function greatest(figures: Figures, names: readonly string[]): number | undefined {
  const found = names.flatMap((name) => figures[name] ?? [])
  return found.length > 0 ? Math.max(...found) : undefined
}

/** Of the reads that were measured, the one that costs the database most. */
function worstProcessorTime(figures: Figures, against: string): number | undefined {
  const ratios = ['dashboard', 'list, first page'].flatMap(
    (name) =>
      quotient(figures, `cpu.${name}.Edgebook.database`, `cpu.${name}.${against}.database`) ?? [],
  )
  return ratios.length > 0 ? Math.max(...ratios) : undefined
}

const writeGoals: Goal[] = [
  {
    goal: 'Any read or single write at 80 ms, against the distance',
    measured: (figures) => figures['distance.worst'],
    unit: '×',
    atMost: 1.1,
  },
  {
    goal: `Create with a key, against the insert of ${nodePg.name}`,
    measured: (figures) =>
      quotient(
        figures,
        'writes.one.Edgebook: create with a key.p50',
        `writes.one.${nodePg.name}: create.p50`,
      ),
    unit: '×',
    atMost: 3,
  },
  {
    goal: 'The same at 80 ms',
    measured: (figures) =>
      quotient(
        figures,
        'distance.Edgebook.create with a key.80',
        `distance.${nodePg.name}.create.80`,
      ),
    unit: '×',
    atMost: 1.05,
  },
  {
    goal: 'Import of 20,000 rows',
    measured: (figures) => figures['writes.import.seconds'],
    unit: 's',
    atMost: 10,
  },
]

const inMib = (bytes: number | undefined) => bytes && bytes / 1024 ** 2

const resourceGoals: Goal[] = [
  {
    goal: 'Processor time of the database for a read: API against the same statements straight',
    measured: (figures) => worstProcessorTime(figures, 'straight, as the endpoint'),
    unit: '×',
    atMost: 1.5,
  },
  {
    goal: 'The same against prepared statements on a connection that is kept',
    measured: (figures) => worstProcessorTime(figures, 'straight'),
    unit: '×',
    atMost: 1.5,
  },
  {
    goal: 'Isolate during the import of 20,000 rows',
    measured: (figures) => inMib(figures['memory.import.peak']),
    unit: 'MiB',
    atMost: 128,
  },
  {
    goal: 'Isolate during the export of the largest account',
    measured: (figures) => inMib(figures['memory.export.peak']),
    unit: 'MiB',
    atMost: 128,
  },
  {
    goal: 'In use in the second half of an export against the first',
    measured: (figures) => figures['memory.export.growth'],
    unit: '×',
    atMost: 1.2,
  },
  {
    goal: 'Export',
    measured: (figures) => figures['memory.export.rate'],
    unit: 'rows/s',
    atLeast: 20_000,
  },
]

const goalsFor = (small: string, large: string): Goal[] => {
  const grows = (name: string, atMost: number): Goal => ({
    goal: `${name}: time at ${large} against ${small}`,
    measured: (figures) => figures[`growth.${name}.ratio`],
    unit: '×',
    atMost,
  })
  return [
    grows('dashboard', 1.2),
    grows('list, first page', 1.2),
    grows('list, from the middle on', 1.2),
    grows('list, category and year', 1.2),
    grows('search, one row in 20,000', 1.2),
    grows('search, nothing there', 1.2),
    grows('search, one row in three', 2),
    {
      goal: `dashboard at ${large}: ${nodePg.name} against Edgebook`,
      measured: (figures) =>
        quotient(
          figures,
          `peers.dashboard.${large}.${nodePg.name}.p50`,
          `peers.dashboard.${large}.Edgebook.p50`,
        ),
      unit: '×',
      atLeast: 100,
    },
    {
      goal: 'Calls of the database for an authenticated request, read or write',
      measured: (figures) =>
        greatest(figures, ['growth.calls per request', 'writes.calls per request']),
      unit: '',
      atMost: 1,
    },
    ...writeGoals,
    ...resourceGoals,
  ]
}

function row(goal: Goal, figures: Figures): string[] {
  const { atMost = Infinity, atLeast = -Infinity, unit } = goal
  const bound = Number.isFinite(atMost) ? `≤ ${atMost}` : `≥ ${atLeast.toLocaleString('en')}`
  const value = goal.measured(figures)
  const met =
    value === undefined ? 'not measured' : value <= atMost && value >= atLeast ? 'met' : 'not met'
  const withUnit = (text: string) => `${text} ${unit}`.trim()
  return [goal.goal, withUnit(bound), value === undefined ? '' : withUnit(figure(value)), met]
}

/** Each goal with its figure. */
export function goalsTable(figures: Figures, sizes: readonly number[]): Table {
  const [small, large] = [sizeName(sizes[0] ?? 0), sizeName(sizes.at(-1) ?? 0)]
  return {
    title: 'Goals',
    columns: ['Goal', 'Aim', 'Figure', 'Met?'],
    rows: goalsFor(small, large).map((goal) => row(goal, figures)),
    notes: [],
  }
}
