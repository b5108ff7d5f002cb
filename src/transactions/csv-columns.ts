import { exportNames, importNames, maskableNames } from '../db/record.ts'
import { transactionFields } from './transaction.fields.ts'

/** The columns of an export, by which an import knows a file that comes from here. */
export const EXPORT_COLUMNS = exportNames(transactionFields)

const maskable: ReadonlySet<string> = new Set(maskableNames(transactionFields))

/** Whether a file begins like an export; columns of masked fields may be missing. */
export function isExportHeader(header: readonly string[]): boolean {
  const columns = EXPORT_COLUMNS.filter((name) => !maskable.has(name) || header.includes(name))
  return columns.every((name, index) => header[index] === name)
}

/** The columns that an import reads. */
export const IMPORT_COLUMNS = importNames(transactionFields)

export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** In the first field of the last record of a file that was asked for with `trailer=true`. */
export const TRAILER_MARK = '#end'
