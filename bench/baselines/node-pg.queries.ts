import type { Pool } from 'pg'
import type { newTransaction } from '../service.ts'

export type NewTransaction = ReturnType<typeof newTransaction>

const TABLE = 'baseline.transactions'
const FIELDS = 'user_id, type, amount, currency, category, date, notes'
const COLUMNS = `id, ${FIELDS.replace('date', 'date::text')}, created_at, updated_at`
const SUMS = `sum(amount) filter (where type = 'income') as income,
              sum(amount) filter (where type = 'expense') as expenses, count(*)`
const IN_PERIOD = `from ${TABLE} where user_id = $1 and date between $2 and $3`

const statements = {
  user: 'select role from baseline.users where id = $1 and active',
  one: `select ${COLUMNS} from ${TABLE} where user_id = $1 and id = $2`,
  create: `insert into ${TABLE} (${FIELDS}) values ($1, $2, $3, $4, $5, $6, $7)
           returning ${COLUMNS}`,
  update: `update ${TABLE} set notes = $3, updated_at = now() where user_id = $1 and id = $2
           returning ${COLUMNS}`,
  bulk: `insert into ${TABLE} (${FIELDS})
         select $1, type, amount, currency, category, date, notes
           from json_populate_recordset(null::${TABLE}, $2)
         returning ${COLUMNS}`,
  totals: `select currency, ${SUMS} ${IN_PERIOD} group by currency`,
  categories: `select currency, type, category, sum(amount) as total, count(*) ${IN_PERIOD}
                group by currency, type, category order by total desc`,
  months: `select currency, date_trunc('month', date)::date::text as month, ${SUMS} ${IN_PERIOD}
            group by 1, 2 order by 1, 2`,
  page: (where: string, values: number) =>
    `select ${COLUMNS} from ${TABLE} where ${where} order by date desc, id desc
      limit 20 offset $${values + 1}`,
  count: (where: string) => `select count(*) as total from ${TABLE} where ${where}`,
}

const CONDITIONS: Record<string, (place: string) => string> = {
  from: (place) => `date >= ${place}`,
  to: (place) => `date <= ${place}`,
  category: (place) => `category = ${place}`,
  q: (place) => `(notes ilike ${place} or category ilike ${place})`,
}

/** The queries of the service. Statements are prepared, once for each connection. */
export function createQueries(pool: Pool) {
  const names = new Map<string, string>()
  async function ask(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    const name = names.get(text) ?? `q${names.size}`
    names.set(text, name)
    return (await pool.query<Record<string, unknown>>({ name, text, values })).rows
  }

  return {
    activeUser: async (id: string) => (await ask(statements.user, id))[0],

    /** A page by its number, and how many transactions there are in all. */
    async list(userId: string, query: URLSearchParams) {
      const asked = Object.keys(CONDITIONS).filter((name) => query.has(name))
      const values = asked.map((name) => (name === 'q' ? `%${query.get(name)}%` : query.get(name)))
      const conditions = asked.map((name, index) => CONDITIONS[name]!(`$${index + 2}`))
      const where = ['user_id = $1', ...conditions].join(' and ')
      const page = Number(query.get('page') ?? 1)
      const offset = (page - 1) * 20
      const [data, counted] = await Promise.all([
        ask(statements.page(where, values.length + 1), userId, ...values, offset),
        ask(statements.count(where), userId, ...values),
      ])
      return { data, page, total: Number(counted[0]!['total']) }
    },

    one: async (userId: string, id: string) => (await ask(statements.one, userId, id))[0],

    create: (userId: string, { type, amount, currency, category, date, notes }: NewTransaction) =>
      ask(statements.create, userId, type, amount, currency, category, date, notes),

    update: (userId: string, id: string, notes: string) =>
      ask(statements.update, userId, id, notes),

    bulk: (userId: string, rows: readonly NewTransaction[]) =>
      ask(statements.bulk, userId, JSON.stringify(rows)),

    /** All parts at once, each on a connection of its own. */
    dashboard: (userId: string, from: string, to: string, before: string) =>
      Promise.all([
        ask(statements.totals, userId, from, to),
        ask(statements.totals, userId, before, from),
        ask(statements.categories, userId, from, to),
        ask(statements.categories, userId, before, from),
        ask(statements.months, userId, from, to),
        ask(statements.page('user_id = $1', 1), userId, 0),
      ]),
  }
}
