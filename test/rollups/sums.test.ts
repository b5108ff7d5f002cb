import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { iterations } from '../support/iterations.ts'
import { useApp } from '../support/use-app.ts'
import type { User } from '../support/users.ts'

const { app, admin, analyst } = useApp()

beforeAll(async () => {
  const some = fc.record({
    user: fc.constantFrom(admin.id, analyst.id),
    type: fc.constantFrom('income', 'expense'),
    currency: fc.constantFrom('EUR', 'JPY'),
    category: fc.constantFrom('Rent', 'Food', 'Travel'),
    day: fc.integer({ min: 0, max: 150 }),
    amount: fc.integer({ min: 1, max: 1_000_000 }),
  })
  const rows = fc
    .sample(some, { numRuns: 500, seed: 20261122 })
    .map((row) => ({ id: uuidv7(), ...row }))
  await app.sql`
    insert into data.transactions
      (id, user_id, type, amount_minor, currency, category, date, created_by)
    select (r->>'id')::uuid, (r->>'user')::uuid, (r->>'type')::data.transaction_type,
           (r->>'amount')::bigint, r->>'currency', r->>'category',
           date '2023-12-20' + (r->>'day')::integer, ${admin.id}::uuid
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r`
})

const dayOf = (day: number) => new Date(Date.UTC(2023, 11, 15 + day)).toISOString().slice(0, 10)

/** Two days, of which one may be open: within a month, over borders, from the first to the last. */
const period = fc
  .tuple(fc.integer({ min: 0, max: 160 }), fc.integer({ min: 0, max: 160 }))
  .map(([a, b]) => ({ date_from: dayOf(Math.min(a, b)), date_to: dayOf(Math.max(a, b)) }))

const search = (parameters: object) =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString()

/** Sums of rows that were read one by one: no roll-up knows of amounts. */
async function byRows(caller: User, parameters: object) {
  const rows = { ...parameters, include: 'totals', min_amount: '0' }
  const { status, body } = await caller.get(`/v1/transactions?${search(rows)}`)
  expect(status).toBe(200)
  return body.totals
}

const byCurrency = (totals: { currency: string }[]) =>
  totals.toSorted((a, b) => (a.currency < b.currency ? -1 : 1))

const countOf = (sums: { count: number }[]) => sums.reduce((total, { count }) => total + count, 0)

describe('A sum from roll-ups equals that of the rows', () => {
  it('for the totals of a list, whatever the period and the filters', async () => {
    const filters = fc.record(
      {
        type: fc.constantFrom('income', 'expense'),
        currency: fc.constantFrom('EUR', 'JPY', 'USD'),
        category: fc.constantFrom('Rent', 'Food', 'Nothing'),
      },
      { requiredKeys: [] },
    )
    const whose = fc.constantFrom({}, { scope: 'all' }, { user_id: analyst.id })
    const open = fc.constantFrom<string[]>([], ['date_from'], ['date_to'])
    await fc.assert(
      fc.asyncProperty(period, open, filters, whose, async (days, without, filter, scope) => {
        const stored = Object.entries(days).filter(([name]) => !without.includes(name))
        const parameters = { ...Object.fromEntries(stored), ...filter, ...scope }
        const path = `/v1/transactions?${search({ ...parameters, include: 'totals' })}`
        const { body } = await admin.get(path)
        const rows = await byRows(admin, parameters)
        expect(body.totals).toEqual(rows)
        const paged = await admin.get(`/v1/transactions?${search({ ...parameters, page: 1 })}`)
        const total = rows.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
        expect(paged.body).toMatchObject({ total, total_is_exact: true })
      }),
      { numRuns: iterations(25, 100) },
    )
  })

  it('for every section of a dashboard, whatever the period and the interval', async () => {
    const interval = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')
    const whose = fc.constantFrom({}, { scope: 'all' }, { user_id: analyst.id })
    await fc.assert(
      fc.asyncProperty(period, interval, whose, async (days, step, scope) => {
        const { body } = await admin.get(
          `/v1/dashboard?${search({ ...days, ...scope, interval: step })}`,
        )
        expect(byCurrency(body.totals)).toEqual(
          byCurrency(await byRows(admin, { ...days, ...scope })),
        )
        for (const { category, type, currency, total, count } of body.categories) {
          const filter = { ...days, ...scope, category, type, currency }
          const [sum] = await byRows(admin, filter)
          expect(type === 'income' ? sum.income : sum.expenses).toBe(total)
          expect(sum.count).toBe(count)
        }
        expect(countOf(body.categories)).toBe(countOf(body.totals))
        for (const { currency, points } of body.trends) {
          const { date_from, date_to, ...point } = points[Math.floor(points.length / 2)]
          const [sum] = await byRows(admin, { date_from, date_to, ...scope, currency })
          const { currency: _, ...amounts } = sum ?? { ...point, count: 0 }
          expect(amounts).toEqual(point)
        }
      }),
      { numRuns: iterations(10, 40) },
    )
  })
})
