import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { faultyPath } from '../support/faults.ts'
import { collectLog } from '../support/log-lines.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser } from '../support/users.ts'

const { app, analyst } = useApp()
let log: string[]

/** Lets the database fail with the state that the notes of a row name; `again` twice out of three. */
async function plantFaults() {
  await app.sql`create sequence data.tries`
  await app.sql`grant usage on sequence data.tries to public`
  await app.sql`create function data.fail_as_noted() returns trigger language plpgsql
                security definer as $$
                begin
                  if new.notes like 'again %' and nextval('data.tries') % 3 = 0 then
                    return new;
                  end if;
                  raise exception 'zeppelin (%)', new using errcode = split_part(new.notes, ' ', 2);
                end $$`
  await app.sql`create trigger fail_as_noted before insert on data.transactions
                for each row when (new.notes like 'raise %' or new.notes like 'again %')
                execute function data.fail_as_noted()`
}

beforeAll(async () => {
  log = collectLog()
  await plantFaults()
})
beforeEach(() => void log.splice(0))
afterAll(() => void vi.restoreAllMocks())

const enter = (notes: string, settings = {}, headers = {}) =>
  app.with(settings)('POST', '/v1/transactions', {
    token: analyst.token,
    json: { ...someTransaction, notes },
    headers,
    undocumented: true,
  })

const lastLine = () => JSON.parse(log.at(-1)!)

describe('An error of the database', () => {
  it.each([
    ['EB001', 401, 'session_revoked'],
    ['EB002', 401, 'account_inactive'],
    ['EB003', 409, 'last_admin'],
    ['EB004', 404, 'not_found'],
    ['EB012', 412, 'precondition_failed'],
    ['EB013', 422, 'idempotency_key_reused'],
    ['23505', 409, 'conflict'],
    ['23503', 422, 'validation_failed'],
    ['23514', 422, 'validation_failed'],
    ['22003', 422, 'validation_failed'],
    ['42501', 403, 'forbidden'],
    ['44000', 403, 'forbidden'],
    ['42601', 500, 'internal_error'],
    ['57014', 503, 'database_unavailable'],
    ['55P03', 503, 'database_unavailable'],
    ['25P03', 503, 'database_unavailable'],
    ['58000', 503, 'database_unavailable'],
    ['58030', 503, 'database_unavailable'],
    ['53300', 503, 'database_unavailable'],
    ['28P01', 503, 'database_unavailable'],
    ['XX000', 503, 'database_unavailable'],
    ['08006', 503, 'database_unavailable'],
    ['57P01', 503, 'database_unavailable'],
    ['40003', 503, 'database_unavailable'],
    ['40001', 503, 'database_unavailable'],
    ['40P01', 503, 'database_unavailable'],
  ])(
    'with SQLSTATE %s gets the response %i %s, without its message',
    async (state, status, code) => {
      const response = await enter(`raise ${state}`)
      expect([response.status, response.body.code]).toEqual([status, code])
      expect(response.headers.get('Retry-After')).toBe(status === 503 ? '2' : null)
      expect(`${response.text}${log.join()}`).not.toMatch(/zeppelin|Groceries/)
      if (status >= 500) expect(lastLine().error.sqlstate).toBe(state)
    },
  )

  it.each(['40001', '40P01'])('with SQLSTATE %s is retried, also without a key', async (state) => {
    const response = await enter(`again ${state}`)
    expect(response.status).toBe(201)
    expect(lastLine().db_calls).toBe(3)
    const rows = await app.sql`select 1 from data.transactions where notes = ${`again ${state}`}`
    expect(rows).toHaveLength(1)
  })

  it.each(['40001', '40P01'])('with SQLSTATE %s is tried four times and no more', async (state) => {
    await enter(`raise ${state}`)
    expect(lastLine().db_calls).toBe(4)
  })

  it.each(['08006', '57P01', '57P03', '40003'])(
    'with SQLSTATE %s leaves the outcome unknown: it is retried with a key, and never without one',
    async (state) => {
      await enter(`raise ${state}`)
      expect(lastLine().db_calls).toBe(1)
      await enter(`raise ${state}`, {}, { 'Idempotency-Key': `open-${state}` })
      expect(lastLine().db_calls).toBe(3)
    },
  )

  it.each(['57014', '55P03', '25P03'])(
    'with SQLSTATE %s says that the query took too long',
    async (state) => {
      expect((await enter(`raise ${state}`)).body.detail).toMatch(/took too long/)
    },
  )

  it.each(['23505', '57014', '55P03', '58030', '28P01', '53300'])(
    'with SQLSTATE %s proves that nothing was done, and is not retried even with a key',
    async (state) => {
      await enter(`raise ${state}`, {}, { 'Idempotency-Key': `closed-${state}` })
      expect(lastLine().db_calls).toBe(1)
    },
  )
})

