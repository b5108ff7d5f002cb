import { invalidField } from '../../lib/errors.ts'
import type { AssignedColumns } from '../../lib/statement/assign-columns.ts'
import { readDate } from '../../lib/statement/dates.ts'
import { decideDirections, type AmountRow, type Directions } from '../../lib/statement/direction.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import type { Table } from '../../lib/statement/locate-table.ts'
import { isBlank, looksLikeMoney, withoutMark } from '../../lib/statement/shapes.ts'
import { knownExporter } from '../../lib/statement/words/exporters.ts'
import { footerOf } from '../../lib/statement/words/footers.ts'
import { isTransfer } from '../../lib/statement/words/directions.ts'
import type { Collected, FileRow, NotBooked } from './collect-rows.ts'
import { accountsOf } from './accounts.ts'
import { detectWriting, isUntouched, type Writing } from './detect-writing.ts'
import { readExternalIds } from './external-ids.ts'
import type { ReadRow } from './import-row.ts'
import type { FileFormat, ReadOptions } from './read-file.ts'
import { moneyOf, readMoney, type RowMoney } from './read-money.ts'
import { readRow, type Reading } from './read-row.ts'
import { attempt, isProblem, RowError, type Problem } from './row-error.ts'
import { notBookedReason } from './row-kinds.ts'

interface Input {
  table: Table
  assigned: AssignedColumns
  collected: Collected
  isExport: boolean
  options: ReadOptions
}

export interface Understood {
  rows: ReadRow[]
  problems: Problem[]
  notBooked: NotBooked[]
  remarks: string[]
  format: Pick<FileFormat, 'decimal' | 'dateFormat' | 'positive' | 'account' | 'reasons'>
}

interface Booked {
  row: FileRow
  date: string
  money: RowMoney
}

const shortText = ({ cells }: FileRow) =>
  cells
    .filter((cell) => !isBlank(cell))
    .join(' ')
    .trim()
    .slice(0, 80)

function checkWidth({ surplus }: FileRow): void {
  if (surplus === 0) return
  throw new RowError(
    undefined,
    `The line has ${surplus} more ${surplus === 1 ? 'value' : 'values'} than the header has columns. Put texts with the delimiter in quotes.`,
  )
}

