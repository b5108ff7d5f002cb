import { beforeAll, describe, expect, it } from 'vitest'
import { databaseCalls } from '../support/database.ts'
import { insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'
import { exported, insertMany, open } from './support.ts'

const MANY = 20_000

const { app, viewer: reader, admin } = useApp()

beforeAll(async () => {
  await insertMany(app, reader.id, MANY)
})

const insertHeavy = (userId: string, count: number, date: string, notes: string) =>
  app.sql`insert into data.transactions
            (id, user_id, type, amount_minor, currency, category, date, notes, created_by)
          select gen_random_uuid(), ${userId}, 'expense', 100, 'EUR', 'Heavy', ${date}, ${notes},
                 ${userId}
            from generate_series(1, ${count}::integer)`

const lines = (text: string) => text.split('\r\n').slice(0, -1)

describe('An export', () => {
  it('is a CSV file with a header, in the order of the list', async () => {
    const owner = await createUser(app, 'viewer')
    const older = await insertTransaction(app, owner.id, { date: '2026-01-01', notes: 'a "b", c' })
    const newer = await insertTransaction(app, owner.id, { date: '2026-02-01', notes: 'one\ntwo' })
    const { headers, text } = await app.call('GET', '/v1/transactions/export', {
      token: owner.token,
    })
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="transactions.csv"')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(text.startsWith('id,date,type,amount,currency,category,')).toBe(true)
    const [, first = '', second = ''] = lines(text)
    expect(first).toContain(`${newer},2026-02-01,expense,84.30,EUR,Groceries,`)
    expect(first).toContain(',"one\ntwo",')
    expect(second).toContain(`${older},2026-01-01,expense,84.30,EUR,Groceries,`)
    expect(second).toContain(',"a ""b"", c",')
  })

  it('of no transactions is a header, or a last line that says so', async () => {
    const nobody = await createUser(app, 'viewer')
    expect(lines(await exported(app, nobody))).toHaveLength(1)
    expect(JSON.parse(await exported(app, nobody, '?format=ndjson'))).toEqual({
      complete: true,
      count: 0,
      totals: [],
    })
  })

  it('costs one database call when it is short', async () => {
    const owner = await createUser(app, 'viewer')
    await insertTransaction(app, owner.id)
    const before = await databaseCalls()
    await exported(app, owner)
    expect((await databaseCalls()) - before).toBe(1)
  })

  it('neutralises formulas that a spreadsheet would run', async () => {
    const owner = await createUser(app, 'viewer')
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', "'=1", '＝1+1']
    for (const notes of formulas) await insertTransaction(app, owner.id, { notes })
    await insertTransaction(app, owner.id, { notes: "'quoted' word" })
    const text = await exported(app, owner)
    for (const formula of formulas) expect(text).toContain(`,'${formula},`)
    expect(text).toContain(",'quoted' word,")
  })

  it('has the filters, the scope and the totals of the list', async () => {
    const query =
      'category=Category%203&type=expense&date_from=2020-01-01&min_amount=20&sort=amount'
    const list = await app.call('GET', `/v1/transactions?${query}&include=totals&limit=1`, reader)
    const text = await exported(app, reader, `?format=ndjson&${query}`)
    const last = JSON.parse(text.trimEnd().split('\n').at(-1)!)
    expect(last).toEqual({
      complete: true,
      count: list.body.totals[0].count,
      totals: list.body.totals,
    })
    const amounts = lines(await exported(app, reader, `?${query}`)).slice(1)
    expect(amounts).toHaveLength(list.body.totals[0].count)
  })

  it('of other users and of deleted transactions is for admins only', async () => {
    const owner = await createUser(app, 'viewer')
    const stored = await insertTransaction(app, owner.id)
    const deleted = await insertTransaction(app, owner.id, { deleted: true })
    const whole = await exported(app, admin, `?user_id=${owner.id}&deleted=include&sort=date`)
    expect(whole).toContain(stored)
    expect(whole).toContain(deleted)
    expect(await exported(app, admin, `?user_id=${owner.id}`)).not.toContain(deleted)
    expect(await exported(app, owner)).not.toContain(deleted)
    const ask = (query: string) =>
      app.call('GET', `/v1/transactions/export?${query}`, { token: owner.token })
    expect((await ask('scope=all')).status).toBe(404)
    expect((await ask(`user_id=${admin.id}`)).status).toBe(404)
    expect((await ask('deleted=include')).status).toBe(403)
    expect((await ask('limit=5')).body.errors[0].location).toBe('query.limit')
    expect((await ask('format=xlsx')).status).toBe(422)
  })

  it('says in a trailer how many transactions there are', async () => {
    const owner = await createUser(app, 'viewer')
    await insertTransaction(app, owner.id)
    const [header = '', ...rest] = lines(await exported(app, owner, '?trailer=true'))
    const columns = header.split(',').length
    expect(rest.at(-1)).toBe(`#end,1${','.repeat(columns - 2)}`)
  })
})

describe('A long export', () => {
  it('begins before its last page is read, and reads only as fast as the client', async () => {
    const before = await databaseCalls()
    const response = await open(app, reader, '/v1/transactions/export')
    const body = response.body!.getReader()
    const first = await body.read()
    expect(first.value!.byteLength).toBeGreaterThan(100_000)
    expect((await databaseCalls()) - before).toBe(1)
    await body.read()
    expect((await databaseCalls()) - before).toBe(2)
    await body.cancel()
    expect((await databaseCalls()) - before).toBe(2)
  })

  it('has every transaction once, in chunks of bounded size', async () => {
    const calls = await databaseCalls()
    const response = await open(app, reader, '/v1/transactions/export?format=ndjson')
    const decoder = new TextDecoder()
    const ids = new Set<string>()
    let largest = 0
    let rest = ''
    for await (const piece of response.body!) {
      largest = Math.max(largest, piece.byteLength)
      const [...whole] = (rest + decoder.decode(piece, { stream: true })).split('\n')
      rest = whole.pop()!
      for (const line of whole) ids.add(line.slice(7, 43))
    }
    const made = (await databaseCalls()) - calls
    expect(ids.size).toBe(MANY + 1)
    expect(largest).toBeLessThan(4 * 1024 * 1024)
    expect(made).toBeLessThan(MANY / 2500)
  })

  it('whose rows are too large for one response of the database has every row once', async () => {
    const owner = await createUser(app, 'viewer')
    // A thousand light rows, so that many are asked for next, and then 2,600 as heavy as they may be.
    await insertHeavy(owner.id, 2600, '2026-01-01', '🦄'.repeat(2000))
    await insertHeavy(owner.id, 1000, '2026-02-01', 'light')
    const text = await exported(app, owner, '?format=ndjson')
    const rows = text.trimEnd().split('\n')
    expect(JSON.parse(rows.at(-1)!)).toMatchObject({ complete: true, count: 3600 })
    expect(new Set(rows.slice(0, -1).map((row) => row.slice(7, 43))).size).toBe(3600)
  })

  it.each(['csv', 'ndjson'])(
    'that breaks off cannot be taken for a complete one: %s',
    async (format) => {
      const leaver = await createUser(app, 'viewer')
      await insertMany(app, leaver.id, 3000)
      const path = `/v1/transactions/export?format=${format}&trailer=true`
      const response = await open(app, leaver, path)
      const body = response.body!.getReader()
      const first = await body.read()
      expect(response.status).toBe(200)
      await app.sql`update data.users set active = false where id = ${leaver.id}`
      await expect(body.read()).rejects.toThrow()
      expect(new TextDecoder().decode(first.value)).not.toMatch(/complete|#end/)
      expect((await open(app, leaver, path)).status).toBe(401)
    },
  )
})
