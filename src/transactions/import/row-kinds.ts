import type { Columns } from '../../lib/statement/fields.ts'
import { isBlank, looksLikeDate, looksLikeMoney } from '../../lib/statement/shapes.ts'
import { footerOf } from '../../lib/statement/words/footers.ts'
import { statusIn, statusOf } from '../../lib/statement/words/statuses.ts'
import type { FileRow, NotBookedReason } from './collect-rows.ts'

/** Where a date belongs, this is the name of a sum. */
const TOTAL = /^[^\d]*\b(totals?|sum|summe|totale|suma|somme|totaal|razem|celkem)\b/i

const cellOf = ({ cells }: FileRow, index: number | undefined) =>
  index === undefined ? '' : (cells[index] ?? '')

const textsOf = (row: FileRow, { notes, payee, otherPayees, type, category }: Columns) =>
  [payee, ...otherPayees, ...notes, type, category]
    .map((index) => cellOf(row, index))
    .filter((text) => !isBlank(text))

const moneyCells = (row: FileRow, { amount, debit, credit }: Columns) =>
  [amount, debit, credit].map((index) => cellOf(row, index)).filter((text) => !isBlank(text))

/**
 * Why a row moves no money: it is pending or declined, or it is a balance, a total or a footer.
 * Undefined for transactions, and for rows that are wrong.
 */
export function notBookedReason(
  row: FileRow,
  columns: Columns,
  statusName: string,
  isExport: boolean,
): NotBookedReason | undefined {
  const filled = row.cells.filter((cell) => !isBlank(cell))
  if (isBlank(cellOf(row, columns.date)) && filled.length > 0 && filled.every(looksLikeMoney))
    return 'total'
  if (isExport) return undefined
  const status = isBlank(cellOf(row, columns.status))
    ? undefined
    : statusIn(statusName, cellOf(row, columns.status))
  if (status === 'pending' || status === 'declined') return status
  const date = cellOf(row, columns.date)
  const texts = textsOf(row, columns)
  const footer = [date, ...texts]
    .map((text) => (isBlank(text) ? undefined : footerOf(text)))
    .find(Boolean)
  const hasDate = looksLikeDate(date)
  if (footer && (!hasDate || footer === 'opening_balance' || footer === 'closing_balance')) {
    return footer === 'end' ? 'footer' : footer
  }
  if (hasDate || /^\d+$/.test(date.trim())) return undefined
  if (TOTAL.test(date)) return 'total'
  const hasOtherDate = columns.otherDates.some((index) => looksLikeDate(cellOf(row, index)))
  if (isBlank(date) && (hasOtherDate || texts.some((text) => statusOf(text) === 'pending')))
    return 'pending'
  if (statusOf(date) === 'pending') return 'pending'
  return moneyCells(row, columns).length === 0 ? 'footer' : undefined
}
