import { and, asc, desc, getTableColumns, not, sql, type SQL } from 'drizzle-orm'
import { likePattern } from '../db/escape-like.ts'
import { qb } from '../db/query-builder.ts'
import { pick, type SortName } from '../db/record.ts'
import type { Rows } from './filters.ts'
import type { transactionFields } from './transaction.fields.ts'

/*
 * Search, fast whether what is looked for is common, rare or absent. The index of the whole text
 * (`transactions_search`) costs as much as there are hits, and walking the list in its order as much as there
 * are none, so a list tries a few rows of the walk first. docs/decisions/0014-roll-ups-and-search.md
 */

/** Rows that are walked for each that is wanted: what is less common than one in so many is rare. */
const WALKED_PER_MATCH = 50
/** Limit of the walk for later pages and exports; beyond it the index is used. */
const MAX_WALKED = 20_000

/** Trigrams know letters and digits of ASCII for sure, and of others as the locale has it. */
const hasTrigram = (q: string) => /[a-z\d]{3}/i.test(q)

/** The folded text of category, payee and notes: a column of the views that no response has. */
const searchText = sql`search_text`

/** Without an index, for rows that are read already. */
const contains = (q: string) => sql`strpos(${searchText}, api.fold_text(${q})) > 0`

/** Whether category, payee or notes contain `q`, whatever its case and blanks; uses the index. */
function matches(q: string): SQL {
  if (hasTrigram(q)) return sql`${searchText} like api.fold_text(${likePattern(q)})`
  return sql`(api.search_bigrams(${searchText}) @> api.bigrams(api.fold_text(${q})) and ${contains(q)})`
}

/** With a search, rows that match it too. */
export function withSearch({ view, where }: Rows, q: string | undefined): Rows {
  return { view, where: q === undefined ? where : and(where, matches(q)) }
}

export interface Order {
  key: SortName<typeof transactionFields>
  descending: boolean
}

/** Added to a sort key, so that no index has the order. */
const zero: Record<Order['key'], SQL> = {
  date: sql`0`,
  amount: sql`0`,
  updated_at: sql`interval '0'`,
}

/**
 * The first `take` of the rows that have `q` in them: among those that come first, and where there
 * are too few, by the index. An order by a sum is one that no index has, so that the second way is
 * not a walk again, all the way to the end.
 */
export function searchRows({ view, where }: Rows, q: string, order: Order, take: number) {
  const direction = order.descending ? desc : asc
  const columns = getTableColumns(view)
  const walk = qb
    .select({ ...columns, matched: contains(q).as('matched') })
    .from(view)
    .where(where)
    .orderBy(direction(view[order.key]), direction(view.id))
    .limit(Math.max(take, Math.min(take * WALKED_PER_MATCH, MAX_WALKED)))
    .as('walk')
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const near = qb.$with('near').as(
    qb
      .select(pick(walk, names))
      .from(walk)
      .where(sql`${walk.matched}`)
      .limit(take),
  )
  const enough = sql`((select count(*) from near) = ${take})`
  const byIndex = qb
    .select()
    .from(view)
    .where(and(where, not(enough), matches(q)))
    .orderBy(direction(sql`${view[order.key]} + ${zero[order.key]}`), direction(view.id))
    .limit(take)
  const walked = qb.select().from(near).where(enough)
  const found = walked.unionAll(byIndex).as('found')
  return qb
    .with(near)
    .select()
    .from(found)
    .orderBy(direction(found[order.key]), direction(found.id))
}
