import { beforeEach, describe, expect, it } from 'vitest'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, importsOf, statement, type Imports } from './statements.ts'
import { exported } from './support.ts'

const { app, admin } = useApp()
let analyst: User
let imports: Imports

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
})

const coffee = '2026-03-14,-3.50,Coffee at A'
const shop = '2026-03-15,-20.00,Shop'
const wages = '2026-03-16,1800.00,Wages'
const rent = '2026-03-17,-900.00,Rent'

const idOf = async (notes: string): Promise<string> =>
  (await imports.transactions()).find((row: { notes: string | null; payee: string | null }) =>
    [row.notes, row.payee].includes(notes),
  ).id
const rowsOf = (id: string, query = '', who = analyst) => who.get(`/v1/imports/${id}/rows${query}`)
const linesOf = (rows: { line: number }[]) => rows.map(({ line }) => line)

describe('The rows of an import', () => {
  /** Line 2 is known, line 3 was deleted, line 4 is skipped, lines 5 and 6 are new. */
  async function mixed(): Promise<string> {
    await imports.take(statement(coffee, shop), `${bank}&source=giro`)
    await admin.delete(`/v1/transactions/${await idOf('Shop')}`)
    await enter(analyst, { type: 'income', amount: '1800.00', date: '2026-03-16' })
    const file = statement(coffee, shop, wages, rent, rent)
    const query = `${bank}&source=giro&likely_duplicates=skip`
    const { id, ...taken } = await imports.take(file, query)
    expect(taken).toMatchObject({ row_count: 5, created_count: 2, duplicate_count: 3 })
    return id
  }

  it('are listed in the order of the file, each with what became of it', async () => {
    const id = await mixed()
    const coffeeId = await idOf('Coffee at A')
    const { status, body, text } = await rowsOf(id)
    expect(status, text).toBe(200)
    expect(body.data).toMatchObject([
      { line: 2, outcome: 'duplicate', transaction_id: coffeeId, account: 'giro' },
      { line: 3, outcome: 'deleted' },
      { line: 4, outcome: 'skipped' },
      { line: 5, outcome: 'created', transaction_id: expect.any(String) },
      { line: 6, outcome: 'created', transaction_id: expect.any(String) },
    ])
    const created = body.data.slice(3).map((row: { transaction_id: string }) => row.transaction_id)
    const stored = (await imports.transactions()).filter(
      (row: { import_id: string | null }) => row.import_id === id,
    )
    expect(created.toSorted()).toEqual(stored.map((row: { id: string }) => row.id).toSorted())
  })

  it('come in pages', async () => {
    const id = await mixed()
    const lines: number[] = []
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 5; page++) {
      const { status, body, text } = await rowsOf(
        id,
        `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      expect(status, text).toBe(200)
      expect(body.data.length).toBeLessThanOrEqual(2)
      lines.push(...linesOf(body.data))
      cursor = body.next_cursor
    }
    expect(lines).toEqual([2, 3, 4, 5, 6])
  })

  it('can be filtered by outcome', async () => {
    const id = await mixed()
    for (const [outcome, lines] of [
      ['created', [5, 6]],
      ['duplicate', [2]],
      ['deleted', [3]],
      ['skipped', [4]],
    ] as const) {
      const { body, text } = await rowsOf(id, `?outcome=${outcome}`)
      expect(linesOf(body.data), text).toEqual(lines)
    }
    const first = (await rowsOf(id, '?outcome=created&limit=1')).body
    const second = (await rowsOf(id, `?outcome=created&limit=1&cursor=${first.next_cursor}`)).body
    expect([...linesOf(first.data), ...linesOf(second.data)]).toEqual([5, 6])
    expect(second.next_cursor).toBeNull()
  })

  it('refuse unknown filters and cursors', async () => {
    const id = await mixed()
    const unknown = await rowsOf(id, '?outcome=lost')
    expect([unknown.status, unknown.body.errors[0].location]).toEqual([422, 'query.outcome'])
    expect((await rowsOf(id, '?cursor=none')).body.code).toBe('invalid_cursor')
    expect((await rowsOf(id, '?limit=0')).body.code).toBe('validation_failed')
    expect((await rowsOf(id, '?colour=red')).body.errors[0].location).toBe('query.colour')
  })

  it('are those of the caller, and of any user for admins', async () => {
    const { id } = await imports.take(statement(coffee))
    for (const role of ['analyst', 'viewer'] as const) {
      const { status, body } = await rowsOf(id, '', await createUser(app, role))
      expect([status, body.code]).toEqual([404, 'not_found'])
    }
    expect(linesOf((await rowsOf(id, '', admin)).body.data)).toEqual([2])
    expect((await rowsOf(crypto.randomUUID(), '', admin)).status).toBe(404)
    expect((await rowsOf('march')).status).toBe(422)
    expect((await app.call('GET', `/v1/imports/${id}/rows`)).status).toBe(401)
  })

  it('can be read by a viewer whom an admin imported for', async () => {
    const viewer = await createUser(app, 'viewer')
    const query = `${bank}&user_id=${viewer.id}`
    const { id } = await importsOf(app, admin).take(statement(coffee), query)
    const { status, body } = await rowsOf(id, '', viewer)
    expect([status, linesOf(body.data)]).toEqual([200, [2]])
  })
})

describe('A row of an own export that differs from its record', () => {
  it('is reported with the names of the fields, and never applied', async () => {
    const { id } = await enter(analyst, { notes: 'Weekly shopping', category: 'Groceries' })
    const file = await exported(app, analyst)
    const edited = file
      .replace('Weekly shopping', 'Monthly shopping')
      .replace('Groceries', 'Food')
      .replace('84.30', '48.30')
    const { duplicates, to_create: created } = await imports.report(edited, '')
    expect(created).toBe(0)
    expect(duplicates.rows).toMatchObject([{ line: 2, matched_by: 'id', transaction_id: id }])
    expect(duplicates.rows[0].differs.toSorted()).toEqual(['amount', 'category', 'notes'])
    const before = await imports.transactions()
    expect(await imports.take(edited, '')).toMatchObject({ created_count: 0, duplicate_count: 1 })
    expect(await imports.transactions()).toEqual(before)
  })

  it('is said not to differ where nothing was edited', async () => {
    await enter(analyst, { notes: '=1+1' })
    const { duplicates } = await imports.report(await exported(app, analyst), '')
    expect(duplicates.rows).toMatchObject([{ matched_by: 'id', differs: [], deleted: false }])
  })
})

describe('A revert of an import whose rows a later one also brought', () => {
  async function overlapping() {
    const first = await imports.take(statement(coffee, shop))
    const second = await imports.take(statement(shop, wages))
    expect(second).toMatchObject({ created_count: 1, duplicate_count: 1 })
    return { first: first.id as string, second: second.id as string }
  }
  const revert = (id: string, query = '') => analyst.post(`/v1/imports/${id}/revert${query}`)
  const notesOf = async () =>
    (await imports.transactions())
      .map(({ notes, payee }: Record<string, string | null>) => notes ?? payee)
      .toSorted()

  it('is refused and names the later import', async () => {
    const { first, second } = await overlapping()
    for (const query of ['', '?dry_run=true']) {
      const { status, body, text } = await revert(first, query)
      expect([status, body.code]).toEqual([409, 'import_shared'])
      expect(text).toContain(second)
    }
    expect(await notesOf()).toEqual(['Coffee at A', 'Shop', 'Wages'])
  })

  it('leaves the shared records with shared=keep', async () => {
    const { first } = await overlapping()
    const { status, text } = await revert(first, '?shared=keep')
    expect(status, text).toBe(200)
    expect(await notesOf()).toEqual(['Shop', 'Wages'])
    const again = await imports.take(statement(coffee, shop))
    expect(again).toMatchObject({ created_count: 1, duplicate_count: 1 })
    expect(await notesOf()).toEqual(['Coffee at A', 'Shop', 'Wages'])
  })

  it('deletes the shared records with shared=delete', async () => {
    const { first } = await overlapping()
    const { status, text } = await revert(first, '?shared=delete')
    expect(status, text).toBe(200)
    expect(await notesOf()).toEqual(['Wages'])
  })

  it('is possible once the later import was reverted, which the shared records survive', async () => {
    const { first, second } = await overlapping()
    expect((await revert(second)).status).toBe(200)
    expect(await notesOf()).toEqual(['Coffee at A', 'Shop'])
    expect((await revert(first)).status).toBe(200)
    expect(await notesOf()).toEqual([])
    const whole = await imports.take(statement(coffee, shop, wages))
    expect(whole).toMatchObject({ created_count: 3, duplicate_count: 0 })
  })

  it('refuses another value', async () => {
    const { first } = await overlapping()
    expect((await revert(first, '?shared=maybe')).body.errors[0].location).toBe('query.shared')
  })
})
