import { beforeEach, describe, expect, it } from 'vitest'
import type { TestResponse } from '../support/app.ts'
import { enter } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { bank, importsOf, statement, type Imports } from './statements.ts'

const { app, admin } = useApp()
let analyst: User
let imports: Imports
let handId: string

const card = '2026-03-14,-3.50,CARD COFFEE SHOP'
const bakery = '2026-03-15,-7.00,Bakery B'
const rent = '2026-03-01,-900.00,Rent'
/** Lines 2 and 3 are likely duplicates, line 4 is new. */
const file = statement(card, bakery, rent)

beforeEach(async () => {
  analyst = await createUser(app, 'analyst')
  imports = importsOf(app, analyst)
  handId = (await enter(analyst, { amount: '3.50', date: '2026-03-14' })).id
  await enter(analyst, { amount: '7.00', date: '2026-03-15' })
})

const etagOf = async (query = bank, text = file) => {
  const { status, headers, text: said } = await imports.send(text, query)
  expect(status, said).toBe(200)
  const etag = headers.get('ETag')
  expect(etag).toMatch(/^(W\/)?"[^"]+"$/)
  return etag!
}

/** Decides lines with the ETag of a report on the same file and options. */
async function decide(lines: string, query = bank): Promise<TestResponse> {
  const options = `${query}&lines=${encodeURIComponent(lines)}`
  const headers = { 'If-Match': await etagOf(options) }
  return imports.send(file, `${options}&dry_run=false`, headers)
}

const notesOf = async () =>
  (await imports.transactions())
    .map(({ notes, payee }: Record<string, string | null>) => notes ?? payee)
    .filter((text: string) => text !== 'Weekly shopping')
    .toSorted()

describe('Single lines', () => {
  it.each<[string, string, string[]]>([
    ['2:skip,3:create', '', ['Bakery B', 'Rent']],
    ['2-3:skip', '', ['Rent']],
    ['2-3:create', '', ['Bakery B', 'CARD COFFEE SHOP', 'Rent']],
    ['2-4:skip', '', []],
    ['3:create', '&likely_duplicates=skip', ['Bakery B', 'Rent']],
    ['3:skip', '&likely_duplicates=create', ['CARD COFFEE SHOP', 'Rent']],
    ['4:create,3:skip,2:create', '', ['CARD COFFEE SHOP', 'Rent']],
  ])('are decided by lines=%s%s', async (lines, more, expected) => {
    const { status, text } = await decide(lines, `${bank}${more}`)
    expect(status, text).toBe(201)
    expect(await notesOf()).toEqual(expected)
    expect((await imports.report(statement(card, bakery))).likely_duplicates).toMatchObject({
      count: 0,
    })
  })

  it('are decided in a dry run too, without a condition', async () => {
    const report = await imports.report(file, `${bank}&lines=2:skip,3:create`)
    expect(report).toMatchObject({ to_create: 2 })
    expect(await notesOf()).toEqual([])
  })

  it('that are not decided still ask', async () => {
    const { status, body } = await decide('2:skip')
    expect([status, body.code]).toEqual([422, 'likely_duplicates'])
    expect(body.errors.map(({ location }: { location: string }) => location)).toEqual([
      expect.stringMatching(/lines\.3$/),
    ])
    expect(await notesOf()).toEqual([])
  })

  it('that are known can be created once more', async () => {
    await decide('2-3:skip')
    const { status, body } = await decide('4:create')
    expect([status, body.created_count]).toEqual([201, 1])
    expect(await notesOf()).toEqual(['Rent', 'Rent'])
    expect(await imports.take(file)).toMatchObject({ created_count: 0, duplicate_count: 3 })
  })

  it.each([
    ['of which one does not exist', '99:skip', /99/],
    ['that begin in the file and end behind it', '3-99:skip', /99|5/],
    ['of which one is behind the last', '5:skip', /5/],
    ['such as 0', '0:skip', /./],
    ['such as -1', '-1:skip', /./],
    ['of which one is decided twice', '2:skip,2:create', /2/],
    ['of which one is in a range too', '2-4:skip,3:create', /3/],
    ['backwards', '4-2:skip', /./],
    ['without a decision', '2', /skip/],
    ['with an unknown decision', '2:maybe', /skip/],
    ['without a line', 'skip', /skip/],
    ['with a comma at the end', '2:skip,', /./],
    ['with a semicolon', '2:skip;3:create', /./],
    ['with a fraction', '2.5:skip', /./],
    ['with an exponent', '1e1:skip', /./],
    ['that are larger than any number', '99999999999999999999:skip', /./],
    ['of 8 KB', '2:skip,'.repeat(1200), /2,?000/],
  ])('%s are refused at query.lines', async (_, lines, message) => {
    const query = `${bank}&lines=${encodeURIComponent(lines)}`
    const { errors } = await imports.refused(422, 'validation_failed', file, query)
    expect(errors[0].location).toBe('query.lines')
    expect(errors[0].message).toMatch(message)
    const headers = { 'If-Match': await etagOf() }
    const { status } = await imports.send(file, `${query}&dry_run=false`, headers)
    // An ETag of other options may be noticed first.
    expect([412, 422]).toContain(status)
    expect(await notesOf()).toEqual([])
  })
})

