import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { findStreams, type Stream } from '../../src/recurring/stream.ts'
import { everyDays, monthDays, row, today } from './payments.ts'

const amounts = fc.integer({ min: 100, max: 500_000 })
const dates = fc.integer({ min: 0, max: 729 }).map((days) => addDays(today, -days))
const payees = fc.constantFrom('Streamoose', 'Kornblum', 'Voltamoor', null)

const somewhere = fc
  .record({ date: dates, amount: amounts, payee: payees })
  .map(({ date, amount, payee }) => row(date, amount, { payee }))

const planted = fc
  .record({
    amount: amounts,
    schedule: fc.constantFrom(
      monthDays(9, 12),
      everyDays(7, 20),
      everyDays(14, 16),
      monthDays(2, 6, 3),
    ),
  })
  .map(({ amount, schedule }) => schedule.map((date) => row(date, amount, { payee: 'Planted' })))

const essence = (streams: readonly Stream[]) =>
  streams.map(({ transactions, ...stream }) => ({
    ...stream,
    transactions: transactions.map(({ id }) => id),
  }))

describe('The search for streams', () => {
  it('finds the same in every order of the rows', () => {
    fc.assert(
      fc.property(
        fc.array(somewhere, { maxLength: 60 }),
        planted,
        fc.integer(),
        (rows, more, seed) => {
          const all = [...rows, ...more]
          const shuffled = all
            .map((each, index) => ({ each, at: Math.sin(seed + index * 7919) }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ each }) => each)
          expect(essence(findStreams(shuffled, today))).toEqual(essence(findStreams(all, today)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('finds the same streams when all amounts are multiplied', () => {
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 40 }), planted, (rows, more) => {
        const all = [...rows, ...more]
        const scaled = all.map((each) => ({ ...each, amount_minor: each.amount_minor * 100n }))
        const found = findStreams(all, today)
        expect(findStreams(scaled, today).map(({ amount }) => amount)).toEqual(
          found.map(({ amount }) => amount * 100n),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('finds what was planted, whatever else there is', () => {
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 100 }), planted, (rows, more) => {
        const found = findStreams([...rows, ...more], today)
        const stream = found.find(({ payee }) => payee === 'Planted')
        expect(stream?.transactions.map(({ id }) => id)).toEqual(more.map(({ id }) => id))
      }),
      { numRuns: 60 },
    )
  })

  it('hardly ever finds one in random dates', () => {
    let streams = 0
    fc.assert(
      fc.property(fc.array(somewhere, { minLength: 10, maxLength: 100 }), (rows) => {
        streams += findStreams(rows, today).length
      }),
      { numRuns: 200, seed: 7 },
    )
    expect(streams).toBeLessThanOrEqual(4)
  })

  it('gives every transaction to at most one stream', () => {
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 100 }), planted, (rows, more) => {
        const ids = findStreams([...rows, ...more], today).flatMap(({ transactions }) =>
          transactions.map(({ id }) => id),
        )
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 60 },
    )
  })
})
