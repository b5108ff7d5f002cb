import fc from 'fast-check'
import { expect } from 'vitest'
import {
  amountText,
  responseOf,
  type Currency,
  type Entry,
  type Kind,
  type Model,
  type ModelTransaction,
} from './state.ts'
import { callerOf, expectStatus, findTransaction, pick, turnedAway } from './rules.ts'
import type { World } from './world.ts'

export type Command = fc.AsyncCommand<Model, World>

export const CATEGORIES = ['Rent', 'Groceries', '100%_off', 'Straße']
export const day = fc.integer({ min: 1, max: 6 }).map((number) => `2026-03-0${number}`)
export const index = fc.nat({ max: 30 })
export const kind = fc.constantFrom<Kind>('income', 'expense')
export const currency = fc.constantFrom<Currency>('EUR', 'EUR', 'JPY', 'KWD')
export const amount = fc.integer({ min: 1, max: 9 })

export const entry: fc.Arbitrary<Entry> = fc.record({
  type: kind,
  amount,
  currency,
  category: fc.constantFrom(...CATEGORIES),
  date: day,
  notes: fc.constantFrom('', 'zeppelin', 'Zeppelin 100%', 'a_b', 'tail\\'),
})

const body = ({ amount: _, ...rest }: Entry, full: Pick<Entry, 'amount' | 'currency'>) => ({
  ...rest,
  amount: amountText(full),
})

/** A caller enters a transaction, for somebody else now and then. */
export const create = fc
  .record({ caller: index, owner: fc.option(index, { nil: undefined }), entry })
  .map((a): Command => ({
    check: () => true,
    toString: () => `create ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = pick(model.users, a.caller)
      const owner = a.owner === undefined ? caller : pick(model.users, a.owner)
      const response = await real.call(caller, 'POST', '/v1/transactions', {
        json: { ...body(a.entry, a.entry), ...(a.owner !== undefined && { user_id: owner.id }) },
      })
      const away = turnedAway(caller, 'analyst')
      const forOthers = owner !== caller && caller.tokenRole === 'analyst' ? 403 : undefined
      const refused = away === 403 ? 403 : (forOthers ?? away)
      expectStatus(response, refused ?? 201)
      if (refused !== undefined) return
      const { id } = response.body
      const row: ModelTransaction = {
        ...a.entry,
        id,
        userId: owner.id,
        version: 1,
        deleted: false,
      }
      model.transactions.push(row)
      expect(response.body).toMatchObject(responseOf(row))
    },
  }))

type Seen = 'current' | 'stale' | 'any'
const seen = fc.constantFrom<Seen>('current', 'current', 'any', 'stale')

const ifMatch = (row: ModelTransaction, how: Seen) => ({
  'If-Match': how === 'any' ? '*' : `"${how === 'stale' ? row.version + 7 : row.version}"`,
})

const statusOfChange = (row: ModelTransaction, how: Seen) => {
  if (row.deleted) return 404
  return how === 'stale' ? 412 : undefined
}

/** A caller changes some fields. What stays as it was makes no new version. */
export const update = fc
  .record({
    caller: index,
    row: index,
    how: seen,
    patch: fc.record(
      {
        type: kind,
        amount,
        currency,
        category: fc.constantFrom(...CATEGORIES),
        date: day,
        notes: fc.constantFrom('', 'zeppelin'),
      },
      { requiredKeys: ['date'] },
    ),
  })
  .map((a): Command => ({
    check: ({ transactions }) => transactions.length > 0,
    toString: () => `update ${JSON.stringify(a)}`,
    async run(model, real) {
      const caller = callerOf(model, a.caller)
      const row = findTransaction(model, a.row)
      const { amount: face, ...rest } = a.patch
      const json = {
        ...rest,
        ...(face !== undefined && {
          amount: amountText({ amount: face, currency: a.patch.currency ?? row.currency }),
        }),
      }
      const response = await real.call(caller, 'PATCH', `/v1/transactions/${row.id}`, {
        json,
        headers: ifMatch(row, a.how),
      })
      const refused = turnedAway(caller, 'admin') ?? statusOfChange(row, a.how)
      expectStatus(response, refused ?? 200)
      if (refused !== undefined) return
      const before = JSON.stringify(row)
      Object.assign(row, a.patch)
      if (JSON.stringify(row) !== before) row.version++
      expect(response.body).toMatchObject(responseOf(row))
    },
  }))

export const remove = fc.record({ caller: index, row: index, how: seen }).map((a): Command => ({
  check: ({ transactions }) => transactions.length > 0,
  toString: () => `delete ${JSON.stringify(a)}`,
  async run(model, real) {
    const caller = callerOf(model, a.caller)
    const row = findTransaction(model, a.row)
    const response = await real.call(caller, 'DELETE', `/v1/transactions/${row.id}`, {
      headers: ifMatch(row, a.how),
    })
    const refused = turnedAway(caller, 'admin') ?? statusOfChange(row, a.how)
    expectStatus(response, refused ?? 204)
    if (refused !== undefined) return
    row.deleted = true
    row.version++
  },
}))

export const restore = fc.record({ caller: index, row: index }).map((a): Command => ({
  check: ({ transactions }) => transactions.length > 0,
  toString: () => `restore ${JSON.stringify(a)}`,
  async run(model, real) {
    const caller = callerOf(model, a.caller)
    const row = findTransaction(model, a.row)
    const response = await real.call(caller, 'POST', `/v1/transactions/${row.id}/restore`)
    const refused = turnedAway(caller, 'admin')
    expectStatus(response, refused ?? 200)
    if (refused !== undefined) return
    if (row.deleted) row.version++
    row.deleted = false
    expect(response.body).toMatchObject(responseOf(row))
  },
}))
