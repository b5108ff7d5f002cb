import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startNeonEndpoint, type NeonEndpoint } from '../../dev/neon-endpoint.ts'
import type { WireRequest } from '../../dev/neon-wire.ts'
import { urlFor } from '../../dev/settings.ts'

const { superuserUrl } = inject('stack')
const sql = neon(superuserUrl)
const raw = neon(superuserUrl, { fullResults: true, arrayMode: true })
let endpoint: NeonEndpoint

beforeAll(async () => {
  endpoint = await startNeonEndpoint({ maxConnections: 2 })
  neonConfig.fetchEndpoint = endpoint.url
  await sql`create schema endpoint`
  await sql`create table endpoint.items (id int primary key check (id > 0), name text not null)`
})
afterAll(async () => {
  await sql`drop schema endpoint cascade`
  await endpoint.stop()
})

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(endpoint.url, {
    method: 'POST',
    body,
    headers: {
      'Neon-Connection-String': superuserUrl,
      'Neon-Raw-Text-Output': 'true',
      'Neon-Array-Mode': 'true',
      ...headers,
    },
  })
}

it('the local Neon endpoint returns every kind of value as PostgreSQL wrote it', async () => {
  const rows = await sql`select 1 as a, 9007199254740993::bigint as b, 1.10::numeric as c,
    true as d, null as e, array[1,null,3] as f, '{"k": [1]}'::jsonb as g, 'é\u{1f600}'::text as h,
    '\\x00ff'::bytea as i, array['x,y','"z"'] as j, '2024-02-29'::date::text as k`
  expect(rows).toEqual([
    {
      a: 1,
      b: '9007199254740993',
      c: '1.10',
      d: true,
      e: null,
      f: [1, null, 3],
      g: { k: [1] },
      h: 'é\u{1f600}',
      i: Buffer.from([0, 255]),
      j: ['x,y', '"z"'],
      k: '2024-02-29',
    },
  ])
})

it('the local Neon endpoint takes every kind of parameter', async () => {
  const rows = await sql`select ${1}::int as a, ${'x'} as b, ${null}::text as c, ${true}::bool as d,
    ${[1, 2]}::int[] as e, ${{ k: 'v' }}::jsonb as f, ${['a"b', 'c,d']}::text[] as g`
  expect(rows).toEqual([
    { a: 1, b: 'x', c: null, d: true, e: [1, 2], f: { k: 'v' }, g: ['a"b', 'c,d'] },
  ])
})

it('the local Neon endpoint describes results as Neon does', async () => {
  const result = await raw`select id, name as label from endpoint.items where id < 0`
  expect(result).toMatchObject({ command: 'SELECT', rowCount: 0, rows: [], rowAsArray: true })
  expect(result.fields).toEqual([
    expect.objectContaining({
      name: 'id',
      dataTypeID: 23,
      dataTypeSize: 4,
      dataTypeModifier: -1,
      columnID: 1,
      format: 'text',
    }),
    expect.objectContaining({ name: 'label', dataTypeID: 25, dataTypeSize: -1, columnID: 2 }),
  ])
  expect(result.fields[0]?.tableID).toBeGreaterThan(0)
  const asObjects = await post('{"query":"select 1 as a, null as b"}', {
    'Neon-Array-Mode': 'false',
  })
  expect(await asObjects.json()).toMatchObject({ rows: [{ a: '1', b: null }], rowAsArray: false })
})

it('the local Neon endpoint runs a batch as one transaction', async () => {
  const insert = (id: number) => sql`insert into endpoint.items values (${id}, 'n') returning id`
  await expect(sql.transaction([insert(1), insert(2), insert(1)])).rejects.toThrow('duplicate key')
  expect(await sql`select * from endpoint.items`).toEqual([])
  const done = await sql.transaction([insert(1), insert(2), sql`select pg_current_xact_id() as x`])
  expect(done.slice(0, 2)).toEqual([[{ id: 1 }], [{ id: 2 }]])
  expect(await sql`select count(*) from endpoint.items`).toEqual([{ count: '2' }])
})

