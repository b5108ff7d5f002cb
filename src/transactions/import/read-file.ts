import { isExportHeader, TRAILER_MARK, type ImportColumn } from '../csv-columns.ts'
import { dateFormats, readDate, type DateFormat } from '../../lib/csv/dates.ts'
import { cellsOf, detectWay } from '../../lib/csv/detect.ts'
import { decimalMarks, readNumber, type DecimalMark } from '../../lib/csv/numbers.ts'
import {
  KEEP_LINE_BREAKS,
  parseCsv,
  type CsvFile,
  type CsvRecord,
  type Delimiter,
  type Plan,
} from '../../lib/csv/parse.ts'
import { invalidField } from '../../lib/errors.ts'
import { parseScaled } from '../../lib/money/amounts.ts'
import { mapColumns, type Columns, type MappedColumns } from './columns.ts'
import type { ReadRow } from './import-row.ts'
import { readRow, withoutTextMark, type Defaults, type Problem } from './read-row.ts'

export const MAX_ROWS = 20_000

export interface ReadOptions {
  delimiter?: Delimiter | undefined
  decimal?: DecimalMark | undefined
  dateFormat?: DateFormat | undefined
  mapping: ReadonlyMap<ImportColumn, string>
  defaults: Defaults
}

export interface ImportFile {
  rowCount: number
  rows: ReadRow[]
  problems: Problem[]
  /** How the file was read. */
  format: {
    delimiter: Delimiter
    decimal: DecimalMark
    dateFormat: DateFormat
    columns: Partial<Record<ImportColumn, string>>
    ignored: string[]
  }
}

/** Years of two digits are read only if the request names the format. */
const detectableDates = dateFormats.filter((format) => !/^[^Y]*YY$/.test(format))

const numberText = (text: string, decimal: DecimalMark) => {
  const number = readNumber(withoutTextMark(text), decimal)
  // Two readings agree where they mean the same amount.
  return number && `${number.negative ? '-' : ''}${parseScaled(number.digits)}`
}

interface FilePlan extends Plan, MappedColumns {
  /** Places of the columns among the picked ones. */
  places: Columns
}

/** The first two fields are those of a trailer. */
function planOf(header: string[], mapping: ReadOptions['mapping']): FilePlan {
  const mapped = mapColumns(header, mapping)
  const picked = [...new Set([0, 1, ...Object.values(mapped.columns)])]
  const places = Object.entries(mapped.columns).map(([name, at]) => [name, picked.indexOf(at)])
  return { ...mapped, picked, places: Object.fromEntries(places) as Columns }
}

function split(text: string, { delimiter, mapping }: ReadOptions): CsvFile<FilePlan> {
  const file = parseCsv(text, MAX_ROWS + 1, (header) => planOf(header, mapping), delimiter)
  if ('message' in file) throw invalidField(`lines.${file.line}`, file.message)
  return file
}

/** The records without the trailer that an export may have, which says how many there must be. */
function withoutTrailer(records: CsvRecord[]): CsvRecord[] {
  const last = records.at(-1)
  if (last?.fields[0] !== TRAILER_MARK) return records
  const rest = records.slice(0, -1)
  if (last.fields[1] === String(rest.length)) return rest
  throw invalidField(
    `lines.${last.line}`,
    `The file is incomplete: the trailer says ${last.fields[1]?.slice(0, 20)} rows, and it has ${rest.length}.`,
  )
}

function checkCount(records: CsvRecord[]): void {
  if (records.length === 0) throw invalidField('', `The file has no rows. ${KEEP_LINE_BREAKS}`)
  if (records.length > MAX_ROWS) {
    throw invalidField('', `The file has more than ${MAX_ROWS} rows. Split it.`)
  }
}

function checkOwners(records: CsvRecord[], { user_id: column }: Columns): void {
  if (column === undefined) return
  if (new Set(records.map(({ fields }) => fields[column])).size > 1) {
    throw invalidField(
      'header',
      'The file has transactions of several users. Export and import one user at a time.',
    )
  }
}

function checkDefaults(columns: Columns, { currency, category }: Defaults): void {
  if (columns.currency === undefined && currency === undefined) {
    throw invalidField('currency', 'The file has no currency column. Pass its currency.')
  }
  if (columns.category === undefined && category === undefined) {
    throw invalidField('category', 'The file has no category column. Pass a category.')
  }
}

function chosen<Way extends string>(
  parameter: string,
  found: { way: Way } | { issue: string },
): Way {
  if ('way' in found) return found.way
  throw invalidField(parameter, `${found.issue} Specify the format.`)
}

/** How dates and amounts are written: as given, as our exports do, or as the columns show. */
function detect(records: CsvRecord[], columns: Columns, isExport: boolean, options: ReadOptions) {
  const whole = records.filter(
    ({ fields }) => fields[columns.date!] !== undefined && fields[columns.amount!] !== undefined,
  )
  return {
    dateFormat:
      options.dateFormat ??
      (isExport
        ? 'YYYY-MM-DD'
        : chosen(
            'date_format',
            detectWay(cellsOf(whole, columns.date!), detectableDates, readDate),
          )),
    decimal:
      options.decimal ??
      (isExport
        ? '.'
        : chosen('decimal', detectWay(cellsOf(whole, columns.amount!), decimalMarks, numberText))),
  }
}

type Read = ReadRow | Problem

const isProblem = (read: Read): read is Problem => 'message' in read
const isRow = (read: Read): read is ReadRow => !isProblem(read)

/** An external id names one record of a source. */
function checkNames(rows: ReadRow[]) {
  const seen = new Map<string, number>()
  const problems: Problem[] = []
  const single = rows.filter(({ external_id: externalId, source, line }) => {
    if (externalId === null) return true
    const name = `${source ?? ''}\n${externalId}`
    const first = seen.get(name)
    if (first === undefined) seen.set(name, line)
    else problems.push({ line, column: 'external_id', message: `Duplicate of line ${first}.` })
    return first === undefined
  })
  return { single, problems }
}

/**
 * Reads a file of transactions.
 * @throws AppError where the file as a whole cannot be read; what is wrong with rows is a result
 */
export function readFile(text: string, options: ReadOptions): ImportFile {
  const { header, delimiter, plan, records: all } = split(text, options)
  const { columns, places, ignored } = plan
  const records = withoutTrailer(all)
  checkCount(records)
  const isExport = isExportHeader(header)
  if (isExport) checkOwners(records, places)
  checkDefaults(columns, options.defaults)
  const ways = detect(records, places, isExport, options)
  const { defaults } = options
  const reading = { columns: places, width: header.length, isExport, defaults, ...ways }
  const read = records.map((record) => readRow(record, reading))
  const { single, problems } = checkNames(read.filter(isRow))
  const { id: _, user_id: __, deleted_at: ___, ...mapped } = columns
  return {
    rowCount: records.length,
    rows: single,
    problems: [...read.filter(isProblem), ...problems].toSorted((a, b) => a.line - b.line),
    format: {
      delimiter,
      ...ways,
      columns: Object.fromEntries(
        Object.entries(mapped).map(([field, index]) => [field, header[index]]),
      ),
      ignored,
    },
  }
}
