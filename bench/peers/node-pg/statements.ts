import type { Pool, QueryResultRow } from 'pg'

const COLUMNS =
  'id, user_id, type, amount, currency, category, date::text, notes, created_at, updated_at'
const FIELDS = 'user_id, type, amount, currency, category, date, notes'
const TABLE = 'peer_node_pg.transactions'

const sums = `sum(amount) filter (where type = 'income') as income,
  sum(amount) filter (where type = 'expense') as expenses, count(*)`
const inPeriod = `where user_id = $1 and date between $2 and $3`

export const statements = {
  user: `select role from peer_node_pg.users where id = $1 and active`,
  credentials: `select id, password_hash, role from peer_node_pg.users where email = $1 and active`,
  one: `select ${COLUMNS} from ${TABLE} where id = $1 and user_id = $2`,
  create: `insert into ${TABLE} (${FIELDS}) values ($1, $2, $3, $4, $5, $6, $7)
           returning ${COLUMNS}`,
  update: `update ${TABLE} set notes = $3, updated_at = now()
            where id = $1 and user_id = $2 returning ${COLUMNS}`,
  bulk: `insert into ${TABLE} (${FIELDS})
         select $1, type, amount, currency, category, date, notes
           from json_to_recordset($2) as r(type text, amount numeric, currency text, category text,
                                           date date, notes text)
         returning ${COLUMNS}`,
  totals: `select currency, ${sums} from ${TABLE} ${inPeriod} group by currency`,
  categories: `select currency, type, category, sum(amount) as total, count(*)
                 from ${TABLE} ${inPeriod}
                group by currency, type, category order by total desc`,
  months: `select currency, date_trunc('month', date)::date::text as month, ${sums}
             from ${TABLE} ${inPeriod} group by 1, 2 order by 1, 2`,
  /** `place` is where the number of rows to skip stands among the values. */
  page: (where: string, order: string, limit: number, place: number) =>
    `select ${COLUMNS} from ${TABLE} where ${where} order by ${order} limit ${limit} offset $${place}`,
  count: (where: string) => `select count(*) as total from ${TABLE} where ${where}`,
}

export type Ask = <T extends QueryResultRow>(text: string, values: unknown[]) => Promise<T[]>

/** Statements are prepared once for each connection, by their names: PostgreSQL takes short ones. */
export function preparing(pool: Pool): Ask {
  const names = new Map<string, string>()
  return async <T extends QueryResultRow>(text: string, values: unknown[]) => {
    const name = names.get(text) ?? `q${names.size}`
    names.set(text, name)
    return (await pool.query<T>({ name, text, values })).rows
  }
}
