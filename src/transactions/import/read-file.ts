import { IMPORT_COLUMNS, isExportHeader } from '../csv-columns.ts'
import { KEEP_LINE_BREAKS } from '../../lib/csv/read-records.ts'
import { AppError, invalidField } from '../../lib/errors.ts'
import { assignColumns, type AssignedColumns } from '../../lib/statement/assign-columns.ts'
import {
  AND,
  splitNames,
  LEFT_OUT,
  statementFields,
  type Columns,
  type Mapping,
} from '../../lib/statement/fields.ts'
import { isBlank, looksLikeDate } from '../../lib/statement/shapes.ts'
import { locateTable, type Table } from '../../lib/statement/locate-table.ts'
import { collectRows } from './collect-rows.ts'
import type { ImportFile, ReadOptions } from './import-file.ts'
import { isStreamSafe, NOT_STREAM_SAFE } from '../../lib/stream-safe.ts'
import { understandRows } from './understand-rows.ts'

/** So many rows show whether a file has dates. */
const FEW_ROWS = 200
const MAX_COLUMNS = 200
const MAX_HEADER_LENGTH = 16 * 1024

function findTable(text: string, { mapping, ...options }: ReadOptions): Table {
  const names = [...mapping]
    .flatMap(([field, name]) => (field === 'notes' ? splitNames(name) : [name]))
    .filter((name) => name !== LEFT_OUT && !/^\d+$/.test(name))
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
  if (!header.every(isStreamSafe)) {
    throw invalidField(
      `lines.${startLine}`,
      `A name in the header is not valid. ${NOT_STREAM_SAFE}`,
    )
  }
  if (header.join(',').length > MAX_HEADER_LENGTH) {
    throw invalidField(
      `lines.${startLine}`,
      `The header is too long; the maximum is ${MAX_HEADER_LENGTH} characters. ${KEEP_LINE_BREAKS}`,
    )
  }
  return table
}

/** The columns by field as `mapping` takes them, and the columns that are not used. */
function formatMapping({ columns }: AssignedColumns, { header }: Table) {
  const name = (index: number) => header?.[index] || String(index + 1)
  const single = statementFields.flatMap((field) => {
    const index = field === 'notes' ? undefined : columns[field]
    return index === undefined ? [] : [[field, index] as const]
  })
  const mapping: Record<string, string> = Object.fromEntries(
    single.map(([field, index]) => [field, name(index)]),
  )
  if (columns.notes.length > 0) mapping['notes'] = columns.notes.map(name).join(AND)
  const { payer, recipient, id, user_id, deleted_at, notes, otherPayees } = columns
  const used = new Set<number | undefined>([
    ...single.map(([, index]) => index),
    payer,
    recipient,
    id,
    user_id,
    deleted_at,
    ...notes,
    ...otherPayees,
  ])
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

/** A file whose first rows have no date is refused before the others are read. */
function refuseWithoutDates({ sample }: Table, { columns }: AssignedColumns, options: ReadOptions) {
  if (sample.length < FEW_ROWS || options.dateFormat !== undefined) return
  const cells = sample.map(({ fields, line }) => ({ line, text: fields[columns.date!] ?? '' }))
  if (cells.some(({ text }) => looksLikeDate(text))) return
  const { text, line } = cells.find((cell) => !isBlank(cell.text)) ?? cells[0]!
  throw invalidField(
    'mapping',
    `None of the first ${FEW_ROWS} rows has a date in its column; line ${line} has "${text.slice(0, 40)}". Map the column of dates, as in mapping=date:Header, or pass date_format if these are dates.`,
  )
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
  refuseWithoutDates(table, assigned, options)
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
