import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import { testSecret } from '../support/app.ts'
import { neonEndpoint } from '../support/database.ts'
import { enter, insertTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { loginAs } from '../support/users.ts'

const { app, admin } = useApp()

beforeEach(() => {
  vi.restoreAllMocks()
})

/** Runs the handler of the cron trigger as the platform does, and returns what it logged. */
async function nightly(settings: Record<string, string> = {}) {
  const lines: Record<string, unknown>[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>)
  })
  const bindings = {
    ...env,
    DATABASE_URL: app.database.appUrl,
    LOGIN_DATABASE_URL: app.database.loginUrl,
    NEON_FETCH_ENDPOINT: neonEndpoint,
    JWT_SECRET: testSecret,
    ...settings,
  }
  const controller = createScheduledController({
    scheduledTime: new Date('2026-11-22T03:17:00Z'),
    cron: '17 3 * * *',
  })
  const run = worker.scheduled(controller, bindings)
  const failed = await run.then(
    () => false,
    () => true,
  )
  return { failed, lines }
}

/** A transaction that was deleted so many days ago. */
async function deletedAgo(days: number): Promise<string> {
  const id = await insertTransaction(app, admin.id, { deleted: true })
  await app.sql`update data.transactions set deleted_at = now() - make_interval(days => ${days})
                 where id = ${id}`
  return id
}

async function exists(id: string): Promise<boolean> {
  return (await app.sql`select from data.transactions where id = ${id}`).length === 1
}

