import { describe, expect, it } from 'vitest'
import { findAnomalies } from '../../src/anomalies/find.ts'
import { findUnusualMonths } from '../../src/anomalies/unusual-months.ts'
import type { Anomaly } from '../../src/anomalies/anomaly.ts'
import type { StreamRow } from '../../src/recurring/payment.ts'
import { findStreams } from '../../src/recurring/stream.ts'
import { everyDays, monthDays, row, today } from '../recurring/payments.ts'

const find = (rows: readonly StreamRow[], on = today): Anomaly[] =>
  findAnomalies({
    rows,
    streams: findStreams(rows, on),
    months: [],
    since: '2024-11-25',
    today: on,
  })
const shopping = (fields: Partial<StreamRow> = {}) =>
  everyDays(5, 80, 2).map((date, index) =>
    row(date, 4500 + ((index * 6007) % 4500), {
      category: 'Groceries',
      payee: 'Kornblum',
      ...fields,
    }),
  )

describe('Anomalies', () => {
  it('are the same in every order of the rows', () => {
    const rows = [...shopping(), row(today, 41_200, { category: 'Groceries', payee: 'KORNBLUM' })]
    const found = find(rows)
    expect(found).toHaveLength(1)
    expect(find(rows.toReversed())).toEqual(found)
    expect(find(rows.toSorted((a, b) => (a.amount_minor < b.amount_minor ? -1 : 1)))).toEqual(found)
  })

  it('keep their keys when other rows come, and change them with the amount', () => {
    const odd = row(today, 41_200, { category: 'Groceries', payee: 'Kornblum' })
    const rows = shopping()
    const keys = (all: readonly StreamRow[]) => find(all).map(({ key }) => key)
    const [key] = keys([...rows, odd])
    expect(
      keys([...rows, odd, row(today, 5000, { category: 'Groceries', payee: 'Kornblum' })]),
    ).toEqual([key])
    expect(keys([...rows, { ...odd, amount_minor: 41_300n }])).not.toEqual([key])
  })

  it('are found where all other amounts are equal, and their spread is zero', () => {
    const rows = everyDays(11, 30, 4).map((date, index) =>
      row(`${date.slice(0, 8)}${String(1 + ((index * 13) % 28)).padStart(2, '0')}`, 2000, {
        payee: 'Fuel & Co',
        category: 'Car',
      }),
    )
    const found = find([
      ...rows,
      row('2026-11-20', 20_000, { payee: 'Fuel & Co', category: 'Car' }),
    ])
    expect(found.map(({ kind, amount }) => [kind, amount])).toContainEqual([
      'unusual_amount',
      20_000n,
    ])
  })

  it('are not found in a few payments that differ', () => {
    const rows = [100, 250, 900, 4000].map((amount, index) => row(everyDays(31, 4)[index]!, amount))
    expect(find(rows)).toEqual([])
  })

  it('are exact at the limit of digits', () => {
    const rows = [
      ...shopping(),
      row('2026-11-20', 999_999_999_999_999, { category: 'Groceries', payee: 'Kornblum' }),
    ]
    expect(find(rows)).toMatchObject([{ amount: 999_999_999_999_999n }])
    expect(find(rows)[0]!.reason).toMatch(/^9999999999999\.99 is /)
  })

  it('have the exact total of a month, however large, and name only what it was compared with', () => {
    const months = monthDays(1, 16).map((month, index) => ({
      userId: 'user',
      type: 'expense' as const,
      currency: 'EUR',
      category: 'Ships',
      month,
      // Beyond 2^53, where a double has no odd numbers.
      amount: index === 14 ? 90_000_000_000_000_001n : 10_000_000_000_000_000n,
      count: 20,
    }))
    const found = (rows: typeof months) => findUnusualMonths(rows, '2024-11-25', today)
    const [long] = found(months)
    expect(long?.amount).toBe(90_000_000_000_000_001n)
    expect(long?.reason).toContain('and the same month of other years')
    const [short] = found(months.slice(4))
    expect(short?.amount).toBe(90_000_000_000_000_001n)
    expect(short?.reason).toMatch(/^900000000000000\.01 is .*\(median of \d+ months\)\.$/)
  })

  it('are not two subscriptions of one price at one payee on one day', () => {
    const rows = [...monthDays(4, 12), ...monthDays(4, 12)].map((date) => row(date, 1499))
    expect(find(rows)).toEqual([])
  })

  it('are double payments of a subscription', () => {
    const dates = monthDays(4, 12)
    const double = row(dates[9]!, 1499)
    const found = find([...dates.map((date) => row(date, 1499)), double])
    expect(found.map(({ kind }) => kind)).toEqual(['likely_duplicate'])
  })

  it('are found in late payments only if the user has recorded something since they were due', () => {
    const rows = monthDays(4, 12, 1, '2026-09').map((date) => row(date, 1499))
    expect(find(rows)).toEqual([])
    const later = row('2026-11-24', 500, { payee: 'Bakery', category: 'Food' })
    expect(find([...rows, later]).map(({ kind }) => kind)).toEqual(['recurring_missing'])
  })

  it('have reasons on one line, whatever the payee is called', () => {
    const payee = `A\u2029 ${'🦄'.repeat(100)} \t long name`
    const found = find([...shopping(), row(today, 980_000, { payee, category: 'Odd' })])
    expect(found).toMatchObject([{ kind: 'large_first_payment', payee }])
    expect(found[0]!.reason).not.toMatch(/[\n\t\u2028\u2029]/)
    expect(found[0]!.reason.length).toBeLessThan(400)
  })
})
