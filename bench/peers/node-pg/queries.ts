import type { Pool } from 'pg'
import type { NewRow } from '../peer.ts'
import { preparing, statements } from './statements.ts'

const LIMIT = 20
const LATEST = 'date desc, id desc'

const ORDERS: Record<string, string> = {
  '-date': LATEST,
  date: 'date, id',
  '-amount': 'amount desc, id desc',
  amount: 'amount, id',
}

/** What a list can be asked for: the parameter, and the condition with a place for its value. */
const CONDITIONS: Record<string, (place: string) => string> = {
  from: (place) => `date >= ${place}`,
  to: (place) => `date <= ${place}`,
  category: (place) => `category = ${place}`,
  type: (place) => `type = ${place}`,
  min: (place) => `amount >= ${place}`,
  max: (place) => `amount <= ${place}`,
  q: (place) => `(notes ilike ${place} or category ilike ${place})`,
}

function conditions(userId: string, query: URLSearchParams) {
  const parts = ['user_id = $1']
  const values: unknown[] = [userId]
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = query.get(name)
    if (value === null) continue
    values.push(name === 'q' ? `%${value}%` : value)
    parts.push(condition(`$${values.length}`))
  }
  return { where: parts.join(' and '), values }
}

interface Credentials {
  id: string
  password_hash: string
  role: string
}

/** The questions that the service asks its database. */
export function createQueries(pool: Pool) {
  const ask = preparing(pool)
  const page = (where: string, order: string, offset: number, values: unknown[]) =>
    ask(statements.page(where, order, LIMIT, values.length + 1), [...values, offset])

  return {
    activeUser: async (id: string) => (await ask(statements.user, [id]))[0],

    credentials: async (email: string) =>
      (await ask<Credentials>(statements.credentials, [email]))[0],

    /** A page by its number, and how many there are in all. */
    async list(userId: string, query: URLSearchParams) {
      const { where, values } = conditions(userId, query)
      const order = ORDERS[query.get('sort') ?? '-date'] ?? LATEST
      const number = Math.max(1, Number(query.get('page') ?? 1))
      const [data, counted] = await Promise.all([
        page(where, order, (number - 1) * LIMIT, values),
        ask(statements.count(where), values),
      ])
      return { data, page: number, total: Number(counted[0]?.['total']) }
    },

    one: async (userId: string, id: string) => (await ask(statements.one, [id, userId]))[0],

    create: async (userId: string, row: NewRow) => {
      const { type, amount, currency, category, date, notes } = row
      const values = [userId, type, amount, currency, category, date, notes]
      return (await ask(statements.create, values))[0]
    },

    update: async (userId: string, id: string, notes: string) =>
      (await ask(statements.update, [id, userId, notes]))[0],

    bulk: (userId: string, list: readonly NewRow[]) =>
      ask(statements.bulk, [userId, JSON.stringify(list)]),

    /** All parts at once, each on a connection of its own. */
    async dashboard(userId: string, from: string, to: string, before: string) {
      const now = [userId, from, to]
      const then = [userId, before, from]
      const [totals, previous, categories, previousCategories, months, recent] = await Promise.all([
        ask(statements.totals, now),
        ask(statements.totals, then),
        ask(statements.categories, now),
        ask(statements.categories, then),
        ask(statements.months, now),
        page('user_id = $1', LATEST, 0, [userId]),
      ])
      return { totals, previous, categories, previousCategories, months, recent }
    },
  }
}
