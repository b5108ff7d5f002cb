import type { AmountRow, Sign } from './direction.ts'
import { directionOf } from './words/directions.ts'

export interface WordReading {
  /** Whether the words alone decide. */
  kind: 'strict' | 'doubtful'
  /** The word that is not certain, and its line. */
  doubt: string
  signOf: (word: string | undefined) => Sign | undefined
}

/**
 * Reads a column of directions. Its words decide if all are strict, or if the caller mapped the column;
 * otherwise they are doubtful.
 */
export function readWords(rows: readonly AmountRow[], isMapped: boolean): WordReading {
  const found = new Map<string, ReturnType<typeof directionOf>>()
  let doubt = ''
  for (const { word = '', line } of rows) {
    if (found.has(word)) continue
    const direction = directionOf(word)
    found.set(word, direction)
    if (direction?.strict !== true && doubt === '') doubt = `"${word.slice(0, 40)}" on line ${line}`
  }
  return {
    kind: doubt === '' || isMapped ? 'strict' : 'doubtful',
    doubt,
    signOf: (word = '') => {
      const direction = found.get(word)?.direction
      return direction === undefined ? undefined : direction === 'in' ? 1 : -1
    },
  }
}