describe('The ETag of a report', () => {
  const lines = `${bank}&lines=2:skip,3:create`
  const commit = (etag: string, text = file, query = lines) =>
    imports.send(text, `${query}&dry_run=false`, { 'If-Match': etag })
  const expectStale = async (response: TestResponse) => {
    expect([response.status, response.body.code]).toEqual([412, 'precondition_failed'])
    expect((await analyst.get('/v1/imports')).body.data).toHaveLength(importsBefore)
  }
  let importsBefore = 0
  beforeEach(() => {
    importsBefore = 0
  })

  it('is required with lines', async () => {
    await imports.refused(428, 'precondition_required', file, `${lines}&dry_run=false`)
    expect(await notesOf()).toEqual([])
  })

  it('is the same for the same file, options and records', async () => {
    expect(await etagOf(lines)).toBe(await etagOf(lines))
  })

  it('of the report that had no lines yet is enough to decide them', async () => {
    const { status, text } = await commit(await etagOf(bank))
    expect(status, text).toBe(201)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['the matched record was deleted', () => admin.delete(`/v1/transactions/${handId}`)],
    ['its amount was changed', () => admin.patch(`/v1/transactions/${handId}`, { amount: '3.60' })],
    ['its notes were changed', () => admin.patch(`/v1/transactions/${handId}`, { notes: 'Tea' })],
    [
      'another likely record was entered',
      () => enter(analyst, { amount: '900.00', date: '2026-03-02' }),
    ],
  ])('is too old where %s', async (_, meanwhile) => {
    const etag = await etagOf(lines)
    await meanwhile()
    await expectStale(await commit(etag))
    expect([201, 422]).toContain((await commit(await etagOf(lines))).status)
  })

  it('is too old after another import brought one of the rows', async () => {
    const etag = await etagOf(lines)
    await imports.take(statement(rent))
    importsBefore = 1
    await expectStale(await commit(etag))
  })

  it('is not that of another file, nor of other options', async () => {
    const etag = await etagOf(lines)
    await expectStale(await commit(etag, statement(card, bakery, rent.replace('900', '901'))))
    await expectStale(await commit(etag, file, lines.replace('Bank', 'Food')))
    await expectStale(await commit(etag, file, `${lines}&source=giro`))
    await expectStale(await commit('"made-up"'))
    expect((await commit(etag)).status).toBe(201)
  })

  it('protects an import without lines too, where it is sent', async () => {
    const query = `${bank}&likely_duplicates=skip`
    const etag = await etagOf(query)
    await admin.delete(`/v1/transactions/${handId}`)
    await expectStale(await commit(etag, file, query))
    expect((await commit(await etagOf(query), file, query)).status).toBe(201)
  })
})
