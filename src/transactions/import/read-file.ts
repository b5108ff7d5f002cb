import { IMPORT_COLUMNS, isExportHeader } from '../csv-columns.ts'
import type { Delimiter } from '../../lib/csv/read-records.ts'
import { KEEP_LINE_BREAKS } from '../../lib/csv/read-records.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import { assignColumns, type AssignedColumns } from '../../lib/statement/assign-columns.ts'
import type { DateFormat } from '../../lib/statement/dates.ts'
import { LEFT_OUT, type Columns, type Mapping } from '../../lib/statement/fields.ts'
import { locateTable, type Table } from '../../lib/statement/locate-table.ts'
import type { DecimalMark } from '../../lib/statement/numbers.ts'
import { collectRows, type NotBooked } from './collect-rows.ts'
import type { ReadRow } from './import-row.ts'
import type { Defaults } from './read-row.ts'
import type { Problem } from './row-error.ts'
import { understandRows } from './understand-rows.ts'

export { MAX_ROWS } from './collect-rows.ts'

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

const MAX_COLUMNS = 200
const MAX_HEADER_LENGTH = 16 * 1024

function findTable(text: string, { mapping, ...options }: ReadOptions): Table {
  const names = [...mapping.values()].filter((name) => name !== LEFT_OUT && !/^\d+$/.test(name))
  const table = locateTable(text, { ...options, names })
  if (table === undefined) {
    if (/^[\s,;|"]*$/.test(text)) throw invalidField('', 'The file is empty.')
    throw new AppError('validation_failed', {
      detail: `The file has no table: no line names a date and an amount, and none has both. ${KEEP_LINE_BREAKS}`,
      errors: [
        {
          field: 'skip_lines',
          message:
            'No line with the names of the columns was found. Pass the number of lines before it, or header=none and a mapping by number.',
        },
      ],
    })
  }
  if ('message' in table) throw invalidField(`lines.${table.line}`, table.message)
  const { header = [], startLine } = table
  const width = Math.max(header.length, table.sample[0]?.fields.length ?? 0)
  if (width > MAX_COLUMNS) {
    throw invalidField('header', `The header has ${width} columns; the maximum is ${MAX_COLUMNS}.`)
  }
  if (header.join(',').length > MAX_HEADER_LENGTH) {
    throw invalidField(
      `lines.${startLine}`,
      `The header is too long; the maximum is ${MAX_HEADER_LENGTH} characters. ${KEEP_LINE_BREAKS}`,
    )
  }
  return table
}

function formatMapping({ columns }: AssignedColumns, { header }: Table) {
  const {
    otherDates: _,
    otherPayees: __,
    id: ___,
    user_id: ____,
    deleted_at: _____,
    notes,
    ...single
  } = columns as AssignedColumns['columns'] & Record<string, never>
  const name = (index: number) => header?.[index] || String(index + 1)
  const mapping = Object.fromEntries(
    Object.entries(single as Record<string, number>).map(([field, index]) => [field, name(index)]),
  )
  if (notes.length > 0) mapping['notes'] = notes.map(name).join(' + ')
  const used = new Set([...Object.values(single as Record<string, number>), ...notes])
  const ignored = (header ?? []).filter((each, index) => each !== '' && !used.has(index))
  return { mapping, ignored }
}

/** The columns of a file that was exported here, whose names are known. */
function exportColumns(table: Table, mapping: Mapping): AssignedColumns {
  const header = table.header!
  const own = IMPORT_COLUMNS.filter((name) => header.includes(name)).map(
    (name) => [name, name] as const,
  )
  const assigned = assignColumns(table, new Map([...own, ...mapping]))
  const columns: Columns = { ...assigned.columns, otherDates: [], otherPayees: [] }
  for (const name of ['id', 'user_id', 'deleted_at'] as const) {
    if (header.includes(name)) columns[name] = header.indexOf(name)
  }
  // Ids, versions and times differ between exports of one transaction.
  const texts = new Set(['category', 'payee', 'notes', 'external_id', 'source'])
  const apart = new Set(
    header.map((_, index) => index).filter((index) => !texts.has(header[index]!)),
  )
  return { ...assigned, columns, apart, reasons: {} }
}

/**
 * Reads a file of transactions: finds its table, its columns, how dates and amounts are written and
 * which way money went.
 * @throws AppError where the file as a whole cannot be read, or where that is a question; what is wrong with rows is a result
 */
export function readFile(text: string, options: ReadOptions): ImportFile {
  const table = findTable(text, options)
  const isExport = table.header !== undefined && isExportHeader(table.header)
  const assigned = isExport
    ? exportColumns(table, options.mapping)
    : assignColumns(table, options.mapping)
  const collected = collectRows(text, table, { ...assigned, isExport })
  if (collected.rows.length === 0) {
    throw invalidField('', `The file has no rows. ${KEEP_LINE_BREAKS}`)
  }
  const understood = understandRows({ table, assigned, collected, isExport, options })
  const { rows, problems, notBooked, ...rest } = understood
  return {
    rowCount: collected.rows.length + collected.notBooked.length + collected.problems.length,
    rows,
    problems: [...collected.problems, ...problems].toSorted((a, b) => a.line - b.line),
    notBooked: [...collected.notBooked, ...notBooked].toSorted((a, b) => a.line - b.line),
    remarks: rest.remarks,
    format: {
      charset: options.charset?.name ?? 'utf-8',
      delimiter: table.delimiter,
      skipLines: table.startLine - 1,
      header: table.header ? 'first' : 'none',
      ...formatMapping(assigned, table),
      ...rest.format,
      reasons: {
        ...(options.charset && { charset: options.charset.reason }),
        ...rest.format.reasons,
      },
    },
  }
}
