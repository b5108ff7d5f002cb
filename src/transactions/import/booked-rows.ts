import type { AmountRow } from '../../lib/statement/amount-row.ts'
import { readDate } from '../../lib/statement/dates.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import type { Table } from '../../lib/statement/locate-table.ts'
import { isBlank, looksLikeMoney, withoutMark } from '../../lib/statement/shapes.ts'
import { footerOf } from '../../lib/statement/words/footers.ts'
import type { FileRow } from './collect-rows.ts'
import type { Writing } from './detect-writing.ts'
import { moneyOf, readMoney, type RowMoney } from './read-money.ts'
import { attempt, isProblem, RowError } from './row-error.ts'

/** A row whose date and amount are read, and whose direction is not known yet. */
export interface Booked {
  row: FileRow
  date: string
  money: RowMoney
}

function checkWidth({ surplus }: FileRow): void {
  if (surplus === 0) return
  throw new RowError(
    undefined,
    `The line has ${surplus} more ${surplus === 1 ? 'value' : 'values'} than the header has columns. Put texts with the delimiter in quotes.`,
  )
}

/** Date and money of a row. @throws RowError */
export function readBooked(
  row: FileRow,
  columns: Columns,
  writing: Writing,
  today: string,
): Booked {
  checkWidth(row)
  if (columns.deleted_at !== undefined && !isBlank(row.cells[columns.deleted_at])) {
    throw new RowError(undefined, 'The transaction is deleted. Remove the line.')
  }
  const text = withoutMark(row.cells[columns.date!] ?? '')
  const date = readDate(text, writing.dateFormat, today)
  if (date === undefined) {
    throw new RowError(
      'date',
      isBlank(text) ? 'The date is missing.' : `Must be a valid date (${writing.dateFormat}).`,
    )
  }
  const money = moneyOf(row, columns, writing)
  if (!money) throw new RowError('amount', 'The amount is missing.')
  return { row, date, money }
}

/** Sorts rows of one day by their time, where the file has it. */
const timeOf = ({ row, date }: Booked, columns: Columns) => {
  const text = row.cells[columns.date!] ?? ''
  return date + (/[ T](\d\d?:\d\d(?::\d\d)?)/.exec(text)?.[1]?.padStart(8, '0') ?? '')
}

/** Rows as the decision about directions needs them. */
export function amountRows(booked: readonly Booked[], columns: Columns): AmountRow[] {
  const cell = ({ cells }: FileRow, index: number | undefined) =>
    index === undefined ? '' : (cells[index] ?? '')
  return booked.map((each) => ({
    ...each.money,
    line: each.row.line,
    word: columns.type === undefined ? undefined : cell(each.row, columns.type),
    group: `${cell(each.row, columns.currency)}\n${cell(each.row, columns.account)}`,
    time: timeOf(each, columns),
    text: [columns.payee, ...columns.notes, columns.category]
      .map((index) => cell(each.row, index))
      .join('\n'),
  }))
}

/** The balance before the first row, where a row of its own says it. */
export function openingBalance(
  { preamble }: Table,
  kinds: readonly { row: FileRow; reason?: string | undefined }[],
  { balance, amount }: Columns,
  { balanceDecimal: decimal }: Writing,
): bigint | undefined {
  const before = preamble.find(({ fields }) => footerOf(fields[0] ?? '') === 'opening_balance')
  const row = kinds.find(({ reason }) => reason === 'opening_balance')?.row
  const text = before
    ? before.fields.slice(1).find(looksLikeMoney)
    : row?.cells[balance ?? -1] || row?.cells[amount ?? -1]
  const money = attempt(0, () => readMoney(text ?? '', decimal, 'balance'))
  if (!money || isProblem(money)) return undefined
  return money.isNegative ? -money.size : money.size
}
