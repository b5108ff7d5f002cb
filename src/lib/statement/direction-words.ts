import type { AmountRow } from './amount-row.ts'
import { directionsOf } from './words/directions.ts'

/**
 * Whether signs say something beside the words: half of the amounts that the words call spent, or half of
 * those that they call received, have a minus.
 */
export function hasSigns(
  rows: readonly AmountRow[],
  directionAt: (row: AmountRow) => 'in' | 'out' | undefined,
): boolean {
  const negative = rows.filter(({ isNegative }) => isNegative)
  if (negative.length === 0) return false
  const isEverywhere = negative.length === rows.length
  if (isEverywhere && rows.some((row) => directionAt(row) === 'in')) return false
  const isHalf = (direction: 'in' | 'out') => {
    const own = rows.filter((row) => directionAt(row) === direction)
    return own.length > 0 && own.filter(({ isNegative }) => isNegative).length * 2 >= own.length
  }
  return isHalf('out') || isHalf('in') || rows.every((row) => directionAt(row) !== 'out')
}

export interface WordReading {
  /** Whether the words alone decide. */
  kind: 'strict' | 'doubtful'
  /** The word that is not certain, and its line. */
  doubt: string
  directionOf: (word: string | undefined) => 'in' | 'out' | undefined
}

/**
 * Reads a column of directions. Its words decide if the caller mapped the column, if all are strict, or
 * if most are and signs say nothing: then another word makes its row invalid. Otherwise they are doubtful.
 */
export function readWords(rows: readonly AmountRow[], isMapped: boolean): WordReading {
  const { directions } = directionsOf(rows.map(({ word = '' }) => word))
  const isStrict = ({ word = '' }: AmountRow) => directions.get(word)?.strict === true
  const doubtful = rows.find((row) => !isStrict(row))
  const strict = rows.filter(isStrict).length
  const directionAt = ({ word = '' }: AmountRow) => directions.get(word)?.direction
  const decides =
    isMapped || !doubtful || (!hasSigns(rows, directionAt) && strict * 2 > rows.length)
  return {
    kind: decides ? 'strict' : 'doubtful',
    doubt: doubtful ? `"${doubtful.word?.slice(0, 40)}" on line ${doubtful.line}` : '',
    directionOf(word = '') {
      const found = directions.get(word)
      return found?.strict === true || isMapped || !decides ? found?.direction : undefined
    },
  }
}