it('the local Neon endpoint sets isolation level, read only and deferrable', async () => {
  const show = () => [
    sql`select current_setting('transaction_isolation') as v`,
    sql`select current_setting('transaction_read_only') as v`,
    sql`select current_setting('transaction_deferrable') as v`,
  ]
  const values = async (options: Parameters<typeof sql.transaction>[1]) =>
    JSON.parse(JSON.stringify((await sql.transaction(show(), options)).flat())).map(
      (row: { v: string }) => row.v,
    )
  expect(await values({})).toEqual(['read committed', 'off', 'off'])
  expect(await values({ isolationLevel: 'RepeatableRead' })).toContain('repeatable read')
  expect(
    await values({ isolationLevel: 'Serializable', readOnly: true, deferrable: true }),
  ).toEqual(['serializable', 'on', 'on'])
  await expect(
    sql.transaction([sql`delete from endpoint.items`], { readOnly: true }),
  ).rejects.toMatchObject({ code: '25006' })
  const odd = await post('{"queries":[]}', { 'Neon-Batch-Isolation-Level': 'Chaos; drop' })
  expect(odd.status).toBe(400)
})

it('the local Neon endpoint passes on every field of an error', async () => {
  await expect(sql`insert into endpoint.items values (0, 'x')`).rejects.toMatchObject({
    name: 'NeonDbError',
    severity: 'ERROR',
    code: '23514',
    schema: 'endpoint',
    table: 'items',
    constraint: 'items_id_check',
    detail: expect.stringContaining('Failing row contains'),
    routine: 'ExecConstraints',
  })
  await expect(sql`select nothing`).rejects.toMatchObject({ code: '42703', position: '8' })
  await expect(
    sql`do $$ begin raise exception 'own' using errcode = 'EB001', hint = 'h'; end $$`,
  ).rejects.toMatchObject({ code: 'EB001', message: 'own', hint: 'h', where: expect.any(String) })
})

