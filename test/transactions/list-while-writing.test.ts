import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { before, insertRows, readMinor, rowOf, type Row } from './list-model.ts'

const { app, admin } = useApp()

/** What somebody else does between two pages, and to which row of those that there are. */
interface Step {
  what: 'enter' | 'delete' | 'restore' | 'nothing'
  which: number
  date: string
  amount: string
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('enter', 'delete', 'restore', 'nothing'),
  which: fc.nat(),
  date: fc.constantFrom('2025-12-31', '2026-01-31', '2026-03-01', '2026-03-14', '2027-01-01'),
  amount: fc.constantFrom('1', '2', '100'),
})

async function write(reader: User, rows: Row[], { what, which, date, amount }: Step) {
  const chosen = rows[which % rows.length]!
  if (what === 'enter') {
    const made = await enter(reader, { date, amount, currency: 'EUR' })
    const minor = readMinor(made.amount, 'EUR')
    rows.push({ ...made, minor, deleted: false })
  } else if (what === 'delete' && !chosen.deleted) {
    expect((await admin.delete(`/v1/transactions/${chosen.id}`)).status).toBe(204)
    chosen.deleted = true
  } else if (what === 'restore') {
    expect((await admin.post(`/v1/transactions/${chosen.id}/restore`)).status).toBe(200)
    chosen.deleted = false
  }
}

describe('A cursor used while others write', () => {
  it.each(['-date', 'date', '-amount', 'amount'])(
    'continues by %s with the very next row that exists',
    async (sort) => {
      const steps = fc.array(fc.array(step, { maxLength: 3 }), { minLength: 30, maxLength: 30 })
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 5 }),
          steps,
          fc.nat(),
          async (limit, all, seed) => {
            const reader = await freshReader()
            const rows = fc.sample(rowOf([reader.id]), { numRuns: 25, seed })
            await insertRows(app, rows)
            const untouched = new Set(rows.filter(({ deleted }) => !deleted).map(({ id }) => id))
            const seen: string[] = []
            let last: Row | undefined
            let cursor: string | null = ''
            for (let page = 0; cursor !== null; page++) {
              const from: string = cursor === '' ? '' : `&cursor=${cursor}`
              const { body } = await reader.get(
                `/v1/transactions?sort=${sort}&limit=${limit}${from}`,
              )
              const ids: string[] = body.data.map(({ id }: Row) => id)
              expect(ids).toEqual(behind(rows, last, sort).slice(0, limit))
              seen.push(...ids)
              last = { ...rows.find(({ id }) => id === ids.at(-1))! }
              cursor = body.next_cursor
              for (const each of cursor === null ? [] : (all[page] ?? [])) {
                await write(reader, rows, each)
              }
              for (const { id } of rows.filter(({ deleted }) => deleted)) untouched.delete(id)
            }
            expect(new Set(seen).size).toBe(seen.length)
            expect(seen).toEqual(expect.arrayContaining([...untouched]))
          },
        ),
        { numRuns: 5 },
      )
    },
  )

  it('ends when all remaining rows are deleted', async () => {
    const reader = await freshReader()
    const first = await enter(reader, { date: '2026-03-02' })
    const second = await enter(reader, { date: '2026-03-01' })
    const { body } = await reader.get('/v1/transactions?limit=1')
    expect(body).toMatchObject({ data: [first], has_more: true })
    await admin.delete(`/v1/transactions/${second.id}`)
    const rest = await reader.get(`/v1/transactions?limit=1&cursor=${body.next_cursor}`)
    expect(rest.body).toMatchObject({ data: [], has_more: false, next_cursor: null })
    expect(rest.headers.get('Link')).toBeNull()
  })
})

const freshReader = () => createUser(app, 'analyst')

/** Ids of the rows that stand behind a row, in order. */
const behind = (rows: readonly Row[], last: Row | undefined, sort: string) =>
  rows
    .filter((row) => !row.deleted && (last === undefined || before(last, row, sort)))
    .toSorted((a, b) => (before(a, b, sort) ? -1 : 1))
    .map(({ id }) => id)
