import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { hashRefreshToken, newRefreshToken } from '../../src/access/refresh-tokens.ts'
import type { TestResponse } from '../support/app.ts'
import { faultyPath } from '../support/faults.ts'
import { collectLog } from '../support/log-lines.ts'
import { iterations } from '../support/iterations.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const ROUNDS = iterations(10, 100)

const { app } = useApp()
let admin: User
let log: string[]

beforeAll(async () => {
  log = collectLog()
  admin = await createUser(app, 'admin')
})
afterAll(() => void vi.restoreAllMocks())

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const statusesOf = (responses: TestResponse[]) => responses.map(({ status }) => status).toSorted()

it('One of two admins who demote or deactivate each other at once stays', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const other = await createUser(app, 'admin')
    // Each round another pair of ways out: demoted, deactivated, and both by turns.
    const ways = [{ role: 'viewer' }, { active: false }]
    const change = ({ token }: User, { id }: User, way: number) =>
      app.call('PATCH', `/v1/users/${id}`, {
        token,
        json: ways[way % 2],
        headers: { 'If-Match': '*' },
      })
    const responses = await Promise.all([
      change(admin, other, round),
      change(other, admin, round >> 1),
    ])
    const left = await app.sql`select id from data.users where role = 'admin' and active`
    expect(left).toHaveLength(1)
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
    expect([401, 403, 409]).toContain(responses.find(({ status }) => status !== 200)!.status)
    admin = left[0]!['id'] === admin.id ? admin : other
  }
})

it('One of three admins who step down at once stays', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const admins = [admin, await createUser(app, 'admin'), await createUser(app, 'admin')]
    const responses = await Promise.all(
      admins.map(({ id, token }) =>
        app.call('PATCH', `/v1/users/${id}`, {
          token,
          json: { role: 'viewer' },
          headers: { 'If-Match': '*' },
        }),
      ),
    )
    expect(statusesOf(responses)).toEqual([200, 200, 409])
    admin = admins[responses.findIndex(({ status }) => status === 409)]!
  }
})

it('A refresh token that ten requests use at once is exchanged once', async () => {
  const { id } = await createUser(app, 'viewer')
  for (let round = 0; round < ROUNDS; round++) {
    const token = newRefreshToken()
    await app.sql`with session as (
                      insert into data.sessions (id, user_id, expires_at)
                      values (gen_random_uuid(), ${id}, now() + interval '1 day') returning id)
                    insert into data.refresh_tokens (token_hash, session_id, expires_at)
                    select ${await hashRefreshToken(token)}, id, now() + interval '1 day'
                      from session`
    const responses = await times(10, () =>
      app.call('POST', '/v1/auth/refresh', { json: { refresh_token: token } }),
    )
    const given = responses.filter(({ status }) => status === 200)
    expect(new Set(given.map(({ body }) => body.refresh_token)).size).toBe(1)
    expect(responses.every(({ status }) => [200, 401].includes(status))).toBe(true)
  }
})

it('An email address that two users are created with at once belongs to one', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const email = `twin-${round}@example.com`
    const responses = await times(2, (index) =>
      app.call('POST', '/v1/users', {
        token: admin.token,
        json: {
          email: index ? email.toUpperCase() : email,
          name: 'Twin',
          role: 'viewer',
          password: 'nine dry sandals',
        },
      }),
    )
    expect(statusesOf(responses)).toEqual([201, 409])
    expect(responses.find(({ status }) => status === 409)!.body.code).toBe('email_taken')
  }
  const rows = await app.sql`select lower(email) from data.users where email ilike 'twin-%'`
  expect(rows).toHaveLength(ROUNDS)
})

it('A key that five requests use at once, over a path that loses responses, is used once', async () => {
  const { token } = await createUser(app, 'analyst')
  for (let round = 0; round < ROUNDS; round++) {
    const path = faultyPath('dropped-answer,pass,no-forward,pass')
    const call = app.with({ NEON_FETCH_ENDPOINT: path.endpoint })
    const notes = `zeppelin ${round}`
    const responses = await times(5, () =>
      call('POST', '/v1/transactions', {
        token,
        json: { ...someTransaction, notes },
        headers: { 'Idempotency-Key': `race-${round}` },
      }),
    )
    expect(statusesOf(responses)).toEqual([201, 201, 201, 201, 201])
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1)
    const rows = await app.sql`select id from data.transactions where notes = ${notes}`
    expect(rows).toEqual([{ id: responses[0]!.body.id }])
  }
})

it('Writes without a key, over a path that fails, are done once or not at all', async () => {
  const { id, token } = await createUser(app, 'analyst')
  const path = faultyPath('random:0.5')
  const call = app.with({ NEON_FETCH_ENDPOINT: path.endpoint, DATABASE_DEADLINE_MS: '400' })
  const notes = Array.from({ length: 4 * ROUNDS }, (_, index) => `unkeyed ${index}`)
  const answered = new Map<string, number>()
  const send = async (note: string) => {
    const json = { ...someTransaction, notes: note }
    answered.set(note, (await call('POST', '/v1/transactions', { token, json })).status)
  }
  for (let start = 0; start < notes.length; start += 16) {
    await Promise.all(notes.slice(start, start + 16).map(send))
  }
  await path.settled()
  const rows = await app.sql`select notes, count(*)::int n from data.transactions
                                where user_id = ${id} group by notes`
  const written = new Map(rows.map(({ notes: note, n }) => [note, n]))
  const outcomes = new Set(notes.map((note) => `${answered.get(note)} ${written.get(note) ?? 0}`))
  expect([...outcomes].toSorted()).toEqual(['201 1', '503 0', '503 1'])
})

it('The races leave intact audit chains and a log without secrets', async () => {
  expect(await app.sql`select * from api.verify_audit(null)`).toEqual([])
  expect(log.join('\n')).not.toMatch(/zeppelin|unkeyed|sandals|@example\.com|ebr_|eyJ|\$2b\$/i)
})
