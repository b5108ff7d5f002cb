import { AppError } from '../lib/errors.ts'
import { likelyMessage, type LikelyReason } from '../lib/likely-duplicates.ts'

interface LikelyRow {
  line: number
  reason: LikelyReason
  date: string | null
  /** How many there are; at most 200 are listed. */
  count: number
}

/** EB018: an import has rows that may be in already. */
export function likelyDuplicates(detail: string): AppError {
  const rows = JSON.parse(detail) as LikelyRow[]
  const count = rows[0]?.count ?? 0
  return new AppError('likely_duplicates', {
    detail:
      `${count === 1 ? '1 row resembles a transaction' : `${count} rows resemble transactions`} that the ` +
      'user has. Send likely_duplicates=skip or likely_duplicates=create, or decide each line with ' +
      `lines=${rows[0]?.line ?? 2}:skip and the ETag of the report in If-Match.`,
    errors: rows.map(({ line, reason, date }) => ({
      field: `lines.${line}`,
      message: likelyMessage(reason, date),
    })),
  })
}

interface SharingImport {
  id: string
  file_name: string | null
  count: number
}

/** EB019: other imports have transactions of the one that should be reverted. */
export function importShared(detail: string): AppError {
  const found = JSON.parse(detail) as SharingImport[]
  const named = ({ id, file_name: name, count }: SharingImport) =>
    `${name === null ? 'import' : `"${name}",`} ${id} (${count === 1 ? '1 row' : `${count} rows`})`
  return new AppError('import_shared', {
    detail:
      `These imports also have transactions of it: ${found.map(named).join('; ')}. Send shared=keep to ` +
      'leave those transactions, or shared=delete to delete them too.',
  })
}
