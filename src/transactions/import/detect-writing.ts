import type { Question } from '../../lib/statement/cells.ts'
import { detectDateFormat } from '../../lib/statement/date-detection.ts'
import type { DateFormat } from '../../lib/statement/dates.ts'
import type { Columns } from '../../lib/statement/fields.ts'
import { detectDecimal } from '../../lib/statement/decimal-detection.ts'
import { readNumber, type DecimalMark } from '../../lib/statement/numbers.ts'
import { isBlank, looksLikeDate, withoutMark } from '../../lib/statement/shapes.ts'
import { invalidField } from '../../lib/errors.ts'
import { isCurrency, currencyExponent } from '../../lib/money/currencies.ts'
import type { FileRow } from './collect-rows.ts'

export interface Writing {
  dateFormat: DateFormat
  decimal: DecimalMark
  /** Balances may be written in another way than amounts. */
  balanceDecimal: DecimalMark
  reasons: Record<string, string>
}

export interface WritingOptions {
  /** The currency of rows without one. */
  currency?: string | undefined
  dateFormat?: DateFormat | undefined
  decimal?: DecimalMark | undefined
}

const cellsOf = (rows: readonly FileRow[], columns: readonly (number | undefined)[]) => {
  const wanted = columns.filter((index) => index !== undefined)
  return rows.flatMap(({ line, cells }) =>
    wanted
      .map((index) => ({ line, text: withoutMark(cells[index] ?? '') }))
      .filter(({ text }) => !isBlank(text)),
  )
}

/** Cells of columns of dates; where most are dates, others are words such as "pending". */
function datesOf(rows: readonly FileRow[], columns: readonly (number | undefined)[]) {
  const cells = cellsOf(rows, columns)
  const dates = cells.filter(({ text }) => looksLikeDate(text))
  return dates.length > 0 ? dates : cells
}

/**
 * Whether an export is as it was written here: a spreadsheet that saves it again changes the dates, or
 * the number of decimals.
 */
export function isUntouched(
  rows: readonly FileRow[],
  columns: Columns,
  delimiter: string,
): boolean {
  const cell = ({ cells }: FileRow, index: number | undefined) =>
    index === undefined ? '' : (cells[index] ?? '')
  return (
    delimiter === ',' &&
    rows.every((row) => {
      const currency = cell(row, columns.currency)
      if (!/^\d{4}-\d\d-\d\d$/.test(cell(row, columns.date)) || !isCurrency(currency)) return false
      const digits = currencyExponent(currency)
      return new RegExp(digits === 0 ? '^\\d+$' : `^\\d+\\.\\d{${digits}}$`).test(
        cell(row, columns.amount),
      )
    })
  )
}

function balanceDecimal(rows: readonly FileRow[], { balance }: Columns, decimal: DecimalMark) {
  const cells = cellsOf(rows, [balance])
  if (cells.every(({ text }) => readNumber(text, decimal) !== undefined)) return decimal
  const found = detectDecimal(cells)
  return 'decimal' in found ? found.decimal : decimal
}

const askDecimal = ({ issue, options }: Question) =>
  options.length > 0
    ? invalidField('decimal', `${issue} Pass decimal=. or decimal=,`)
    : invalidField('mapping', `${issue} Map the column of amounts, as in mapping=amount:Header.`)

/** How dates and amounts are written: as requested, or as all cells together show. @throws AppError with a question */
export function detectWriting(
  rows: readonly FileRow[],
  columns: Columns,
  options: WritingOptions,
  today: string,
): Writing {
  const reasons: Record<string, string> = {}
  let { dateFormat, decimal } = options
  if (dateFormat === undefined) {
    let found = detectDateFormat(datesOf(rows, [columns.date]), today)
    // Other dates of the rows are written the same way, and may have days above 12.
    if ('issue' in found && columns.otherDates.length > 0) {
      const more = detectDateFormat(datesOf(rows, [columns.date, ...columns.otherDates]), today)
      if ('format' in more) found = more
    }
    if ('issue' in found) {
      const values =
        found.options.length > 0
          ? ` Pass date_format=${found.options.join(' or date_format=')}.`
          : ' Pass date_format, or map another column as the date.'
      throw invalidField('date_format', `${found.issue}${values}`)
    }
    dateFormat = found.format
    reasons['date_format'] = found.reason
  }
  if (decimal === undefined) {
    const { amount, debit, credit, fee, balance } = columns
    const cells = cellsOf(rows, [amount, debit, credit, fee])
    const hasCents = options.currency === undefined || currencyExponent(options.currency) > 0
    let found = detectDecimal(cells, hasCents)
    if ('issue' in found && balance !== undefined) {
      const more = detectDecimal(cellsOf(rows, [amount, debit, credit, fee, balance]), hasCents)
      if ('decimal' in more) found = more
    }
    if ('issue' in found) throw askDecimal(found)
    decimal = found.decimal
    reasons['decimal'] = found.reason
  }
  return { dateFormat, decimal, balanceDecimal: balanceDecimal(rows, columns, decimal), reasons }
}
