import {
  CATEGORIES,
  COMMON_EVERY,
  COMMON_WORD,
  FILLERS,
  INCOME_POSITIONS,
  RARE_EVERY,
  RARE_WORD,
} from './words.ts'

/** How many rows a user has. */
export interface Book {
  userId: string
  rows: number
}

export const YEARS = 5
const DAYS = 365 * YEARS

/** Below `most`, evenly and always the same for a row; each `seed` is another throw of the dice. */
const roll = (seed: number, most: number) =>
  `abs(hashint8extended(b.n * 100000000 + i, ${seed}) % ${most})`

/** The same, with small ones more often. */
const skewed = (seed: number, most: number) =>
  `floor(${most} * power(${roll(seed, 10_000)} / 10000.0, 2))::integer`

const literals = (words: readonly (string | number)[]) =>
  words.map((word) => (typeof word === 'number' ? word : `'${word}'`)).join(', ')

const word = (seed: number) => `($5::text[])[1 + ${skewed(seed, FILLERS.length)}]`

/**
 * Writes every book by one statement, in the order of dates, so that the rows of all users lie mixed
 * as they would have come in. What is in a row follows from its book and its number alone.
 */
export function insertRows(): string {
  return `
    insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, notes, created_by, created_at,
         updated_at)
    select overlay(overlay(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0')
                             || md5(user_id || ':' || i)
                     placing '7' from 13 for 1) placing '8' from 17 for 1)::varchar(32)::uuid,
           user_id,
           (case when category in (${literals(INCOME_POSITIONS)})
                 then 'income' else 'expense' end)::data.transaction_type,
           amount, currency, ($4::text[])[category], date, notes, user_id, moment, moment
      from (
        select b.user_id, i, d.date, d.date + ${roll(1, 86_400)} * interval '1 second' moment,
               1 + ${skewed(2, CATEGORIES.length)} category,
               100 + ${skewed(3, 300_000)} amount,
               case when ${roll(4, 100)} < 90 then 'EUR' when ${roll(4, 100)} < 98 then 'USD'
                    else 'JPY' end currency,
               concat_ws(' ', ${word(5)}, ${word(6)},
                         case when ${roll(7, COMMON_EVERY)} = 0 then '${COMMON_WORD}' end,
                         case when i % ${RARE_EVERY} = 500 then '${RARE_WORD}' end,
                         ${word(8)}) notes
          from unnest($1::uuid[], $2::integer[]) with ordinality b(user_id, size, n),
               generate_series(1, b.size) i,
               lateral (select $3::date - ${DAYS} + (i::bigint * ${DAYS} / b.size)::integer) d(date)
         order by d.date, ${roll(9, 1_000_000)}
      ) drawn`
}

/** What goes with that statement; `until` is the last day. */
export const rowParameters = (books: readonly Book[], until: string) => [
  books.map(({ userId }) => userId),
  books.map(({ rows }) => rows),
  until,
  CATEGORIES,
  FILLERS,
]
