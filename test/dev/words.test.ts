import { describe, expect, it } from 'vitest'
import { findPrivateWords } from '../../dev/check/words.ts'

const foundIn = (text: string) => findPrivateWords(text).map(({ found }) => found.toLowerCase())

describe('findPrivateWords', () => {
  it.each([
    ['camelCase', 'const bookId = 1', 'book'],
    ['PascalCase', 'class SealedAnswers {}', 'sealed'],
    ['snake_case', 'select kept_result', 'kept'],
    ['upper case', 'const WHOLE_BOOK = 1', 'book'],
    ['kebab-case', "import './whole-wall.ts'", 'wall'],
    ['a prefix', 'const MOST_ROWS = 1', 'most_rows'],
    ['a sentence', '// The text is no amount.', 'is no amount'],
    ['a sentence over two lines', '/*\n * These are no\n * dates.\n */', 'are no * dates'],
    ['the beginning of a comment', '  /** Of this isolate. */', '/** of'],
    ['the beginning of a longer comment', '/**\n * Of this isolate.\n */', '/** * of'],
  ])('finds private words in %s', (_, text, word) => {
    expect(foundIn(text)).toContain(word)
  })

  it.each([
    'Edgebook',
    'bookkeeping and default',
    'one round trip, two round-trips, roundTrips',
    'new FaultProxy() for fault injection',
    'milliseconds since the epoch',
    'There is no such user, and it is no longer active.',
    'the number of rows',
    'at most 100, MAX_ROWS',
  ])('leaves ordinary words alone: %s', (text) => {
    expect(foundIn(text)).toEqual([])
  })

  it('names the line and the usual word', () => {
    expect(findPrivateWords('one\ntwo\nsealed\n')).toEqual([
      { line: 3, found: 'sealed', advice: 'encrypt, encrypted' },
    ])
  })
})
