import type { Delimiter } from '../../lib/csv/read-records.ts'
import type { DateFormat } from '../../lib/statement/dates.ts'
import type { Mapping } from '../../lib/statement/fields.ts'
import type { DecimalMark } from '../../lib/statement/numbers.ts'
import type { NotBooked } from './collect-rows.ts'
import type { ReadRow } from './import-row.ts'
import type { Defaults } from './read-row.ts'
import type { Problem } from './row-error.ts'

export interface ReadOptions {
  delimiter?: Delimiter | undefined
  decimal?: DecimalMark | undefined
  dateFormat?: DateFormat | undefined
  skipLines?: number | undefined
  header?: 'first' | 'none' | undefined
  positive?: 'income' | 'expense' | undefined
  mapping: Mapping
  defaults: Defaults
  /** The character set that the text was decoded from, and why. */
  charset?: { name: string; reason: string } | undefined
  /** The current date, `YYYY-MM-DD`: the century of years with two digits depends on it. */
  today?: string | undefined
}

export interface FileFormat {
  charset: string
  delimiter: Delimiter
  decimal: DecimalMark
  dateFormat: DateFormat
  skipLines: number
  header: 'first' | 'none'
  positive: 'income' | 'expense'
  /** Names of columns, or their numbers where there is no header, by field. */
  mapping: Record<string, string>
  ignored: string[]
  /** The account that the file names. */
  account: string | null
  /** Why, by option. */
  reasons: Record<string, string>
}

export interface ImportFile {
  rowCount: number
  rows: ReadRow[]
  problems: Problem[]
  notBooked: NotBooked[]
  remarks: string[]
  /** How the file was read. */
  format: FileFormat
}
