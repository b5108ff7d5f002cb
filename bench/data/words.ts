/** Where a word of the notes stands: in one of three rows, in one of 20,000, in none. */
export const COMMON_WORD = 'market'
export const RARE_WORD = 'zeppelin'
export const ABSENT_WORD = 'quasar'
/** Two letters, too few for a trigram: of the common word, and in no word at all. */
export const COMMON_PAIR = 'ma'
export const ABSENT_PAIR = 'qx'

export const COMMON_EVERY = 3
export const RARE_EVERY = 20_000

const ONSETS = ['b', 'd', 'f', 'g', 'h', 'k', 'l', 'n', 'p', 'r', 's', 't', 'v', 'w', 'st', 'br']
const VOWELS = ['a', 'e', 'i', 'o', 'u']
const ENDS = ['n', 'r', 'l', 's', 't']

/** 400 further words of two syllables, none of which has one of those above in it. */
export const FILLERS: readonly string[] = ONSETS.flatMap((onset, i) =>
  VOWELS.flatMap((vowel, j) =>
    ENDS.map((end, k) => {
      const second = ONSETS[(i * 7 + j * 3 + k) % ONSETS.length]
      return `${onset}${vowel}${second}${VOWELS[(i + j + k) % VOWELS.length]}${end}`
    }),
  ),
)

/** The third, the eighth and the fourteenth are income; the first ones are used most. */
export const CATEGORIES: readonly string[] = [
  'Groceries',
  'Transport',
  'Salary',
  'Restaurants',
  'Rent',
  'Utilities',
  'Health',
  'Consulting',
  'Clothing',
  'Leisure',
  'Travel',
  'Insurance',
  'Phone',
  'Interest',
  'Books',
  'Gifts',
  'Repairs',
  'Furniture',
  'Taxes',
  'Donations',
]
export const INCOME_POSITIONS: readonly number[] = [3, 8, 14]
