import type { Match } from './imports.repository.ts'
import { linesText } from './lines-text.ts'

/**
 * What a report says of matching in sentences. In a file with new rows, a known one may be a second
 * payment that looks like one of an earlier file: nothing tells them apart, so it is named.
 */
export function matchRemarks(
  newRows: number,
  duplicates: readonly Match[],
  unnamed: readonly number[],
): string[] {
  const remarks: string[] = []
  const equal = duplicates.filter((row) => row.matched_by === 'fingerprint').map((row) => row.line)
  if (newRows > 0 && equal.length > 0) {
    remarks.push(
      `Not imported again, because an earlier import has rows with the same content: ${linesText(equal)}. ` +
        `If one of them is another payment, send lines=${equal[0]}:create.`,
    )
  }
  if (unnamed.length > 0) {
    remarks.push(
      `Another transaction of the source has the same external id, so these would be stored without: ${linesText(unnamed)}.`,
    )
  }
  return remarks
}
