/** Edits that turn one text into another: insertions, deletions and replacements of a character. */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1]
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1]! + (character === to[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1))
    }
    previous = current
  }
  return previous[to.length]!
}

const simple = (name: string) => name.toLowerCase().replace(/[^a-z\d]/g, '')

/** The known name that is meant by a misspelt one, if it is at most a third of its letters away. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined
  const [closest] = known
    .map((candidate) => ({ candidate, edits: distance(simple(name), simple(candidate)) }))
    .filter(({ candidate, edits }) => edits <= candidate.length / 3)
    .toSorted((a, b) => a.edits - b.edits)
  return closest?.candidate
}
