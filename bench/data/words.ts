/** Words in the notes: in one row of three, in one of 20,000, in none. */
export const COMMON_WORD = 'market'
export const RARE_WORD = 'zeppelin'
export const ABSENT_WORD = 'quasar'
/** Two letters, too few for a trigram: part of the common word, and part of no word. */
export const COMMON_PAIR = 'ma'
export const ABSENT_PAIR = 'qx'

export const COMMON_EVERY = 3
export const RARE_EVERY = 20_000

const SYLLABLES =
  'ban del fir gos hul kan ler nis pot ruf sab tel vin wor bur dan fel gil hos kut'.split(' ')

/** 400 more words, none of which contains one of the above. */
export const FILLERS = SYLLABLES.flatMap((first) => SYLLABLES.map((second) => first + second))

/** The first are used most. */
export const CATEGORIES = (
  'Groceries Transport Salary Restaurants Rent Utilities Health Consulting Clothing Leisure ' +
  'Travel Insurance Phone Interest Hobbies Gifts Repairs Furniture Taxes Donations'
).split(' ')
export const INCOME_CATEGORIES = ['Salary', 'Consulting', 'Interest']