/** Date and money of a row. @throws RowError */
function readBooked(row: FileRow, columns: Columns, writing: Writing, today: string): Booked {
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

function amountRows(booked: readonly Booked[], columns: Columns): AmountRow[] {
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
function openingBalance(
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

const UNCATEGORIZED = 'Uncategorized'

/** Names columns that only statements of cards have. */
const CARD_HEADER =
  /card ?(member|holder|no\b|number|name|last 4)|karten?(inhaber|nummer)|merchant (category|city|state)|\bmcc\b|appears on your statement/i

function checkCurrency(
  columns: Columns,
  booked: readonly Booked[],
  currency: string | undefined,
): void {
  if (columns.currency !== undefined || currency !== undefined) return
  if (booked.length > 0 && booked.every(({ money }) => money.currency !== undefined)) return
  throw invalidField(
    'currency',
    'The file has no currency column. Pass its currency, such as currency=EUR.',
  )
}

function checkOwners(rows: readonly FileRow[], { user_id: column }: Columns): void {
  if (column === undefined) return
  if (new Set(rows.map(({ cells }) => cells[column]).filter((cell) => !isBlank(cell))).size > 1) {
    throw invalidField(
      'header',
      'The file has transactions of several users. Export and import one user at a time.',
    )
  }
}

const writingOf = (
  { table, assigned, collected: { rows, columns }, isExport, options }: Input,
  today: string,
  booked: readonly FileRow[],
): Writing => {
  if (isExport && isUntouched(rows, columns, table.delimiter)) {
    const { dateFormat = 'YYYY-MM-DD', decimal = '.' } = options
    return {
      dateFormat,
      decimal,
      balanceDecimal: decimal,
      reasons: { date_format: 'As exports have it.', decimal: 'As exports have it.' },
    }
  }
  const currency = assigned.currency ?? options.defaults.currency
  return detectWriting(booked, columns, { ...options, currency }, today)
}

function remarksOf(
  booked: readonly Booked[],
  columns: Columns,
  directions: Directions,
  more: readonly string[],
): string[] {
  const transfers = booked.filter(({ row }) =>
    [columns.type, columns.category, ...columns.notes].some(
      (index) => index !== undefined && isTransfer(row.cells[index] ?? ''),
    ),
  )
  const lines = transfers
    .slice(0, 10)
    .map(({ row }) => row.line)
    .join(', ')
  const isMore = transfers.length > 10 ? ' …' : ''
  return [
    ...directions.remarks,
    ...more,
    ...(transfers.length === 0
      ? []
      : [
          `${transfers.length === 1 ? '1 row is' : `${transfers.length} rows are`} called a transfer, perhaps between your own accounts: ${transfers.length === 1 ? 'line' : 'lines'} ${lines}${isMore}.`,
        ]),
  ]
}

/** Turns the rows of a table into transactions. @throws AppError with a question about the whole file */
export function understandRows(input: Input): Understood {
  const { table, assigned, collected, isExport, options } = input
  const { columns } = collected
  const today = options.today ?? new Date().toISOString().slice(0, 10)
  if (isExport) checkOwners(collected.rows, columns)
  const kinds = collected.rows.map((row) => ({
    row,
    reason: notBookedReason(row, columns, isExport),
  }))
  const set = kinds.filter(({ reason }) => reason !== undefined) as {
    row: FileRow
    reason: NotBooked['reason']
  }[]
  const candidates = kinds.filter(({ reason }) => reason === undefined).map(({ row }) => row)
  const writing = writingOf(
    input,
    today,
    kinds
      .filter(
        ({ reason }) =>
          reason === undefined ||
          reason === 'opening_balance' ||
          reason === 'closing_balance' ||
          reason === 'declined',
      )
      .map(({ row }) => row),
  )
  const read = candidates.map((row) =>
    attempt(row.line, () => readBooked(row, columns, writing, today)),
  )
  const problems = read.filter(isProblem)
  const booked = read.filter((each): each is Booked => !isProblem(each))
  checkCurrency(columns, booked, assigned.currency ?? options.defaults.currency)
  const directions = decideDirections(amountRows(booked, columns), {
    positive: options.positive,
    typeColumn:
      assigned.columns.type === undefined
        ? undefined
        : (table.header?.[assigned.columns.type] ?? String(assigned.columns.type + 1)),
    isTypeMapped: options.mapping.has('type') || isExport,
    isFeeMapped: options.mapping.has('fee'),
    opening: openingBalance(table, set, columns, writing),
    knownPositive: knownExporter(table.header ?? []),
    isHeaderKnown: table.isUnderstood,
    isCard: (table.header ?? []).some((name) => CARD_HEADER.test(name)),
  })
  const accounts = accountsOf(table, options.defaults.source)
  const externalIds = readExternalIds(
    booked.map(({ row }) => row),
    columns,
    isExport || options.mapping.has('external_id') || table.header?.includes('external_id') === true,
  )
  const reading: Reading = {
    columns,
    isExport,
    defaults: {
      ...options.defaults,
      category: options.defaults.category ?? UNCATEGORIZED,
      currency: assigned.currency ?? options.defaults.currency,
    },
    accounts,
    externalIds,
    signOf: directions.signOf,
    hasFees: directions.hasFees,
  }
  const amounts = amountRows(booked, columns)
  const results = booked.map((each, index) =>
    attempt(each.row.line, () => readRow(each, amounts[index]!, reading)),
  )
  const rows = results.filter((each): each is ReadRow => each !== undefined && !isProblem(each))
  const zero = booked.filter((_, index) => results[index] === undefined)
  const refused = results.filter((each): each is Problem => each !== undefined && isProblem(each))
  const { single, repeated } = externalIds.unique(rows)
  return {
    rows: single,
    problems: [...problems, ...refused, ...repeated],
    notBooked: [
      ...set.map(({ row, reason }) => ({ line: row.line, reason, text: shortText(row) })),
      ...zero.map(({ row }) => ({ line: row.line, reason: 'zero' as const, text: shortText(row) })),
    ],
    remarks: remarksOf(booked, columns, directions, externalIds.remarks),
    format: {
      decimal: writing.decimal,
      dateFormat: writing.dateFormat,
      positive: directions.positive,
      account: accounts.file,
      reasons: {
        ...assigned.reasons,
        header: table.reason,
        ...writing.reasons,
        positive: directions.reason,
      },
    },
  }
}
