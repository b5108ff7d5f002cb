import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCursors } from '../../src/lib/pagination/cursor.ts'
import { startTestApp, type TestApp, type TestResponse } from '../support/app.ts'
import { enter } from '../support/transactions.ts'
import { createUser, insertUser, type User } from '../support/users.ts'

describe('A cursor of the API', () => {
  let app: TestApp
  let admin: User
  let analyst: User
  let cursor: string

  beforeAll(async () => {
    app = await startTestApp()
    admin = await createUser(app, 'admin')
    analyst = await createUser(app, 'analyst')
    for (const person of [admin, analyst]) {
      for (let day = 1; day <= 6; day++) await enter(person, { date: `2026-03-0${day}` })
    }
    await insertUser(app, 'viewer')
    cursor = (await next(analyst, 'type=expense&limit=2')).cursor
  })
  afterAll(() => app.database.drop())

  async function next(caller: User, search: string, path = '/v1/transactions') {
    const { body } = await caller.get(`${path}?${search}`)
    expect(body.next_cursor).toBeTypeOf('string')
    const rest = (more: string, other = caller) =>
      other.get(`${path}?${more}&cursor=${body.next_cursor}`)
    return { cursor: body.next_cursor as string, rest }
  }

  function expectRefused({ status, body, headers }: TestResponse) {
    expect(status).toBe(422)
    expect(headers.get('Content-Type')).toBe('application/problem+json')
    expect(body).toMatchObject({
      code: 'invalid_cursor',
      errors: [{ location: 'query.cursor' }],
    })
  }

  it.each([
    'limit=2',
    'type=income',
    'type=expense&q=shop',
    'type=expense&currency=EUR',
    'type=expense&category=Groceries',
    'type=expense&date_from=2026-03-01',
    'type=expense&date_to=2026-03-31',
    'type=expense&min_amount=1',
    'type=expense&max_amount=1000',
    'type=expense&sort=date',
    'type=expense&sort=amount',
    'type=expense&sort=-amount',
  ])('is refused with other filters: %s', async (search) => {
    expectRefused(await analyst.get(`/v1/transactions?${search}&cursor=${cursor}`))
  })

  it.each([
    'type=expense',
    'type=expense&limit=1',
    'type=expense&limit=100',
    'type=expense&sort=-date',
    'type=expense&scope=own',
    'include=totals&type=expense',
  ])('is accepted with the same filters, however they are written: %s', async (search) => {
    const { body } = await analyst.get(`/v1/transactions?${search}&cursor=${cursor}`)
    expect(body.data[0].date).toBe('2026-03-04')
  })

  it('is refused for another user and another scope', async () => {
    const own = await next(admin, 'limit=2')
    expectRefused(await own.rest('limit=2', analyst))
    expectRefused(await own.rest('scope=all'))
    expectRefused(await own.rest(`user_id=${analyst.id}`))
    expectRefused(await own.rest('deleted=include'))
    const all = await next(admin, 'scope=all&limit=2')
    expectRefused(await all.rest('limit=2'))
    expect((await all.rest('scope=all')).body.data).toHaveLength(10)
    const users = await next(admin, `user_id=${analyst.id}&limit=2`)
    expectRefused(await users.rest('limit=2'))
    expectRefused(await users.rest(`user_id=${admin.id}`))
    expect((await users.rest(`user_id=${analyst.id}`)).body.data).toHaveLength(4)
  })

  it('is refused in another list', async () => {
    const users = await next(admin, 'limit=1', '/v1/users')
    expectRefused(await admin.get(`/v1/transactions?cursor=${users.cursor}`))
    const transactions = await next(admin, 'limit=1')
    expectRefused(await admin.get(`/v1/users?cursor=${transactions.cursor}`))
  })

  it('is refused in the list of users with other filters', async () => {
    const users = await next(admin, 'limit=1&active=true', '/v1/users')
    for (const search of ['limit=1', 'active=false', 'active=true&q=a', 'active=true&role=admin']) {
      expectRefused(await users.rest(search))
    }
    expect((await users.rest('active=true&limit=100')).body.data).toHaveLength(2)
  })

  it('is refused when cut, changed, unsigned or signed with another secret', async () => {
    const [payload = '', signature = ''] = cursor.split('.')
    const unsigned = btoa(JSON.stringify(['2026-03-04', analyst.id]))
    const flipped = payload.startsWith('W') ? `X${payload.slice(1)}` : `W${payload.slice(1)}`
    const other = await createCursors('x').write(['transactions'], ['2026-03-04', analyst.id])
    for (const odd of [
      payload,
      `${payload}.`,
      `.${signature}`,
      cursor.slice(0, -1),
      `${flipped}.${signature}`,
      `${encodeURIComponent(unsigned)}.${signature}`,
      encodeURIComponent(unsigned),
      btoa('20'),
      '2',
      analyst.id,
      other,
    ]) {
      expectRefused(await analyst.get(`/v1/transactions?type=expense&cursor=${odd}`))
    }
  })

  it('gives each user once, newest first, in pages of any size', async () => {
    for (let n = 0; n < 5; n++) await insertUser(app, 'viewer', n % 2 === 0)
    const wanted = (await app.sql`select id from data.users order by id desc`).map(({ id }) => id)
    for (const limit of [1, 2, 3, 7, 8, 9, 100]) {
      const ids: string[] = []
      let path: string | undefined = `/v1/users?limit=${limit}`
      while (path !== undefined) {
        const { body, headers } = await admin.get(path)
        ids.push(...body.data.map(({ id }: { id: string }) => id))
        path = /^<([^>]+)>; rel="next"$/.exec(headers.get('Link') ?? '')?.[1]
        expect(path !== undefined).toBe(body.has_more)
      }
      expect(ids).toEqual(wanted)
    }
    const { body } = await admin.get('/v1/users?page=2&limit=3&active=false')
    expect(body).toMatchObject({ page: 2, total: 2, has_more: false, data: [] })
  })
})
