import { exportNames, importNames } from '../db/record.ts'
import { transactionFields } from './transaction.fields.ts'

/** The columns of an export, by which an import knows a file that comes from here. */
export const EXPORT_COLUMNS = exportNames(transactionFields)

/** The columns that an import reads. */
export const IMPORT_COLUMNS = importNames(transactionFields)

export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** In the first field of the last record of a file that was asked for with `trailer=true`. */
export const TRAILER_MARK = '#end'