it('the local Neon endpoint refuses several statements in one string, with and without parameters', async () => {
  await expect(sql.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' })
  await expect(sql.query('select $1::int; select 2', [1])).rejects.toMatchObject({ code: '42601' })
})

it('the local Neon endpoint lets nothing of a transaction reach the next one, done or left open', async () => {
  const local = (value: string) => sql`select set_config('app.user_id', ${value}, true)`
  await sql.transaction([
    local('leak'),
    sql`create temporary table leftover (x int) on commit drop`,
  ])
  await expect(sql.transaction([local('leak'), sql`select 1 / 0`])).rejects.toThrow()
  await sql`begin`
  await sql`select set_config('app.user_id', 'leak', true)`
  const left = () => sql`
    select to_regclass('leftover') as temp, nullif(current_setting('app.user_id', true), '') as setting`
  const rows = await Promise.all([left(), left(), left(), left()])
  for (const [row] of rows) expect(row).toEqual({ temp: null, setting: null })
})

it('the local Neon endpoint keeps a session from one request to the next, as Neon does', async () => {
  const one = await startNeonEndpoint({ maxConnections: 1 })
  try {
    neonConfig.fetchEndpoint = one.url
    await sql`set work_mem = '1MB'`
    expect(await sql`show work_mem`).toEqual([{ work_mem: '1MB' }])
    await sql`begin`
    expect(await sql`show work_mem`).toEqual([{ work_mem: '4MB' }])
  } finally {
    neonConfig.fetchEndpoint = endpoint.url
    await one.stop()
  }
})

it('the local Neon endpoint connects to this machine only', async () => {
  for (const host of ['example.com', '10.0.0.1', '127.0.0.1.nip.io']) {
    const url = superuserUrl.replace('127.0.0.1', host)
    await expect(neon(url)`select 1`).rejects.toThrow(`only this machine, not ${host}`)
  }
  await expect(neon(`${superuserUrl}?host=example.com`)`select 1 as a`).resolves.toEqual([{ a: 1 }])
})

it('the local Neon endpoint says what is wrong with user and database', async () => {
  const wrong = neon(urlFor(superuserUrl, 'postgres', 'wrong'))
  await expect(wrong`select 1`).rejects.toMatchObject({ name: 'NeonDbError', code: '28P01' })
  const missing = neon(superuserUrl.replace(/\/postgres$/, '/missing'))
  await expect(missing`select 1`).rejects.toMatchObject({ code: '3D000' })
  const nobody = neon(superuserUrl.replace(/:\d+\//, ':1/'))
  await expect(nobody`select 1`).rejects.toThrow('HTTP status 500')
})

it('the local Neon endpoint refuses requests that it cannot read and results that are too large', async () => {
  expect((await post('no json')).status).toBe(400)
  expect((await post('{"query":1}')).status).toBe(400)
  expect((await post('{"query":"select 1"}', { 'Neon-Raw-Text-Output': 'false' })).status).toBe(400)
  const large = await post(JSON.stringify({ query: 'select 1', params: ['x'.repeat(11_000_000)] }))
  expect([large.status, await large.json()]).toEqual([
    413,
    { message: 'request is too large (max is 10485760 bytes)', code: null },
  ])
  expect((await post(`{"query":"select repeat('x', 11000000)"}`)).status).toBe(507)
  expect((await fetch(endpoint.url)).status).toBe(404)
})

it('the local Neon endpoint rolls back when the client goes away', async () => {
  await sql`truncate endpoint.items`
  const queries = [`insert into endpoint.items values (7, 'x')`, 'select pg_sleep(20)']
  const leaving = request(endpoint.url, {
    method: 'POST',
    headers: { 'Neon-Connection-String': superuserUrl, 'Neon-Raw-Text-Output': 'true' },
  })
  leaving.on('error', () => {})
  leaving.end(JSON.stringify({ queries: queries.map((query) => ({ query, params: [] })) }))
  const sleeping = () =>
    sql`select count(*)::int as n from pg_stat_activity where query = 'select pg_sleep(20)'`
  await expect.poll(sleeping, { timeout: 5000 }).toEqual([{ n: 1 }])
  leaving.destroy()
  await expect.poll(sleeping, { timeout: 5000 }).toEqual([{ n: 0 }])
  // Had the lock of the insert been held, this would wait for it.
  await sql`insert into endpoint.items values (7, 'y')`
})

it('the local Neon endpoint counts requests, queues them, and adds its latency', async () => {
  const before = endpoint.requestCount()
  await Promise.all(Array.from({ length: 20 }, (_, i) => sql`select ${i}::int`))
  expect(endpoint.requestCount()).toBe(before + 20)
  const stats = await fetch(new URL('/__stats', endpoint.url))
  expect(await stats.json()).toEqual({ requests: before + 20 })

  const far = await startNeonEndpoint({ latencyMs: 200 })
  neonConfig.fetchEndpoint = far.url
  const started = performance.now()
  await sql`select 1`
  expect(performance.now() - started).toBeGreaterThan(199)
  neonConfig.fetchEndpoint = endpoint.url
  await far.stop()
})

it('onWork gets the queries as they are sent to PostgreSQL', async () => {
  const asked: WireRequest[] = []
  const other = await startNeonEndpoint({ onWork: (work) => asked.push(work) })
  neonConfig.fetchEndpoint = other.url
  await sql.transaction([sql`select 1`, sql`select ${'x'}::text`], { readOnly: true })
  neonConfig.fetchEndpoint = endpoint.url
  await other.stop()
  expect(asked).toMatchObject([
    {
      begin: 'BEGIN READ ONLY',
      isBatch: true,
      queries: [
        { query: 'select 1', params: [] },
        { query: 'select $1::text', params: ['x'] },
      ],
    },
  ])
})

it('the local Neon endpoint stops while requests are running', async () => {
  const other = await startNeonEndpoint()
  neonConfig.fetchEndpoint = other.url
  const work = sql`select pg_sleep(30)`.catch((error: Error) => error)
  await sleep(300)
  neonConfig.fetchEndpoint = endpoint.url
  await other.stop()
  expect(await work).toBeInstanceOf(Error)
})
