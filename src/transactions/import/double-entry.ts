import { invalidField } from '../../lib/errors.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import { isBlank } from '../../lib/statement/shapes.ts'
import type { Booked } from './booked-rows.ts'

const signed = ({ money: { size, isNegative } }: Booked) => (isNegative ? -size : size)

/**
 * Bookkeeping programs export both sides of each transaction under one id, and the sides add up to
 * zero. Imported as they are, every expense would also be an income.
 * @throws AppError that names the lines of one transaction
 */
export function refuseDoubleEntry(booked: readonly Booked[], columns: Columns): void {
  const { external_id: id } = columns
  if (id === undefined || columns.amount === undefined) return
  const named = booked.filter(({ row }) => !isBlank(row.cells[id]))
  const groups = [...Map.groupBy(named, ({ row }) => row.cells[id]).values()]
  const balanced = groups.filter(
    (group) => group.length > 1 && group.reduce((sum, each) => sum + signed(each), 0n) === 0n,
  )
  const [first] = balanced
  if (!first || balanced.length * 2 < groups.length) return
  const lines = first.map(({ row }) => row.line).join(' and ')
  throw invalidField(
    '',
    `The file has both sides of each transaction, such as lines ${lines}. Export one account only, or remove the lines of the other accounts.`,
  )
}
