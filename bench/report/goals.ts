import { figure, type Table } from './table.ts'
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
      goal: 'Calls of the database for an authenticated request',
      measured: (figures) => figures['growth.calls per request'],
      unit: '',
      atMost: 1,
    },
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
