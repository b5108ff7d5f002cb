import { AppError } from '../errors.ts'
import type { Columns } from './fields.ts'
import type { Table } from './locate-table.ts'
import { quoted } from './named-columns.ts'

/** @throws AppError that shows what was taken for the header, where a date or an amount is missing */
export function requireColumns(table: Table, columns: Columns): void {
  const missing: string[] = []
  if (columns.date === undefined) missing.push('date')
  const hasAmount = [columns.amount, columns.debit, columns.credit].some(
    (index) => index !== undefined,
  )
  if (!hasAmount) missing.push('amount')
  if (missing.length === 0) return
  const where =
    table.header === undefined
      ? `The table begins on line ${table.startLine} and has no header. Map its columns by number`
      : `The header was taken from line ${table.startLine}: ${table.header.filter(Boolean).slice(0, 12).map(quoted).join(', ')}. Map its columns`
  const example =
    table.header === undefined ? 'mapping=date:1,amount:2' : 'mapping=date:Header,amount:Header'
  throw new AppError('validation_failed', {
    detail: `${where} with ${example}, or pass skip_lines if the table begins elsewhere.`,
    errors: missing.map((field) => ({
      field: 'mapping',
      message: `No column for ${field}. ${where} with ${example}.`,
    })),
  })
}
