import type { ImportColumn } from '../csv-columns.ts'
import type { transactions } from '../transactions.table.ts'

/** A row of a file as it was read. */
export type ReadRow = Pick<typeof transactions.$inferSelect, ImportColumn> & {
  line: number
  /** The id that the file gives, if the file is an export of ours. */
  known_id: string | null
  /** Where the money is, as the call or the file names it. */
  account: string | null
  /** All text cells, however the columns are mapped; the fingerprint is made of it. */
  text: string
}

/** A row of a file as a transaction, and as it is recognized in the next file. */
export type ImportRow = Omit<ReadRow, 'text'> & {
  id: string
  fingerprint: string
}