it('Does not put a line of a note that looks like a stack frame into the log', async () => {
  const response = await enter('raise 42601 \n    at zeppelin (note.ts:1:1)')
  expect(response.status).toBe(500)
  expect(lastLine().error.stack.length).toBeGreaterThan(0)
  expect(`${response.text}${log.join()}`).not.toContain('zeppelin')
})

it('Is repeated when a write with a key found nothing', async () => {
  const admin = await createUser(app, 'admin')
  const restore = () =>
    app.call('POST', '/v1/transactions/0198c2a4-5b1e-7d2a-9b60-3f4f5f0c8a11/restore', {
      token: admin.token,
      headers: { 'Idempotency-Key': 'restores-nothing' },
    })
  expect((await restore()).status).toBe(404)
  expect((await restore()).status).toBe(404)
})

describe('A failure on the way to the database', () => {
  it('is a 503 when the password of the role is wrong', async () => {
    const url = new URL(app.database.appUrl)
    url.password = 'wrong'
    const response = await enter('plain', { DATABASE_URL: url.href })
    expect([response.status, response.body.code]).toEqual([503, 'database_unavailable'])
    expect(lastLine().error.sqlstate).toMatch(/^28/)
  })

  it('is a 503 when the database does not exist', async () => {
    const url = new URL(app.database.appUrl)
    url.pathname = '/nowhere'
    const response = await enter('plain', { DATABASE_URL: url.href })
    expect([response.status, response.body.code]).toEqual([503, 'database_unavailable'])
    expect(lastLine().error.sqlstate).toBe('3D000')
  })

  it('is a 503 when the port is closed', async () => {
    const response = await enter('plain', { NEON_FETCH_ENDPOINT: 'http://127.0.0.1:9/sql' })
    expect([response.status, response.body.code]).toEqual([503, 'database_unavailable'])
  })

  it('lets a dry run be retried, because it changes nothing', async () => {
    const { endpoint } = faultyPath('dropped-answer,pass')
    const call = app.with({ NEON_FETCH_ENDPOINT: endpoint })
    const { token } = analyst
    const json = { ...someTransaction, notes: 'only tried' }
    expect((await call('POST', '/v1/transactions?dry_run=true', { token, json })).status).toBe(200)
    expect(lastLine().db_calls).toBe(2)
    expect(await app.sql`select 1 from data.transactions where notes = 'only tried'`).toEqual([])
  })

  it('lets a read be sent three times within the deadline and no more', async () => {
    const path = faultyPath('500')
    const call = app.with({ NEON_FETCH_ENDPOINT: path.endpoint })
    expect((await call('GET', '/v1/auth/me', { token: analyst.token })).status).toBe(503)
    expect(await path.steps()).toEqual({ '500': 3 })
  })

  it.each(['login', 'refresh'])('lets a %s be sent once only', async (name) => {
    const path = faultyPath('dropped-answer')
    const call = app.with({ NEON_FETCH_ENDPOINT: path.endpoint })
    const json =
      name === 'login'
        ? { email: analyst.email, password: 'seven wet umbrellas' }
        : { refresh_token: 'ebr_zeppelin' }
    const response = await call('POST', `/v1/auth/${name}`, { json })
    expect([response.status, response.body.code]).toEqual([503, 'database_unavailable'])
    expect(await path.steps()).toEqual({ 'dropped-answer': 1 })
    expect(`${response.text}${log.join()}`).not.toMatch(/zeppelin|umbrellas|example\.com/)
  })
})
