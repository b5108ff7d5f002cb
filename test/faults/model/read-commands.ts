import fc from 'fast-check'
import { expect } from 'vitest'
import { readTotals, totalsOf } from '../../transactions/list-model.ts'
import { atLeast, expectStatus, findTransaction, pick, readable, type WhoseWish } from './rules.ts'
import {
  asRow,
  isBackwards,
  responseOf,
  selected,
  type Filter,
  type Model,
  type ModelTransaction,
} from './state.ts'
import { amount, CATEGORIES, currency, day, index, kind, type Command } from './write-commands.ts'

type Wish = 'own' | 'all' | number

const wish = fc.oneof(fc.constantFrom<Wish>('own', 'all'), index)

const wishOf = (model: Model, wanted: Wish): WhoseWish =>
  typeof wanted === 'number' ? { userId: pick(model.users, wanted).id } : wanted

/** Mostly left out: many conditions at once match nothing. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })

const filter: fc.Arbitrary<Filter> = fc.record({
  type: rarely(kind),
  currency: rarely(currency),
  category: rarely(fc.constantFrom(...CATEGORIES)),
  date_from: rarely(day),
  date_to: rarely(day),
  min_amount: rarely(amount),
  max_amount: rarely(amount),
  q: rarely(fc.constantFrom('zep', 'ZEPPELIN', '%', '_', '\\', 'straße', 'o', 'nowhere')),
  deleted: rarely(fc.constantFrom('exclude', 'include', 'only')),
})

const query = (...parts: object[]) =>
  new URLSearchParams(
    parts
      .flatMap((part) => Object.entries(part) as [string, unknown][])
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ).toString()

const wantsDeleted = ({ deleted }: Filter) => (deleted ?? 'exclude') !== 'exclude'

const joined = (...parts: string[]) => parts.filter(Boolean).join('&')

/** Every page of a list, by cursor, one after the other. */
export const listByCursor = fc
  .record({
    caller: index,
    wish,
    filter,
    sort: fc.constantFrom('date', '-date', 'amount', '-amount'),
    limit: fc.integer({ min: 1, max: 5 }),
  })
  .map((a): Command => ({
    check: () => true,
    toString: () => `list ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = pick(model.users, a.caller)
      const { status, whose, query: scope } = readable(caller, wishOf(model, a.wish))
      const { sort, limit } = a
      const base = joined(query(a.filter, { sort, limit, include: 'totals' }), scope)
      const forbidden = wantsDeleted(a.filter) && !atLeast(caller, 'admin')
      const refused = isBackwards(a.filter) ? 422 : forbidden ? 403 : status
      const expected = selected(model, whose, a.filter, sort)
      const totals = totalsOf(expected.map(asRow))
      const rows: unknown[] = []
      let cursor = ''
      do {
        const response = await real.call(
          caller,
          'GET',
          `/v1/transactions?${joined(base, cursor && query({ cursor }))}`,
        )
        expectStatus(response, refused)
        if (refused !== 200) return
        expect(readTotals(response.body.totals)).toEqual(totals)
        expect(response.body.data.length).toBeLessThanOrEqual(limit)
        rows.push(...response.body.data)
        cursor = response.body.next_cursor ?? ''
      } while (cursor)
      expect(rows).toMatchObject(expected.map((row) => responseOf(row)))
      expect(rows).toHaveLength(expected.length)
    },
  }))

/** One page by its number, and how many there are. */
export const listByPage = fc
  .record({
    caller: index,
    wish,
    filter,
    page: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map((a): Command => ({
    check: () => true,
    toString: () => `page ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = pick(model.users, a.caller)
      const { status, whose, query: scope } = readable(caller, wishOf(model, a.wish))
      const { page, limit } = a
      const path = `/v1/transactions?${joined(query(a.filter, { page, limit }), scope)}`
      const response = await real.call(caller, 'GET', path)
      const forbidden = wantsDeleted(a.filter) && !atLeast(caller, 'admin')
      const refused = isBackwards(a.filter) ? 422 : forbidden ? 403 : status
      expectStatus(response, refused)
      if (refused !== 200) return
      const all = selected(model, whose, a.filter)
      const ids = all.slice((page - 1) * limit, page * limit).map(({ id }) => id)
      expect(response.body.data.map(({ id }: ModelTransaction) => id)).toEqual(ids)
      expect(response.body.total).toBe(all.length)
      expect(response.body.has_more).toBe(page * limit < all.length)
    },
  }))

/** One row by its id, be it somebody else's or deleted. */
export const read = fc.record({ caller: index, row: index }).map((a): Command => ({
  check: ({ transactions }) => transactions.length > 0,
  toString: () => `read ${JSON.stringify(a)}`,
  async run(model, real) {
    const caller = pick(model.users, a.caller)
    const row = findTransaction(model, a.row)
    const response = await real.call(caller, 'GET', `/v1/transactions/${row.id}`)
    const visible = (row.userId === caller.id || atLeast(caller, 'admin')) && !row.deleted
    expectStatus(response, caller.active ? (visible ? 200 : 404) : 401)
    if (response.status === 200) expect(response.body).toMatchObject(responseOf(row))
  },
}))

/** What a period adds up to on the dashboard. */
export const summary = fc
  .record({
    caller: index,
    wish,
    from: day,
    to: day,
    currency: fc.option(currency, { nil: undefined }),
  })
  .map((a): Command => ({
    check: () => true,
    toString: () => `summary ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = pick(model.users, a.caller)
      const { status, whose, query: scope } = readable(caller, wishOf(model, a.wish))
      const [date_from, date_to] = [a.from, a.to].toSorted()
      const picked = { date_from, date_to, currency: a.currency }
      const path = `/v1/dashboard/summary?${joined(query(picked), scope)}`
      const response = await real.call(caller, 'GET', path)
      expectStatus(response, status)
      if (status !== 200) return
      const sums = totalsOf(selected(model, whose, picked).map(asRow))
      const none = { income: 0n, expenses: 0n, net: 0n, count: 0 }
      // A currency that is requested has a line even without transactions.
      const expected = a.currency ? { [a.currency]: none, ...sums } : sums
      expect(readTotals(response.body.totals)).toEqual(expected)
    },
  }))
