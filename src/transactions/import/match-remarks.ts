import type { Match } from './imports.repository.ts'

const MAX_NAMED = 10

/** "line 4", "lines 4, 7 and 9", "lines 4, 7, … and 90 more". */
function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`
  const named = lines.slice(0, lines.length > MAX_NAMED ? MAX_NAMED : -1).join(', ')
  const more = lines.length > MAX_NAMED ? `${lines.length - MAX_NAMED} more` : lines.at(-1)
  return `lines ${named} and ${more}`
}

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
