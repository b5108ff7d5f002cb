import { isCurrency } from '../money/currencies.ts'
import type { Columns, StatementField } from './fields.ts'
import type { Table } from './locate-table.ts'
import { isBlank, looksLikeMoney } from './shapes.ts'
import { directionsOf } from './words/directions.ts'
import { statusOf } from './words/statuses.ts'

const valuesOf = ({ sample }: Table, index: number): string[] =>
  sample.map(({ fields }) => (fields[index] ?? '').trim()).filter((cell) => !isBlank(cell))

/** Whether all values of a column pass a test, and there are some. */
const all = (table: Table, index: number, test: (cell: string) => boolean) => {
  const values = valuesOf(table, index)
  return values.length > 0 && values.every(test)
}

/** Whether all words of a column are strict, where the one explains the other. */
function isDirection(table: Table, index: number): boolean {
  const cells = valuesOf(table, index)
  const { directions } = directionsOf(cells)
  return cells.length > 0 && cells.every((cell) => directions.get(cell)?.strict)
}
const isStatus = (cell: string) => statusOf(cell) !== undefined
const isCode = (cell: string) => isCurrency(cell.toUpperCase())

/** The column of money that is filled where this one is not. */
function complementOf(table: Table, side: number, free: readonly number[]): number | undefined {
  const rows = table.sample.filter(({ fields }) => fields.length > side)
  return free.find((index) => {
    if (!all(table, index, looksLikeMoney)) return false
    const both = rows.filter(({ fields }) => !isBlank(fields[index]) && !isBlank(fields[side]))
    return both.length === 0 && rows.some(({ fields }) => isBlank(fields[side]))
  })
}

/**
 * Fills in columns that their values give away, whatever they are called: directions such as S and H,
 * statuses, currencies, and the other one of two columns of amounts.
 */
export function columnsByValues(
  table: Table,
  columns: Columns,
  wanted: (field: StatementField) => boolean,
  { apart, foreign }: { apart: ReadonlySet<number>; foreign: ReadonlySet<number> },
): void {
  const width = Math.max(
    table.header?.length ?? 0,
    ...table.sample.map(({ fields }) => fields.length),
  )
  const every = Array.from({ length: width }, (_, index) => index)
  const used = new Set(Object.values(columns).flat())
  const free = every.filter((index) => !used.has(index) && !apart.has(index))
  const find = (test: (cell: string) => boolean, from = free) =>
    from.find((index) => all(table, index, test))
  const set = (field: 'status' | 'type' | 'currency', found: number | undefined) => {
    if (found !== undefined && columns[field] === undefined && wanted(field)) columns[field] = found
  }
  const texts = every.filter((index) => columns.notes.includes(index) || free.includes(index))
  set('status', find(isStatus, texts))
  if (columns.debit === undefined && columns.credit === undefined)
    set(
      'type',
      texts.find((index) => isDirection(table, index)),
    )
  set(
    'currency',
    find(
      isCode,
      every.filter((index) => !foreign.has(index)),
    ),
  )
  const found = new Set([columns.type, columns.currency])
  columns.notes = columns.notes.filter((index) => !found.has(index))
  for (const [field, other] of [
    ['debit', 'credit'],
    ['credit', 'debit'],
  ] as const) {
    const side = columns[field]
    if (side === undefined || columns[other] !== undefined || !wanted(other)) continue
    const complement = complementOf(table, side, free)
    if (complement !== undefined) columns[other] = complement
  }
}