describe('The nightly maintenance', () => {
  it('removes transactions that were deleted long ago for good, and logs it', async () => {
    const [old, recent] = [await deletedAgo(91), await deletedAgo(89)]
    const live = (await enter(admin)).id
    const { failed, lines } = await nightly()
    expect(failed).toBe(false)
    expect(lines).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        event: 'maintenance',
        request_id: 'cron 2026-11-22T03:17:00.000Z',
        cron: '17 3 * * *',
        duration_ms: expect.any(Number),
        keys: 0,
        sessions: 0,
        transactions: 1,
        unfinished: false,
      },
    ])
    expect(await Promise.all([old, recent, live].map(exists))).toEqual([false, true, true])

    const { body } = await admin.get(`/v1/transactions/${old}/history?limit=1`)
    expect(body.data).toMatchObject([
      {
        action: 'transaction.purged',
        actor_id: null,
        address: null,
        request_id: 'cron 2026-11-22T03:17:00.000Z',
        before: { id: old, amount: '84.30' },
        after: null,
      },
    ])
    expect((await admin.get(`/v1/transactions/${old}?deleted=include`)).status).toBe(404)
    expect((await admin.post(`/v1/transactions/${old}/restore`)).status).toBe(404)
    expect((await admin.post(`/v1/transactions/${recent}/restore`)).status).toBe(200)
    expect((await admin.get('/v1/audit/verify')).body.intact).toBe(true)
  })

  it('removes more than one batch of transactions', async () => {
    await app.sql`insert into data.transactions
        (id, user_id, type, amount_minor, currency, category, date, created_by, deleted_at)
      select gen_random_uuid(), ${admin.id}, 'expense', 1, 'EUR', 'Old', '2026-01-01', ${admin.id},
             now() - interval '100 days'
        from generate_series(1, 1100)`
    const { lines } = await nightly()
    expect(lines).toMatchObject([{ transactions: 1100, unfinished: false }])
    const left = await app.sql`select from data.transactions where category = 'Old'`
    expect(left).toHaveLength(0)
  })

  it('retains transactions as long as the settings say, and for ever when that is 0', async () => {
    const id = await deletedAgo(4000)
    expect((await nightly({ PURGE_DELETED_AFTER_DAYS: '0' })).lines).toMatchObject([
      { transactions: 0 },
    ])
    expect(await exists(id)).toBe(true)
    const recent = await deletedAgo(8)
    await nightly({ PURGE_DELETED_AFTER_DAYS: '7' })
    expect([await exists(id), await exists(recent)]).toEqual([false, false])
  })

  it('removes idempotency keys, but none of the last 24 hours', async () => {
    const write = (key: string) =>
      admin.post('/v1/transactions', { ...someBody }, { headers: { 'Idempotency-Key': key } })
    await write('old')
    await write('recent')
    await app.sql`update data.idempotency_keys set created_at = now() - interval '49 hours'
                   where key = 'old'`
    await app.sql`update data.idempotency_keys set created_at = now() - interval '25 hours'
                   where key = 'recent'`
    expect((await nightly()).lines).toMatchObject([{ keys: 1 }])
    expect((await write('recent')).headers.get('Idempotency-Replayed')).toBe('true')
    expect((await write('old')).headers.get('Idempotency-Replayed')).toBeNull()
  })

  it('removes sessions that ended long ago with their tokens, and no others', async () => {
    const [ended, expired, recent, running] = [
      await loginAs(app, 'viewer'),
      await loginAs(app, 'viewer'),
      await loginAs(app, 'viewer'),
      await loginAs(app, 'viewer'),
    ]
    await app.sql`update data.sessions set revoked_at = now() - interval '31 days'
                   where user_id = ${ended.id}`
    await app.sql`update data.sessions set expires_at = now() - interval '31 days'
                   where user_id = ${expired.id}`
    await app.sql`update data.sessions set revoked_at = now() - interval '29 days'
                   where user_id = ${recent.id}`
    expect((await nightly()).lines).toMatchObject([{ sessions: 2 }])
    const left = async (id: string) =>
      (await app.sql`select from data.sessions where user_id = ${id}`).length
    expect(await Promise.all([ended, expired, recent, running].map(({ id }) => left(id)))).toEqual([
      0, 0, 1, 1,
    ])
    const refresh = { json: { refresh_token: ended.refreshToken } }
    expect((await app.call('POST', '/v1/auth/refresh', refresh)).status).toBe(401)
    expect((await ended.get('/v1/auth/me')).body.code).toBe('session_revoked')
    const me = await app.call('GET', '/v1/auth/me', { token: running.token })
    expect(me.status).toBe(200)
  })

  it('says of sessions as of transactions that some are left for the next night', async () => {
    const { id } = await loginAs(app, 'viewer')
    await app.sql`alter table data.sessions disable trigger user`
    await app.sql`insert into data.sessions (id, user_id, expires_at)
                  select gen_random_uuid(), ${id}, now() - interval '40 days'
                    from generate_series(1, 20_100)`
    await app.sql`alter table data.sessions enable trigger user`
    expect((await nightly()).lines).toMatchObject([{ sessions: 20_000, unfinished: true }])
    expect((await nightly()).lines).toMatchObject([{ sessions: 100, unfinished: false }])
    const left = await app.sql`select from data.sessions where user_id = ${id}`
    expect(left).toHaveLength(1)
  })

  it('cannot remove anything of the last day, whatever the arguments', async () => {
    for (const age of ['23 hours', '0', '-1 year']) {
      const purge = app.sql`select api.purge_transactions(${age}::interval, 10)`
      await expect(purge).rejects.toMatchObject({ code: '22023' })
      const prune = app.sql`select api.prune_sessions(${age}::interval, 10)`
      await expect(prune).rejects.toMatchObject({ code: '22023' })
    }
  })

  it('fails with one line in the log when the database is unreachable', async () => {
    const away = new URL('/nowhere', neonEndpoint).href
    const { failed, lines } = await nightly({ NEON_FETCH_ENDPOINT: away })
    expect(failed).toBe(true)
    expect(lines).toMatchObject([{ level: 'error', event: 'maintenance_failed' }])
    const wrong = await nightly({ PURGE_DELETED_AFTER_DAYS: 'soon' })
    expect(wrong.failed).toBe(true)
    expect(JSON.stringify(wrong.lines)).toContain('PURGE_DELETED_AFTER_DAYS')
  })
})

const someBody = {
  type: 'expense',
  amount: '1',
  currency: 'EUR',
  category: 'Keys',
  date: '2026-01-01',
}
