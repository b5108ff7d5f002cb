import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { FAULTS } from '../support/fault-proxy-plan.ts'
import type { Call, TestResponse } from '../support/app.ts'
import { faultyPath, type FaultyPath } from '../support/faults.ts'
import { untilDefinite } from '../support/retrying-client.ts'
import { collectLog } from '../support/log-lines.ts'
import { iterations } from '../support/iterations.ts'
import { someTransaction } from '../support/transactions.ts'
import { useApp } from '../support/use-app.ts'
import { createUser, type User } from '../support/users.ts'

const CLIENTS = 16
const WRITES = iterations(320, 1600)
const RATE = 0.25

/** What the API said that it did. */
interface Acknowledged {
  key: string
  id: string
  /** Of the row after it. */
  version: number
}

const { app } = useApp()
let path: FaultyPath
let call: Call
let log: string[]
let people: User[]
const acknowledged: Acknowledged[] = []
const statuses = new Map<number, number>()
let replayed = 0

function note({ status, headers }: TestResponse) {
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
  if (headers.has('Idempotency-Replayed')) replayed++
}

beforeAll(async () => {
  log = collectLog()
  path = faultyPath(`random:${RATE}`)
  call = app.with({ NEON_FETCH_ENDPOINT: path.endpoint, DATABASE_DEADLINE_MS: '600' })
  people = await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => createUser(app, index % 2 ? 'admin' : 'analyst')),
  )
  const share = WRITES / CLIENTS
  await Promise.all(
    people.map((client, index) => (client.role === 'admin' ? change : enter)(client, index, share)),
  )
  await path.settled()
})

afterAll(async () => {
  const told = { writes: acknowledged.length, replayed, statuses: Object.fromEntries(statuses) }
  const steps = await path.steps()
  vi.restoreAllMocks()
  console.info(JSON.stringify({ ...told, steps }))
})

/** Creates one row; every tenth time from two windows at once. */
async function create(client: User, key: string, userId: string): Promise<Acknowledged> {
  const json = { ...someTransaction, notes: `zeppelin ${key}`, user_id: userId }
  const request = ['POST', '/v1/transactions', { token: client.token, json }] as const
  const windows = Number(key.split('-')[1]) % 10 === 0 ? 2 : 1
  const responses = await Promise.all(
    Array.from({ length: windows }, () => untilDefinite(call, request, key, note)),
  )
  expect(responses.map(({ status }) => status)).toEqual(Array(windows).fill(201))
  expect(new Set(responses.map(({ text }) => text)).size).toBe(1)
  const { id, version } = responses[0]!.body
  acknowledged.push({ key, id, version })
  return acknowledged.at(-1)!
}

/** Enters own rows. */
async function enter(client: User, index: number, share: number) {
  for (let round = 0; round < share; round++) await create(client, `c${index}-${round}`, client.id)
}

/** Enters a row for somebody, then changes, deletes and restores it, each by the version that is known. */
async function change(client: User, index: number, share: number) {
  const { token } = client
  let last: Acknowledged | undefined
  for (let round = 0; round < share; round++) {
    const key = `c${index}-${round}`
    if (last === undefined || round % 4 === 0) {
      last = await create(client, key, people[(index + round) % CLIENTS]!.id)
      continue
    }
    const { id, version } = last
    const at = `/v1/transactions/${id}`
    const headers = { 'If-Match': `"${version}"` }
    const requests = {
      1: ['PATCH', at, { token, headers, json: { category: `Category ${key}` } }],
      2: ['DELETE', at, { token, headers }],
      3: ['POST', `${at}/restore`, { token }],
    } as const
    const response = await untilDefinite(call, requests[(round % 4) as 1 | 2 | 3], key, note)
    expect([200, 204]).toContain(response.status)
    last = { key, id, version: version + 1 }
    if (response.status === 200) expect(response.body.version).toBe(last.version)
    acknowledged.push(last)
  }
}

const count = async (rows: Promise<Record<string, unknown>[]>) => Number((await rows)[0]!['count'])

it('A keyed write responds with what was done, or that the outcome is unknown', () => {
  expect([...statuses.keys()].toSorted()).toEqual([200, 201, 204, 503])
  expect(acknowledged).toHaveLength(WRITES)
  expect(replayed).toBeGreaterThan(WRITES / 20)
})

it('The keyed writes met every kind of fault', async () => {
  const steps = await path.steps()
  expect(Object.keys(steps).toSorted()).toEqual([...FAULTS, 'pass'].toSorted())
})

it('Exactly one transaction exists for each key that was acknowledged', async () => {
  const rows = await app.sql`select id, version, notes, deleted_at from data.transactions`
  const created = acknowledged.filter(({ version }) => version === 1)
  expect(rows).toHaveLength(created.length)
  const keys = rows.map(({ id, notes }) => `${id} ${notes}`).toSorted()
  expect(keys).toEqual(created.map(({ id, key }) => `${id} zeppelin ${key}`).toSorted())
  const latest = new Map(acknowledged.map(({ id, version }) => [id, version]))
  expect(rows.map(({ id, version }) => [id, version]).toSorted()).toEqual([...latest].toSorted())
})

it('Each keyed write has one entry in the audit log, and the chains are intact', async () => {
  const entries = app.sql`select count(*) from data.audit_log where entity = 'transaction'`
  expect(await count(entries)).toBe(WRITES)
  const uneven = app.sql`
    select count(*) from data.transactions t
     where version <> (select count(*) from data.audit_log where entity_id = t.id)`
  expect(await count(uneven)).toBe(0)
  expect(await app.sql`select * from api.verify_audit(null)`).toEqual([])
})

it('The roll-ups equal a recomputation from the rows after keyed writes', async () => {
  expect(await app.sql`select * from api.check_rollups(null)`).toEqual([])
  const live = await count(app.sql`select count(*) from data.transactions where deleted_at is null`)
  const [sums] = await app.sql`
    select (select sum(count) from data.rollups where grain = 'month')::integer of_users,
           (select sum(count) from data.rollups_total where grain = 'month')::integer of_all`
  expect(sums).toEqual({ of_users: live, of_all: live })
})

it('Each key has one stored response, about a row that exists', async () => {
  const stored = await app.sql`select key, response->>'id' id, (response->>'version')::int v
                               from data.idempotency_keys where outcome is not null`
  const known = acknowledged.map(({ key, id, version }) => `${key} ${id} ${version}`)
  expect(stored.map(({ key, id, v }) => `${key} ${id} ${v}`).toSorted()).toEqual(known.toSorted())
  expect(await count(app.sql`select count(*) from data.idempotency_keys`)).toBe(WRITES)
})

it('The log has no note, token, address or password after keyed writes', () => {
  expect(log.length).toBeGreaterThan(WRITES)
  const text = log.join('\n')
  expect(text).not.toMatch(/zeppelin|Groceries|Category c|@example\.com|postgres(ql)?:|eyJ|\$2b\$/i)
  expect(text).not.toMatch(/insert into|select |proxy/i)
})
