import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iterations, seed } from '../support/iterations.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import {
  callsFor,
  dates,
  keyOf,
  KnownRows,
  pieces,
  rowsOf,
  shuffled,
  statements,
  whole,
  type Piece,
  type Statement,
  type StatementRow,
} from './known-rows-model.ts'
import { importsOf, purge, type Imports } from './statements.ts'

const { app, admin } = useApp()

/** What people do to records between two imports. */
interface Change {
  what: 'edit' | 'delete' | 'purge'
  which: number
  to: object
}

const changes: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom('edit', 'edit', 'delete', 'purge'),
  which: fc.nat(),
  to: fc.oneof(
    fc.constantFrom('Food', 'Travel').map((category) => ({ category })),
    fc.constantFrom('Coffee at A', 'Bakery B', null).map((notes) => ({ notes })),
    fc.constantFrom('Kornblum', null).map((payee) => ({ payee })),
    fc.constantFrom('3.50', '4.50', '99.00').map((amount) => ({ amount })),
    fc.constantFrom(...dates, '2026-07-01').map((date) => ({ date })),
  ),
})

async function change(owner: User, imports: Imports, { what, which, to }: Change): Promise<void> {
  const records = await imports.transactions()
  if (what === 'purge') return purge(app, owner)
  if (records.length === 0) return
  const path = `/v1/transactions/${records[which % records.length].id}`
  if (what === 'delete') expect((await admin.delete(path)).status).toBe(204)
  else expect((await admin.patch(path, to)).status).toBe(200)
}

const stateOf = async (owner: User) => {
  const { body } = await owner.get('/v1/transactions?sort=date&limit=100&include=totals')
  return { data: body.data, totals: body.totals }
}

async function newOwner() {
  const owner = await createUser(app, 'analyst')
  return { owner, imports: importsOf(app, owner) }
}

/** Imports rows of a statement, and returns the counts of all its calls together. */
async function bring(imports: Imports, of: Statement, rows: readonly StatementRow[], more = '') {
  const sum = { created: 0, duplicates: 0 }
  for (const { file, query } of callsFor(of, rows)) {
    const taken = await imports.take(file, `${query}${more}`)
    sum.created += taken.created_count
    sum.duplicates += taken.duplicate_count
  }
  return sum
}

describe('Once a statement was imported', () => {
  const steps = fc.array(fc.oneof(changes, pieces), { minLength: 1, maxLength: 6 })

  it('nothing of it is created again, in pieces and in any order, whatever was edited or deleted', async () => {
    const property = fc.asyncProperty(statements, steps, async (of, all) => {
      const { owner, imports } = await newOwner()
      await bring(imports, of, of.rows)
      const ids = (await imports.transactions()).map(({ id }: { id: string }) => id)
      expect(ids).toHaveLength(of.rows.length)
      for (const step of [...all, whole, { ...whole, order: 'reversed' as const }]) {
        if ('what' in step) {
          await change(owner, imports, step)
          continue
        }
        const rows = rowsOf(of, step)
        const before = await stateOf(owner)
        expect(await bring(imports, of, rows)).toEqual({ created: 0, duplicates: rows.length })
        expect(await stateOf(owner)).toEqual(before)
      }
      await expectDeletedNamed(imports, of)
    })
    await fc.assert(property, { ...seed, numRuns: iterations(10, 60) })
  })

  /** Each row is named, and those whose records were deleted are said to be. */
  async function expectDeletedNamed(imports: Imports, of: Statement) {
    const left = (await imports.transactions()).length
    let deleted = 0
    for (const { file, query, rows } of callsFor(of, of.rows)) {
      const report = await imports.report(file, query)
      expect(report).toMatchObject({
        to_create: 0,
        duplicates: { count: rows.length },
        likely_duplicates: { count: 0 },
        totals: [],
      })
      deleted += report.duplicates.rows.filter((row: { deleted: boolean }) => row.deleted).length
    }
    expect(left + deleted).toBe(of.rows.length)
  }
})

describe('Files with some rows of a statement', () => {
  const steps = fc.array(
    fc.oneof(changes, pieces, fc.record({ all: pieces }), fc.record({ again: pieces })),
    { minLength: 2, maxLength: 6 },
  )

  it('create as many equal rows as the file with the most of them has, and name the others', async () => {
    const property = fc.asyncProperty(statements, steps, async (of, all) => {
      const { owner, imports } = await newOwner()
      const known = new KnownRows()
      for (const step of all) {
        if ('what' in step) await change(owner, imports, step)
        else if ('all' in step) await expectModel(imports, of, known, step.all, true)
        else for (const piece of twice(step)) await expectModel(imports, of, known, piece)
      }
      await expectModel(imports, of, known, whole)
      expect(known.add(of, of.rows, false)).toBe(0)
    })
    await fc.assert(property, { ...seed, numRuns: iterations(10, 60) })
  })

  const twice = (step: Piece | { again: Piece }) =>
    'again' in step ? [step.again, step.again] : [step]

  async function expectModel(
    imports: Imports,
    of: Statement,
    known: KnownRows,
    piece: Piece,
    createAll = false,
  ) {
    for (const { file, query, rows } of callsFor(of, rowsOf(of, piece))) {
      const created = known.add(of, rows, createAll)
      const duplicates = rows.length - created
      const options = `${query}&likely_duplicates=create${createAll ? '&duplicates=create' : ''}`
      const report = await imports.report(file, options)
      expect(report).toMatchObject({ to_create: created, duplicates: { count: duplicates } })
      expect(report.duplicates.rows).toHaveLength(duplicates)
      expect(await imports.take(file, options)).toMatchObject({
        created_count: created,
        duplicate_count: duplicates,
      })
    }
  }

  it('make the whole together, where no equal rows are in two of them', async () => {
    const property = fc.asyncProperty(
      statements,
      fc.array(fc.nat(2), { minLength: 18, maxLength: 18 }),
      fc.nat(),
      async (of, choices, by) => {
        const keys = [...new Set(of.rows.map((row) => keyOf(row, of)))]
        const files = [0, 1, 2].map((file) =>
          of.rows.filter((row) => choices[keys.indexOf(keyOf(row, of)) % 18] === file),
        )
        const [one, other] = [await newOwner(), await newOwner()]
        await bring(one.imports, of, of.rows)
        for (const rows of shuffled(files, by)) {
          const sum = await bring(other.imports, of, rows, '&likely_duplicates=create')
          expect(sum).toEqual({ created: rows.length, duplicates: 0 })
        }
        expect(await contentOf(other.imports)).toEqual(await contentOf(one.imports))
      },
    )
    await fc.assert(property, { ...seed, numRuns: iterations(6, 40) })
  })

  const contentOf = async (imports: Imports) =>
    (await imports.transactions())
      .map((row: Record<string, unknown>) =>
        JSON.stringify(['date', 'type', 'amount', 'notes', 'external_id'].map((name) => row[name])),
      )
      .toSorted()
})
