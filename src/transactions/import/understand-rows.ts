import { invalidField } from '../../lib/errors.ts'
import type { AssignedColumns } from '../../lib/statement/assign-columns.ts'
import { decideDirections } from '../../lib/statement/direction.ts'
import type { Directions } from '../../lib/statement/direction-options.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import type { Table } from '../../lib/statement/locate-table.ts'
import { isBlank } from '../../lib/statement/shapes.ts'
import { isTransfer } from '../../lib/statement/words/directions.ts'
import { knownExporter } from '../../lib/statement/words/exporters.ts'
import { accountsOf } from './accounts.ts'
import { amountRows, openingBalance, readBooked, type Booked } from './booked-rows.ts'
import type { Collected, FileRow, NotBookedReason } from './collect-rows.ts'
import { detectWriting, isUntouched, type Writing } from './detect-writing.ts'
import { refuseDoubleEntry } from './double-entry.ts'
import { readExternalIds } from './external-ids.ts'
import type { FileFormat, ImportFile, ReadOptions } from './import-file.ts'
import type { ReadRow } from './import-row.ts'
import { linesText } from './lines-text.ts'
import { readRow, type Reading } from './read-row.ts'
import { attempt, isProblem, type Problem } from './row-error.ts'
import { notBookedReason } from './row-kinds.ts'

interface Input {
  table: Table
  assigned: AssignedColumns
  collected: Collected
  isExport: boolean
  options: ReadOptions
}

export interface Understood extends Pick<
  ImportFile,
  'rows' | 'problems' | 'notBooked' | 'remarks'
> {
  format: Pick<FileFormat, 'decimal' | 'dateFormat' | 'positive' | 'account' | 'reasons'>
}

const shortText = ({ cells }: FileRow) =>
  cells
    .filter((cell) => !isBlank(cell))
    .join(' ')
    .trim()
    .slice(0, 80)

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

interface Kind {
  row: FileRow
  reason: NotBookedReason | undefined
}

/** Rows that show how dates and amounts are written; others may have words in their place. */
const written = (kinds: readonly Kind[]) =>
  kinds
    .filter(
      ({ reason }) => reason === undefined || reason === 'declined' || reason.endsWith('balance'),
    )
    .map(({ row }) => row)

function writingOf(input: Input, kinds: readonly Kind[], today: string): Writing {
  const { table, assigned, collected, isExport, options } = input
  const { rows, columns } = collected
  if (isExport && isUntouched(rows, columns, table.delimiter)) {
    const { dateFormat = 'YYYY-MM-DD', decimal = '.' } = options
    const reasons = { date_format: 'As exports have it.', decimal: 'As exports have it.' }
    return { dateFormat, decimal, balanceDecimal: decimal, reasons }
  }
  const currency = assigned.currency ?? options.defaults.currency
  return detectWriting(written(kinds), columns, { ...options, currency }, today)
}

function transfersRemark(booked: readonly Booked[], columns: Columns): string[] {
  const texts = [columns.type, columns.category, ...columns.notes]
  const lines = booked
    .filter(({ row }) =>
      texts.some((index) => index !== undefined && isTransfer(row.cells[index] ?? '')),
    )
    .map(({ row }) => row.line)
  return lines.length === 0
    ? []
    : [`Called a transfer, perhaps between your own accounts: ${linesText(lines)}.`]
}

function directionsOf(
  input: Input,
  kinds: readonly Kind[],
  booked: readonly Booked[],
  writing: Writing,
): Directions {
  const { table, assigned, collected, isExport, options } = input
  const { columns } = collected
  const type = assigned.columns.type
  const header = table.header ?? []
  return decideDirections(amountRows(booked, columns), {
    positive: options.positive,
    typeColumn: type === undefined ? undefined : (header[type] ?? String(type + 1)),
    isTypeMapped: options.mapping.has('type') || isExport,
    isFeeMapped: options.mapping.has('fee'),
    opening: openingBalance(table, kinds, columns, writing),
    knownPositive: knownExporter(header),
    isHeaderKnown: table.isUnderstood,
    isCard: header.some((name) => CARD_HEADER.test(name)),
  })
}

/** External ids, which a column of that name or a mapped one must have only once. */
function idsOf({ table, collected, isExport, options }: Input, booked: readonly Booked[]) {
  const isNamed = table.header?.includes('external_id') === true
  const isMapped = isExport || isNamed || options.mapping.has('external_id')
  return readExternalIds(
    booked.map(({ row }) => row),
    collected.columns,
    isMapped,
  )
}

function readingOf(input: Input, booked: readonly Booked[], directions: Directions): Reading {
  const { table, assigned, collected, isExport, options } = input
  const { defaults } = options
  return {
    columns: collected.columns,
    isExport,
    defaults: {
      ...defaults,
      category: defaults.category ?? UNCATEGORIZED,
      currency: assigned.currency ?? defaults.currency,
    },
    accounts: accountsOf(table, defaults.source),
    externalIds: idsOf(input, booked),
    signOf: directions.signOf,
    hasFees: directions.hasFees,
  }
}

const notBookedRow = (row: FileRow, reason: NotBookedReason) => ({
  line: row.line,
  reason,
  text: shortText(row),
})

function kindsOf({ table, assigned, collected, isExport }: Input): Kind[] {
  const { columns, rows } = collected
  // Collected columns have other numbers than those of the table.
  const statusName = table.header?.[assigned.columns.status ?? -1] ?? ''
  return rows.map((row) => ({ row, reason: notBookedReason(row, columns, statusName, isExport) }))
}

/** Turns the rows of a table into transactions. @throws AppError with a question about the whole file */
export function understandRows(input: Input): Understood {
  const { assigned, collected, isExport, options } = input
  const { columns, rows: all } = collected
  const today = options.today ?? new Date().toISOString().slice(0, 10)
  if (isExport) checkOwners(all, columns)
  const kinds = kindsOf(input)
  const writing = writingOf(input, kinds, today)
  const read = kinds
    .filter(({ reason }) => reason === undefined)
    .map(({ row }) => attempt(row.line, () => readBooked(row, columns, writing, today)))
  const booked = read.filter((each): each is Booked => !isProblem(each))
  checkCurrency(columns, booked, assigned.currency ?? options.defaults.currency)
  if (!isExport) refuseDoubleEntry(booked, columns)
  const directions = directionsOf(input, kinds, booked, writing)
  const reading = readingOf(input, booked, directions)
  const amounts = amountRows(booked, columns)
  const results = booked.map((each, index) =>
    attempt(each.row.line, () => readRow(each, amounts[index]!, reading)),
  )
  const moved = results.filter((each): each is ReadRow | Problem => each !== undefined)
  const { single, repeated } = reading.externalIds.unique(
    moved.filter((each): each is ReadRow => !isProblem(each)),
  )
  const zero = booked.filter((_, index) => results[index] === undefined)
  return {
    rows: single,
    problems: [...read.filter(isProblem), ...moved.filter(isProblem), ...repeated],
    notBooked: [
      ...kinds.flatMap(({ row, reason }) => (reason ? [notBookedRow(row, reason)] : [])),
      ...zero.map(({ row }) => notBookedRow(row, 'zero')),
    ],
    remarks: [
      ...directions.remarks,
      ...reading.externalIds.remarks,
      ...transfersRemark(booked, columns),
    ],
    format: {
      decimal: writing.decimal,
      dateFormat: writing.dateFormat,
      positive: directions.positive,
      account: reading.accounts.file,
      reasons: {
        ...assigned.reasons,
        header: input.table.reason,
        ...writing.reasons,
        positive: directions.reason,
      },
    },
  }
}
