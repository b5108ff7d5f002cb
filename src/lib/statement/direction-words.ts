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
 * Reads a column of directions. Its words decide if the caller mapped the column, if all are strict, or
 * if most are and no amount has a sign: then a word that is not known makes its row invalid. Otherwise
 * they are doubtful.
 */
export function readWords(rows: readonly AmountRow[], isMapped: boolean): WordReading {
  const found = new Map<string, ReturnType<typeof directionOf>>()
  let doubt = ''
  let strict = 0
  for (const { word = '', line } of rows) {
    if (!found.has(word)) found.set(word, directionOf(word))
    const direction = found.get(word)
    if (direction?.strict === true) strict++
    if (direction?.strict !== true && doubt === '') doubt = `"${word.slice(0, 40)}" on line ${line}`
  }
  // A sign that all amounts have says no more than none.
  const isUnsigned = new Set(rows.map(({ isNegative }) => isNegative)).size === 1
  const decides = isMapped || doubt === '' || (isUnsigned && strict * 2 > rows.length)
  return {
    kind: decides ? 'strict' : 'doubtful',
    doubt,
    signOf: (word = '') => {
      const direction = found.get(word)?.direction
      return direction === undefined ? undefined : direction === 'in' ? 1 : -1
    },
  }
}
