const MAX_NAMED = 10

/** "line 4", "lines 4, 7 and 9", "lines 4, 7, … and 90 more". */
export function linesText(lines: readonly number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`
  const named = lines.slice(0, lines.length > MAX_NAMED ? MAX_NAMED : -1).join(', ')
  const more = lines.length > MAX_NAMED ? `${lines.length - MAX_NAMED} more` : lines.at(-1)
  return `lines ${named} and ${more}`
}
