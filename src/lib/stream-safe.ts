const MAX_MARKS = 30

/**
 * Whether text can be normalized in linear time: at most 30 combining marks in a row, as in the
 * Stream-Safe Text Format of UAX #15. Normalization sorts longer runs in quadratic time, so text is
 * checked before.
 */
export function isStreamSafe(text: string): boolean {
  // A pattern with a count would look at each run again from each of its marks.
  for (const [run] of text.matchAll(/\p{M}+/gu)) {
    if (run.length > MAX_MARKS && [...run].length > MAX_MARKS) return false
  }
  return true
}

export const NOT_STREAM_SAFE = 'Must not have more than 30 combining marks in a row.'
