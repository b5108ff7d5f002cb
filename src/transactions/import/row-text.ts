import { isStreamSafe } from '../../lib/stream-safe.ts'

/** One spelling of a text: statements of one bank differ in case and blanks. */
function fold(text: string): string {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  // Normalising long runs of combining marks takes quadratic time.
  return isStreamSafe(plain) ? plain.normalize('NFKC') : plain
}

/**
 * All texts of a row, whatever their columns are called or mapped to: what tells it from another row
 * with the same date and amount.
 */
export const rowText = (cells: readonly string[]): string =>
  cells
    .map(fold)
    .filter((text) => text !== '')
    .toSorted()
    .join('\n')
