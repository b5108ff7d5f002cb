import { AppError, invalidField } from '../../lib/errors.ts'
import { IMPORT_COLUMNS, type ImportColumn } from '../csv-columns.ts'
import { transactionFields } from '../transaction.fields.ts'

/** Columns of our own exports that are looked at beside. */
type OwnField = 'id' | 'user_id' | 'deleted_at'
export type Columns = Partial<Record<ImportColumn | OwnField, number>>

const headersOf = (field: ImportColumn): readonly string[] => transactionFields[field].headers

const MAX_COLUMNS = 200
const ownFields: readonly OwnField[] = ['id', 'user_id', 'deleted_at']

const simple = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')

export interface MappedColumns {
  columns: Columns
  ignored: string[]
}

const refuse = (message: string) => invalidField('header', message)

function checkHeader(header: readonly string[]): void {
  if (header.length > MAX_COLUMNS) {
    throw refuse(`The header has ${header.length} columns; the maximum is ${MAX_COLUMNS}.`)
  }
  const seen = new Set<string>()
  for (const name of header) {
    // Two spellings of a name are refused, because either of them could be meant.
    const key = simple(name) || name.toLowerCase()
    if (seen.has(key)) throw refuse(`Duplicate column "${name.slice(0, 64)}".`)
    if (key !== '') seen.add(key)
  }
}

function columnOf(
  header: readonly string[],
  field: ImportColumn,
  mapping: ReadonlyMap<ImportColumn, string>,
): number | undefined {
  const given = mapping.get(field)
  if (given !== undefined) {
    const index = header.findIndex((name) => name.toLowerCase() === given.toLowerCase())
    if (index === -1) {
      throw invalidField('mapping', `The file has no column "${given.slice(0, 64)}".`)
    }
    return index
  }
  const exact = header.findIndex((name) => simple(name) === simple(field))
  if (exact !== -1) return exact
  const found = header.filter((name) => headersOf(field).includes(simple(name)))
  if (found.length > 1) {
    throw invalidField(
      'mapping',
      `Map one column to ${field}: ${found.map((name) => `"${name}"`).join(' or ')}.`,
    )
  }
  return found[0] === undefined ? undefined : header.indexOf(found[0])
}

/** Which column says what. @throws AppError where that is not clear */
export function mapColumns(
  header: readonly string[],
  mapping: ReadonlyMap<ImportColumn, string>,
): MappedColumns {
  checkHeader(header)
  const columns: Columns = {}
  const taken = new Set([...mapping.values()].map((name) => name.toLowerCase()))
  for (const field of IMPORT_COLUMNS) {
    const index = columnOf(header, field, mapping)
    const isTaken = index !== undefined && taken.has(header[index]!.toLowerCase())
    if (index !== undefined && (mapping.has(field) || !isTaken)) columns[field] = index
  }
  for (const field of ownFields) {
    const index = header.indexOf(field)
    if (index !== -1 && !taken.has(field)) columns[field] = index
  }
  const missing = (['date', 'amount'] as const).filter((field) => columns[field] === undefined)
  if (missing.length > 0) {
    throw new AppError('validation_failed', {
      detail: 'Map the columns with mapping=date:Header,amount:Header.',
      errors: missing.map((field) => ({
        field: 'header',
        message: `No column for ${field}.`,
      })),
    })
  }
  const used = new Set<number | undefined>(Object.values(columns))
  return { columns, ignored: header.filter((name, index) => name !== '' && !used.has(index)) }
}
