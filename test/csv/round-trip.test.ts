import { beforeAll, describe, expect, it } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { databaseCalls } from '../support/database.ts'
import { iterations } from '../support/iterations.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'
import { exported, sendFile } from './support.ts'

const { app, analyst: owner } = useApp()

const notes = [
  null,
  'plain',
  '=HYPERLINK("http://evil.example","click")',
  "'=1+1",
  "''-2",
  "'quoted' word",
  '+1',
  '-1',
  '@SUM(A1)',
  '"quotes", commas; semicolons | and\ttabs',
  'one\ntwo\r\nthree\rfour',
  'Überweisung ☕ 𝔘',
  '#end',
]

beforeAll(async () => {
  for (const [index, text] of notes.entries()) {
    await app.sql`insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, notes, external_id, source,
         created_by)
      values (${uuidv7()}, ${owner.id}, ${index % 2 ? 'income' : 'expense'}, ${1000 + index},
              ${['EUR', 'JPY', 'KWD'][index % 3]}, ${index % 4 ? 'Food' : '@home'}, '2026-03-04',
              ${text}, ${index % 5 ? `=ref-${index}` : null}, ${index % 2 ? 'bank' : null},
              ${owner.id})`
  }
  // Two records with the same values are two, and not one that was entered twice.
  for (const _ of [1, 2]) {
    await app.sql`insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, created_by)
      values (${uuidv7()}, ${owner.id}, 'expense', 300, 'EUR', 'Coffee', '2026-03-05', ${owner.id})`
  }
})

const rowsOf = ({ id }: User) =>
  app.sql`select type, amount_minor, currency, category, date::text, notes, external_id, source
            from data.transactions where user_id = ${id} and deleted_at is null
           order by date, amount_minor, currency, notes`

const balance = async ({ token }: User) =>
  (await app.call('GET', '/v1/transactions?include=totals&limit=1', { token })).body.totals

describe('a file that was exported', () => {
  it('comes into an empty account as the same records', async () => {
    const other = await createUser(app, 'analyst')
    const file = await exported(app, owner)
    const report = await sendFile(app, other, file)
    expect(report.body.problems).toEqual({ count: 0, rows: [] })
    expect(report.body).toMatchObject({ to_create: 15, duplicates: { count: 0 } })
    expect(await rowsOf(other)).toEqual([])
    const { status, body, text } = await sendFile(app, other, file, 'dry_run=false')
    expect(status, text).toBe(201)
    expect(body).toMatchObject({ row_count: 15, created_count: 15, skipped_count: 0 })
    expect(await rowsOf(other)).toEqual(await rowsOf(owner))
    expect(await balance(other)).toEqual(await balance(owner))
    expect(report.body.totals.toSorted(byCurrency)).toEqual(
      (await balance(other)).toSorted(byCurrency),
    )
  })

  it('comes in with notes of nothing but carriage returns', async () => {
    const [writer, other] = [await createUser(app, 'analyst'), await createUser(app, 'analyst')]
    await app.sql`insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, notes, created_by)
      select gen_random_uuid(), ${writer.id}::uuid, 'income', n, 'EUR', 'Food', '2026-03-04',
             'a' || repeat(E'\\r', 1998) || 'b', ${writer.id}::uuid
        from generate_series(1, 600) n`
    const file = await exported(app, writer, '?trailer=true')
    const { status, body, text } = await sendFile(app, other, file, 'dry_run=false')
    expect(status, text).toBe(201)
    expect(body).toMatchObject({ row_count: 600, created_count: 600, skipped_count: 0 })
    expect(await rowsOf(other)).toEqual(await rowsOf(writer))
  })

  it('changes nothing where it came from', async () => {
    const before = await rowsOf(owner)
    for (const query of ['', '?sort=amount', '?trailer=true']) {
      const file = await exported(app, owner, query)
      const { body } = await sendFile(app, owner, file, 'dry_run=false')
      expect(body).toMatchObject({ row_count: 15, created_count: 0, duplicate_count: 15 })
    }
    expect(await rowsOf(owner)).toEqual(before)
  })

  it('is known to be cut short where it was asked for with a trailer', async () => {
    const lines = (await exported(app, owner, '?trailer=true&sort=amount')).split('\r\n')
    const file = [...lines.slice(0, 3), ...lines.slice(-2)].join('\r\n')
    const { status, body } = await sendFile(app, owner, file)
    expect(status).toBe(422)
    expect(body.errors[0].message).toMatch(/incomplete: the trailer says 15 rows, and it has 2/)
  })

  it('of all users is refused: it would all belong to one user', async () => {
    const admin = await createUser(app, 'admin')
    const { body } = await sendFile(app, admin, await exported(app, admin, '?scope=all'))
    expect(body.errors[0].message).toMatch(/several users/)
  })
})

/** As many as a file may have, in the project `long`. */
const MANY = iterations(2000, 20_000)

const byCurrency = (a: { currency: string }, b: { currency: string }) =>
  a.currency < b.currency ? -1 : 1

describe(`${MANY} rows`, () => {
  it('come in by one database call', async () => {
    const admin = await createUser(app, 'admin')
    const reader = await createUser(app, 'viewer')
    const rows = Array.from(
      { length: MANY },
      (_, n) =>
        `2026-0${1 + (n % 9)}-${10 + (n % 18)},${n % 3 ? '-' : ''}${1 + (n % 500)}.${10 + (n % 90)},EUR,Category ${n % 20},Number ${n} of a long statement,ref-${n}`,
    )
    const file = `date,amount,currency,category,notes,external_id\n${rows.join('\n')}\n`
    const counted = async (query: string) => {
      const calls = await databaseCalls()
      const response = await sendFile(app, admin, file, `user_id=${reader.id}&${query}`)
      return { response, calls: (await databaseCalls()) - calls }
    }
    const dry = await counted('dry_run=true')
    expect(dry.response.body, dry.response.text).toMatchObject({ to_create: MANY })
    const wet = await counted('dry_run=false')
    expect(wet.response.body, wet.response.text).toMatchObject({ created_count: MANY })
    const again = await counted('dry_run=true')
    expect(again.response.body.duplicates.count).toBe(MANY)
    expect([dry.calls, wet.calls, again.calls]).toEqual([1, 1, 1])
    const revert = await app.call('POST', `/v1/imports/${wet.response.body.id}/revert`, admin)
    expect(revert.body.reverted_at, revert.text).not.toBeNull()
    expect(await rowsOf(reader)).toEqual([])
  })
})
